import type { DiskRequest, Json, SendEvent } from 'maelstate';
import { isPromise } from '../messages.ts';
import type { Service } from '../service.ts';
import type { RaftState } from '../state/raft-state.ts';
import { changeOf, snapshotOf } from '../state/records.ts';
import type { Stable } from '../state/stable.ts';
import { sizeInEntries } from '../state/storing.ts';

/*
 * What a node promises its peers waits until all that it rests on is on disk. A leader's entries are no
 * promise: they go out at once, and only its own copy of them does not count before it is on disk
 * (Ongaro, "Consensus: bridging theory and practice", 2014, section 10.2.1).
 */

/**
 * What the disk is asked to keep of what a step has changed, and what of the step's messages may be said
 * at once; the state takes note of both.
 */
export function store(
  before: Stable,
  state: RaftState,
  messages: readonly SendEvent[],
  service: Service,
): { requests: DiskRequest[]; said: readonly SendEvent[] } {
  const requests = keepChanges(before, state, service);
  const { storing, stable } = state;
  if (storing.synced === storing.appended) return { requests, said: messages };
  const held = messages.filter(({ body }) => isPromise(body));
  if (held.length > 0 || requests.length > 0) {
    const waits = { records: storing.appended, last: stable.log.last, messages: held };
    state.storing = { ...storing, held: storing.held.add(waits) };
  }
  return { requests, said: messages.filter(({ body }) => !isPromise(body)) };
}

function keepChanges(before: Stable, state: RaftState, service: Service): DiskRequest[] {
  const { stable, applied } = state;
  if (stable === before) return [];
  if (stable.log.base === before.log.base) {
    const change = changeOf(before, stable);
    return change ? [append(state, change as Json)] : [];
  }
  const snapshot = snapshotOf(stable, applied, service);
  state.storing = { ...state.storing, snapshotSize: sizeInEntries(snapshot) };
  // Only records are counted: when the one that follows it is on disk, so is the snapshot.
  return [{ type: 'disk.snapshot', snapshot }, append(state, { term: stable.term })];
}

function append(state: RaftState, record: Json): DiskRequest {
  state.storing = { ...state.storing, appended: state.storing.appended + 1 };
  return { type: 'disk.append', records: [record] };
}

/** What may be said now that so many records are on disk; the state takes note of that. */
export function released(state: RaftState, upTo: number): SendEvent[] {
  const messages: SendEvent[] = [];
  let { last, held } = state.storing;
  for (const [number, waits] of held.while(({ records }) => records <= upTo)) {
    messages.push(...waits.messages);
    last = waits.last;
    held = held.settle(number);
  }
  state.storing = { ...state.storing, synced: upTo, last, held };
  return messages;
}
