import { stringifyExact } from '../../wire/exact-json.ts';
import type { Journal } from '../network/network.ts';

/** Makes a journal that prints messages as they are sent or as they arrive, for people to follow. */
export function createMessagePrinter(options: { sent: boolean; received: boolean }): Journal {
  const print = (what: string, message: object) =>
    process.stderr.write(`${what} ${stringifyExact(message)}\n`);
  return {
    sent: (parcel) => options.sent && print('send', parcel),
    received: (parcel) => options.received && print('recv', parcel),
  };
}
