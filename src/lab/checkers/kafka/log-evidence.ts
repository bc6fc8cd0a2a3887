import type { Finding, KafkaAnomaly } from './anomaly.ts';
import {
  isOkPoll,
  type KafkaOperation,
  type Message,
  type Poll,
  type Send,
} from './kafka-history.ts';
import type { KeyLog } from './key-log.ts';

/** Of how many findings of each type the log is shown, and how much of it around each. */
const MAX_OF_TYPE = 2;
const SLOTS_AROUND = 5;
const MAX_SLOTS = 24;

/** How many polls are shown beside each other. */
const MAX_POLLS = 5;

/** A message at an offset: who sent it, and which polls returned it. */
export interface LogRow {
  /** Null for a message that nobody saw at any. */
  offset: number | null;
  message: Message;
  sent: { process: number; event: number; outcome: 'ok' | 'fail' | 'info' } | null;
  /** How many polls returned it. */
  polled: number;
  /** By poll in question: the place at which it returned the message, from 1; null if it did not. */
  places: (number | null)[];
  /** Whether the finding is about it. */
  isWrong: boolean;
}

/** A finding, and the part of the log in which it shows. */
export interface LogEvidence {
  type: KafkaAnomaly;
  key: string;
  messages: readonly Message[];
  /** The polls in question: the one that shows the finding and the one before, or all that read on. */
  polls: { process: number; event: number }[];
  rows: LogRow[];
}

/** What a person needs to see of the first findings of each type. */
export function collectEvidence(
  findings: readonly Finding[],
  operations: readonly KafkaOperation[],
  logs: ReadonlyMap<string, KeyLog>,
): LogEvidence[] {
  const shown = new Map<KafkaAnomaly, number>();
  return findings.flatMap((finding) => {
    const count = shown.get(finding.type) ?? 0;
    shown.set(finding.type, count + 1);
    return count < MAX_OF_TYPE ? [evidenceOf(finding, operations, logs.get(finding.key))] : [];
  });
}

function evidenceOf(
  finding: Finding,
  operations: readonly KafkaOperation[],
  log: KeyLog | undefined,
): LogEvidence {
  const { type, key, messages } = finding;
  const ofKey = operations.filter(
    (operation): operation is Poll => isOkPoll(operation) && operation.messages.has(key),
  );
  const sends = new Map(
    operations
      .filter((operation): operation is Send => operation.f === 'send' && operation.key === key)
      .map((send) => [send.message, send]),
  );
  const slots = slotsAround(messages, log);
  const polls = pollsInQuestion(finding, ofKey, slots);
  return {
    type,
    key,
    messages,
    polls: polls.map(({ process, ended }) => ({ process, event: ended })),
    rows: slots.map(([offset, message]) => {
      const send = sends.get(message);
      return {
        offset,
        message,
        sent: send ? { process: send.process, event: send.invoked, outcome: send.type } : null,
        polled: ofKey.filter((poll) => placeIn(poll, key, message) !== null).length,
        places: polls.map((poll) => placeIn(poll, key, message)),
        isWrong: messages.includes(message),
      };
    }),
  };
}

/**
 * The poll that shows it and the one before it by the same process; or those that returned the
 * messages in question, or else their neighbours.
 */
function pollsInQuestion(
  { process, index, key, messages }: Finding,
  ofKey: readonly Poll[],
  slots: readonly Slot[],
): Poll[] {
  const place = ofKey.findIndex(({ ended }) => ended === index);
  if (place !== -1) {
    const before = ofKey.slice(0, place).findLast((poll) => poll.process === process);
    return [...(before ? [before] : []), ofKey[place] as Poll];
  }
  const returning = (some: readonly Message[]) =>
    ofKey.filter((poll) => some.some((one) => placeIn(poll, key, one) !== null));
  const withIt = returning(messages);
  const polls = withIt.length > 0 ? withIt : returning(slots.map(([, message]) => message));
  return polls.slice(0, MAX_POLLS);
}

type Slot = [offset: number | null, message: Message];

/** The messages in question with their neighbours, by offset. */
function slotsAround(messages: readonly Message[], log: KeyLog | undefined): Slot[] {
  const slots = log?.slots ?? [];
  const places = slots.flatMap(([, found], place) =>
    messages.some((message) => found.has(message)) ? [place] : [],
  );
  const isNear = (place: number) => places.some((at) => Math.abs(at - place) <= SLOTS_AROUND);
  const near = slots
    .filter((_, place) => isNear(place))
    .flatMap(([offset, found]) => [...found].map((message): [number, Message] => [offset, message]))
    .slice(0, MAX_SLOTS);
  if (near.length > 0) return near;
  return messages.map((message) => [null, message]);
}

function placeIn({ messages }: Poll, key: string, message: Message): number | null {
  const place = messages.get(key)?.findIndex(([, one]) => one === message) ?? -1;
  return place === -1 ? null : place + 1;
}
