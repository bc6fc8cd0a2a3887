import type { Nanoseconds } from '../../time-and-chance/clock.ts';
import { isOkSend, isOkPoll, type KafkaOperation, type Key } from './kafka-history.ts';

/** How far behind a poll was; times are seconds. */
export interface RealtimeLag {
  /** When the poll was invoked. */
  time: number;
  process: number | null;
  key: Key | null;
  /** How long the newest message that its client had seen of the key had been outdated by then. */
  lag: number;
}

/** The poll that was furthest behind what was already acknowledged. Nothing forbids it. */
export function findWorstLag(operations: readonly KafkaOperation[]): RealtimeLag {
  const outdatedSince = findOutdating(operations);
  let worst: RealtimeLag = { time: 0, process: null, key: null, lag: 0 };
  /** By process, the highest offset that it has seen of each key that it is to poll. */
  const positions = new Map<number, Map<Key, number>>();
  for (const operation of operations) {
    const { process, type } = operation;
    if (operation.f === 'assign' && type === 'ok') {
      const old = positions.get(process);
      const kept = operation.keys.map((key) => [key, old?.get(key) ?? -1] as const);
      positions.set(process, new Map(kept));
    }
    if (!isOkPoll(operation)) continue;
    const position = positions.get(process) ?? new Map<Key, number>();
    positions.set(process, position);
    for (const [key, placed] of operation.messages) {
      position.set(key, Math.max(...placed.map(([offset]) => offset)));
    }
    for (const [key, offset] of position) {
      const since = outdatedSince(key, offset);
      const lag = (operation.invokedAt - since) / 1e9;
      if (lag > worst.lag) worst = { time: operation.invokedAt / 1e9, process, key, lag };
    }
  }
  return worst;
}

/** Makes the function that tells since when a higher offset than that has been known of a key. */
function findOutdating(
  operations: readonly KafkaOperation[],
): (key: Key, offset: number) => Nanoseconds {
  /** By key the offsets that were the highest when they became known, with the time. */
  const highest = new Map<Key, { offset: number; at: Nanoseconds }[]>();
  const know = (key: Key, offset: number, at: Nanoseconds) => {
    const records = highest.get(key) ?? [];
    highest.set(key, records);
    if (offset > (records.at(-1)?.offset ?? -1)) records.push({ offset, at });
  };
  for (const operation of operations) {
    if (isOkSend(operation)) know(operation.key, operation.offset, operation.endedAt);
    if (!isOkPoll(operation)) continue;
    for (const [key, placed] of operation.messages) {
      for (const [offset] of placed) know(key, offset, operation.endedAt);
    }
  }
  return (key, offset) =>
    highest.get(key)?.find((record) => record.offset > offset)?.at ?? Number.POSITIVE_INFINITY;
}
