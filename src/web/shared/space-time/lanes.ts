import type { MessageTable, Seconds } from './message-table.ts';

/** A horizontal line of the diagram: the life of a node, or of clients one after the other. */
export interface Lane {
  kind: 'node' | 'client';
  /** Indices of endpoints. Clients of one node share a lane when one leaves before the next comes. */
  endpoints: number[];
}

interface ClientLife {
  endpoint: number;
  node: number;
  from: Seconds;
  to: Seconds;
}

/**
 * Puts every node on a lane of its own, and under it the clients that speak to it.
 *
 * @param nodes names of nodes in their order; nodes that only messages name come after them
 */
export function arrangeLanes(table: MessageTable, nodes: readonly string[]): Lane[] {
  const isNode = table.endpoints.map((name) => !isClientName(name));
  const named = nodes.flatMap((name) => table.endpointAt(name) ?? []);
  const others = table.endpoints.flatMap((_, endpoint) =>
    isNode[endpoint] && !named.includes(endpoint) ? [endpoint] : [],
  );
  const clients = livesOfClients(table, isNode);
  return [...named, ...others].flatMap((node): Lane[] => {
    const own = clients.filter((client) => client.node === node);
    return [{ kind: 'node', endpoints: [node] }, ...pack(own)];
  });
}

/** Maelstrom calls clients c0, c1, … */
export function isClientName(name: string): boolean {
  return /^c\d+$/.test(name);
}

function livesOfClients(table: MessageTable, isNode: boolean[]): ClientLife[] {
  const lives = new Map<number, ClientLife>();
  for (let index = 0; index < table.length; index++) {
    const [src, dest] = [table.src[index] as number, table.dest[index] as number];
    const [client, node] = isNode[src] ? [dest, src] : [src, dest];
    if (isNode[client]) continue;
    const from = table.sentAt[index] as Seconds;
    const to = table.isMissing(index) ? from : (table.receivedAt[index] as Seconds);
    const life = lives.get(client) ?? { endpoint: client, node, from, to };
    lives.set(client, { ...life, from: Math.min(life.from, from), to: Math.max(life.to, to) });
  }
  return [...lives.values()];
}

/** Lets each client take the first lane that is free when it comes. */
function pack(clients: ClientLife[]): Lane[] {
  const lanes: (Lane & { freeFrom: Seconds })[] = [];
  for (const { endpoint, from, to } of clients.toSorted((a, b) => a.from - b.from)) {
    const free = lanes.find((lane) => lane.freeFrom <= from);
    if (free) {
      free.endpoints.push(endpoint);
      free.freeFrom = to;
    } else {
      lanes.push({ kind: 'client', endpoints: [endpoint], freeFrom: to });
    }
  }
  return lanes.map(({ kind, endpoints }) => ({ kind, endpoints }));
}
