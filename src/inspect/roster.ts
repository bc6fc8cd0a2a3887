import type { EndpointId } from '../wire/message.ts';
import {
  type ActorRecord,
  type InspectionRecord,
  rootOf,
  type RunRecord,
  type SnapshotRecord,
} from './inspection-event.ts';

/** What is known of one actor: how it came to be, and how it was last seen. */
interface Entry {
  actor: ActorRecord;
  latest: SnapshotRecord | undefined;
}

/** Keeps what somebody who comes late has to be told to understand what follows. */
export class Roster {
  #run: RunRecord | undefined;
  readonly #entries = new Map<string, Entry>();

  add(record: InspectionRecord): void {
    switch (record.type) {
      case 'run.begin':
        this.#run = record;
        return this.#entries.clear();
      case 'node.gone':
        return this.#forget(record.node);
      case '@xstate.actor':
        if (record.sessionId === rootOf(record.node)) this.#forget(record.node); // started anew
        this.#entries.set(record.sessionId, { actor: record, latest: undefined });
        return;
      case '@xstate.snapshot':
        return this.#update(record);
    }
  }

  /** The run, and every actor that is alive, in the state it was last seen in. */
  *announcement(): Generator<InspectionRecord> {
    if (this.#run) yield this.#run;
    for (const { actor, latest } of this.#entries.values()) {
      yield latest ? { ...actor, at: latest.at, snapshot: latest.snapshot } : actor;
      if (latest)
        yield { ...latest, event: { type: 'inspection.resumed' }, transitions: [], sent: [] };
    }
  }

  #update(record: SnapshotRecord): void {
    const entry = this.#entries.get(record.sessionId);
    if (!entry) return;
    const { status } = record.snapshot;
    const isRoot = record.sessionId === rootOf(record.node);
    if (status === 'active' || isRoot) entry.latest = record;
    else this.#entries.delete(record.sessionId);
  }

  #forget(node: EndpointId): void {
    for (const [sessionId, { actor }] of this.#entries) {
      if (actor.node === node) this.#entries.delete(sessionId);
    }
  }
}
