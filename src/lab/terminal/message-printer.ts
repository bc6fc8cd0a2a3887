import { stringifyExact } from '../../wire/exact-json.ts';
import { NANOSECONDS_PER_MS, type Nanoseconds } from '../time-and-chance/clock.ts';
import type { Journal } from '../network/network.ts';

const NANOSECONDS_PER_SECOND = 1000 * NANOSECONDS_PER_MS;

/**
 * Makes a journal that prints messages as they are sent or as they arrive, for people to follow: each
 * after the seconds since the load began, or `start` before.
 */
export function createMessagePrinter(
  options: { sent: boolean; received: boolean },
  write: (line: string) => unknown = (line) => process.stderr.write(line),
): Journal {
  let loadBeganAt: Nanoseconds | undefined;
  const print = (what: string, message: object, time: Nanoseconds) => {
    const clock =
      loadBeganAt === undefined
        ? 'start'
        : `${((time - loadBeganAt) / NANOSECONDS_PER_SECOND).toFixed(3)} s`;
    write(`${clock.padStart(10)}  ${what} ${stringifyExact(message)}\n`);
  };
  return {
    sent: (parcel, time) => options.sent && print('send', parcel, time),
    received: (parcel, time) => options.received && print('recv', parcel, time),
    loadBegan: (time) => {
      loadBeganAt = time;
    },
  };
}
