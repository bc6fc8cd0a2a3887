import type { InspectionRecord, NodeRecord } from '../../inspect/inspection-event.ts';
import { preview } from '../../inspect/preview.ts';

/** Who sent a record, for programs that do not say it themselves. */
export interface Sender {
  name: string;
  /** The time, in milliseconds. */
  now: () => number;
}

/**
 * Reads one message of an inspector: a record of ours, or an event as Stately's inspector sends it,
 * which is completed. Finds nothing when it is neither.
 */
export function readRecord(text: string, sender?: Sender): InspectionRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const record = (value ?? {}) as { [key: string]: unknown };
  switch (record.type) {
    case 'run.begin':
      return Array.isArray(record.nodes) ? (value as InspectionRecord) : undefined;
    case 'node.gone':
      return isPlaced(record) ? (value as InspectionRecord) : undefined;
    case '@xstate.actor':
    case '@xstate.event':
    case '@xstate.snapshot':
      if (typeof record.sessionId !== 'string') return undefined;
      if (isPlaced(record)) return value as InspectionRecord;
      return sender && complete(value as NodeRecord, sender);
    default:
      return undefined;
  }
}

function isPlaced({ node, at }: { node?: unknown; at?: unknown }): boolean {
  return typeof node === 'string' && typeof at === 'number';
}

/** An event of some XState program, as if the program were a node. */
function complete(event: NodeRecord, { name, now }: Sender): NodeRecord {
  const own = (id: string | undefined) => id && `${name}/${id}`;
  const record = {
    ...event,
    sessionId: own(event.sessionId),
    rootId: own(event.rootId),
    node: name,
    at: now(),
  };
  switch (event.type) {
    case '@xstate.actor':
      return {
        ...record,
        parentId: own(event.parentId),
        snapshot: preview(event.snapshot),
      } as never;
    case '@xstate.event':
      return { ...record, sourceId: own(event.sourceId), event: preview(event.event) } as never;
    case '@xstate.snapshot':
      return {
        ...record,
        event: preview(event.event),
        snapshot: preview(event.snapshot),
        transitions: [],
        sent: [],
        known: null,
      } as never;
  }
}
