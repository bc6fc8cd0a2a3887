import { useMemo, useRef } from 'preact/hooks';
import type { NodeRecord } from '../../../inspect/inspection-event.ts';
import type { ViewRecord } from '../../../lab/inspect/view-message.ts';
import { kindOf } from './event-names.ts';
import type { Position, Recording } from '../recording/recording.ts';

/** What of a recording is listed. */
export interface Filters {
  /** All nodes when empty. */
  nodes: ReadonlySet<string>;
  /** All kinds when empty. */
  kinds: ReadonlySet<string>;
  /** Whether an event is listed when it is sent, and not only what an actor does about it. */
  hasSendings: boolean;
  /** A text that the event contains. */
  text: string;
}

export const noFilters: Filters = {
  nodes: new Set(),
  kinds: new Set(),
  hasSendings: false,
  text: '',
};

/** The positions that pass the filters, in order. As records come, only they are looked at. */
export function useFiltered(recording: Recording, filters: Filters): readonly Position[] {
  const passed = useMemo<{ positions: Position[]; end: Position }>(
    () => ({ positions: [], end: recording.first }),
    [recording, filters],
  );
  for (; passed.end < recording.end; passed.end++) {
    if (passes(recording.at(passed.end) as ViewRecord, filters)) passed.positions.push(passed.end);
  }
  return passed.positions;
}

function passes(record: ViewRecord, { nodes, kinds, hasSendings, text }: Filters): boolean {
  if (record.type === 'run.begin') return true;
  if (nodes.size > 0 && !nodes.has(record.node)) return false;
  if (record.type === '@xstate.event' && !hasSendings) return false;
  if (kinds.size > 0 && !kinds.has(kindOf(record))) return false;
  return text === '' || textOf(record).includes(text.toLowerCase());
}

function textOf(record: ViewRecord): string {
  const { sessionId, event } = record as Partial<NodeRecord> & { event?: unknown };
  return `${sessionId} ${JSON.stringify(event)}`.toLowerCase();
}

/** How many records there are of each kind. */
export function useKinds(recording: Recording): ReadonlyMap<string, number> {
  const seen = useRef({ recording, kinds: new Map<string, number>(), end: recording.first });
  if (seen.current.recording !== recording) {
    seen.current = { recording, kinds: new Map(), end: recording.first };
  }
  const { current } = seen;
  for (; current.end < recording.end; current.end++) {
    const record = recording.at(current.end) as ViewRecord;
    if (record.type === '@xstate.event') continue;
    const kind = kindOf(record);
    current.kinds.set(kind, (current.kinds.get(kind) ?? 0) + 1);
  }
  return current.kinds;
}
