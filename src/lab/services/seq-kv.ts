import type { EndpointId } from '../../wire/message.ts';
import { jsonKey } from '../checkers/parts/json-key.ts';
import { decide, type Held, isKeyValueRequest } from './key-value.ts';
import type { CreateService } from './service.ts';

/** How many states are kept. */
const STATES_KEPT = 32;

/** A value, and the number of the state that brought it. */
interface Version extends Held {
  since: number;
}

/**
 * A sequentially consistent key-value store, and no more consistent than that. It keeps its last
 * states and for each sender the number of the state that it met last; a request that changes nothing
 * is served in any state from there on, one that would change something in the newest.
 *
 * What Maelstrom does is kept to the letter, its flaw included: the state of a sender that has fallen
 * behind by more than is kept is looked up modulo that number, so that it may go back in time.
 */
export const createSeqKv: CreateService = (random) => {
  /** For each key its versions in the states that are kept, the oldest first. */
  const versions = new Map<unknown, Version[]>();
  const metBy = new Map<EndpointId, number>();
  let newest = 0;

  /** The number of the state that is found where that of `number` was, which may have been replaced. */
  const kept = (number: number) => newest - ((newest - number) % STATES_KEPT);
  const heldIn = (number: number, key: unknown) =>
    versions.get(key)?.findLast(({ since }) => since <= number);

  function change(key: unknown, { value }: Held): void {
    newest++;
    const oldest = newest - STATES_KEPT + 1;
    const all = [...(versions.get(key) ?? []), { value, since: newest }];
    const first = all.findLastIndex(({ since }) => since <= oldest);
    versions.set(key, all.slice(Math.max(0, first)));
  }

  return {
    serve: (src, request) => {
      if (!isKeyValueRequest(request)) return undefined;
      const key = jsonKey(request.key);
      const met = metBy.get(src) ?? 0;
      const drawn = met + random.index(newest - met + 1);
      const tried = decide(heldIn(kept(drawn), key), request);
      if (!tried.change) {
        metBy.set(src, drawn);
        return tried.reply;
      }
      const done = decide(heldIn(newest, key), request);
      if (done.change) change(key, done.change);
      metBy.set(src, newest);
      return done.reply;
    },
  };
};
