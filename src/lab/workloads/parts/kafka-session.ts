import type { Body } from '../../../wire/message.ts';
import type { Operation, Session } from '../workload.ts';

type Polled = Record<string, readonly (readonly [number, unknown])[] | null>;

/** A client that polls the keys it is assigned, each from where it has come. */
export class KafkaSession implements Session {
  /** The next offset of each key that is assigned. */
  #positions = new Map<string, number>();
  /** What the node said last of committed offsets, if it was asked in this operation. */
  #committed: Record<string, number> | undefined;

  *perform(operation: Operation): Generator<Body, unknown, Body> {
    const { f, value } = operation;
    this.#committed = undefined;
    if (f === 'send') return yield* this.#send(value as [[string, string, number]]);
    if (f === 'poll') return yield* this.#poll();
    return yield* this.#assign(value as string[], operation['seek-to-beginning?'] ?? false);
  }

  remark(): { committed?: Record<string, number> } {
    return this.#committed ? { committed: this.#committed } : {};
  }

  *#send([[name, key, msg]]: [[string, string, number]]): Generator<Body, unknown, Body> {
    const { offset } = yield { type: 'send', key, msg };
    return [[name, key, [offset, msg]]];
  }

  /** What is polled is committed, and counts as polled though the commit should fail. */
  *#poll(): Generator<Body, unknown, Body> {
    const reply = yield { type: 'poll', offsets: Object.fromEntries(this.#positions) };
    const polled = reply.msgs as Polled;
    const highest: Record<string, number> = {};
    for (const [key, placed] of Object.entries(polled)) {
      if (!placed?.length) continue;
      const last = Math.max(...placed.map(([offset]) => offset));
      highest[key] = last;
      this.#positions.set(key, last + 1);
    }
    if (Object.keys(highest).length > 0) yield { type: 'commit_offsets', offsets: highest };
    return [['poll', polled]];
  }

  /** As in Maelstrom, what a node says of committed offsets is not used: it is kept for the judges. */
  *#assign(keys: readonly string[], seeksToBeginning: boolean): Generator<Body, unknown, Body> {
    if (!seeksToBeginning) {
      const { offsets } = yield { type: 'list_committed_offsets', keys };
      this.#committed = offsets as Record<string, number>;
    }
    const start = (key: string) => (seeksToBeginning ? 0 : (this.#positions.get(key) ?? 0));
    this.#positions = new Map(keys.map((key) => [key, start(key)]));
    return keys;
  }
}
