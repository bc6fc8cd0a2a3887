import type { Finding } from './anomaly.ts';
import type { KeyLog } from './key-log.ts';
import {
  isOkPoll,
  isOkSend,
  type KafkaOperation,
  type Key,
  type Message,
  type Poll,
  type Send,
} from './kafka-history.ts';

/** Messages by key. */
type ByMessage<T> = Map<Key, Map<Message, T>>;

/** What is wrong with the fate of single messages, whatever the order of polls. */
export function findMessageFindings(
  operations: readonly KafkaOperation[],
  logs: ReadonlyMap<Key, KeyLog>,
): Finding[] {
  const sends: ByMessage<Send> = new Map();
  const polled: ByMessage<Poll> = new Map();
  for (const operation of operations) {
    if (operation.f === 'send') slotOf(sends, operation.key).set(operation.message, operation);
    if (!isOkPoll(operation)) continue;
    for (const [key, placed] of operation.messages) {
      const first = slotOf(polled, key);
      for (const [, message] of placed) if (!first.has(message)) first.set(message, operation);
    }
  }
  return [
    ...[...logs].flatMap(([key, log]) => [
      ...findMisplaced(key, log),
      ...findLost(key, log, sends.get(key), polled.get(key)),
    ]),
    ...findUnseen(operations, polled),
    ...findUnsent(operations, sends),
  ];
}

function slotOf<T>(all: ByMessage<T>, key: Key): Map<Message, T> {
  const slot = all.get(key) ?? new Map<Message, T>();
  all.set(key, slot);
  return slot;
}

/** Two messages at one offset, or one at two. */
function findMisplaced(key: Key, log: KeyLog): Finding[] {
  const shared = log.slots
    .filter(([, messages]) => messages.size > 1)
    .map(([offset, messages]): Finding => ({
      type: 'inconsistent-offsets',
      key,
      messages: [...messages],
      offsets: [offset],
    }));
  const repeated = [...log.offsets()]
    .filter(([, offsets]) => offsets.length > 1)
    .map(([message, offsets]): Finding => ({
      type: 'duplicate',
      key,
      messages: [message],
      offsets,
    }));
  return [...shared, ...repeated];
}

/** Acknowledged messages that no poll returned, although one returned what lies behind them. */
function findLost(
  key: Key,
  log: KeyLog,
  sends: ReadonlyMap<Message, Send> = new Map(),
  polled: ReadonlyMap<Message, Poll> = new Map(),
): Finding[] {
  const highest = [...polled.keys()].reduce(
    (most, message) => Math.max(most, log.firstPlaceOf(message) ?? -1),
    -1,
  );
  return log.slots.slice(0, highest + 1).flatMap(([offset, messages], place) =>
    [...messages]
      .filter((message) => log.placeOf(message) === place && !polled.has(message))
      .filter((message) => sends.get(message)?.type === 'ok')
      .map((message): Finding => ({
        type: 'lost-write',
        key,
        messages: [message],
        offsets: [offset],
      })),
  );
}

/** Acknowledged messages that no poll ever returned. */
function findUnseen(operations: readonly KafkaOperation[], polled: ByMessage<Poll>): Finding[] {
  return operations
    .filter(isOkSend)
    .filter(({ key, message }) => !polled.get(key)?.has(message))
    .map(({ key, message, offset, process, ended }) => ({
      type: 'unseen',
      key,
      messages: [message],
      offsets: [offset],
      process,
      index: ended,
    }));
}

/** Messages in polls that were refused, sent only later, or never sent. */
function findUnsent(operations: readonly KafkaOperation[], sends: ByMessage<Send>): Finding[] {
  return operations.filter(isOkPoll).flatMap((poll) =>
    [...poll.messages].flatMap(([key, placed]) =>
      // A poll that returns a message twice is one poll that does.
      [...new Map(placed.map(([offset, message]) => [message, offset]))].flatMap(
        ([message, offset]): Finding[] => {
          const type = whatIsOdd(sends.get(key)?.get(message), poll);
          const { process, ended } = poll;
          return type
            ? [{ type, key, messages: [message], offsets: [offset], process, index: ended }]
            : [];
        },
      ),
    ),
  );
}

function whatIsOdd(send: Send | undefined, poll: Poll) {
  if (!send) return 'invented-message';
  if (send.type === 'fail') return 'G1a';
  return poll.ended < send.invoked ? 'G1c-realtime' : undefined;
}
