import type { EndpointId } from 'maelstate';

/** Why a topology cannot be used, if so. */
export function problemOfTopology(
  { nodeId, nodeIds }: { nodeId: EndpointId; nodeIds: readonly EndpointId[] },
  topology: Readonly<Record<EndpointId, readonly EndpointId[]>>,
): string | undefined {
  if (!Object.hasOwn(topology, nodeId)) {
    const named = Object.keys(topology).join(', ') || 'no node at all';
    return `the topology lacks this node, ${nodeId}: it names ${named}`;
  }
  const strangers = topology[nodeId]?.filter((id) => !nodeIds.includes(id)) ?? [];
  if (strangers.length === 0) return undefined;
  return `the topology gives ${nodeId} neighbours that init did not name: ${strangers.join(', ')}`;
}
