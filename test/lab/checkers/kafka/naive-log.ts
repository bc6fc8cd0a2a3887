import type { HistoryEvent } from '../../../../src/lab/history/history.ts';

type Placed = [offset: number, message: number];

interface Sent {
  type: string;
  key: string;
  message: number;
  offset?: number;
  process: number;
  invoked: number;
}

interface Polled {
  key: string;
  placed: Placed[];
  process: number;
  ended: number;
}

/**
 * The naive twin of the kafka checker: which anomalies a history has, straight from their
 * definitions, with no index and no memory. Each operation of the history has both of its events, one
 * right after the other.
 */
export function naiveAnomalies(history: readonly HistoryEvent[]): string[] {
  const ends = history.filter(({ type }) => type !== 'invoke');
  const sends = ends.filter(({ f }) => f === 'send').map(readSend);
  const polls = ends.filter(({ f, type }) => f === 'poll' && type === 'ok').flatMap(readPoll);
  const keys = [...new Set([...sends, ...polls].map(({ key }) => key))];
  const found = keys.flatMap((key) => [
    ...ofMessages(
      sends.filter((send) => send.key === key),
      polls.filter((poll) => poll.key === key),
    ),
    ...ofOrder(key, ends, placesOf(key, sends, polls)),
  ]);
  return [...new Set(found)].toSorted();
}

function readSend({ type, process, value, index }: HistoryEvent): Sent {
  const [[, key, sent]] = value as [[string, string, number | Placed]];
  const common = { type, key, process: process as number, invoked: index - 1 };
  return Array.isArray(sent)
    ? { ...common, message: sent[1], offset: sent[0] }
    : { ...common, message: sent };
}

function readPoll({ process, value, index }: HistoryEvent): Polled[] {
  const [[, returned]] = value as [[string, Record<string, Placed[]>]];
  return Object.entries(returned)
    .filter(([, placed]) => placed.length > 0)
    .map(([key, placed]) => ({ key, placed, process: process as number, ended: index }));
}

/** Every pair of an offset and a message that somebody was told. */
function pairsOf(sends: readonly Sent[], polls: readonly Polled[]): Placed[] {
  const told = sends.flatMap(({ offset, message, type }): Placed[] =>
    type === 'ok' && offset !== undefined ? [[offset, message]] : [],
  );
  return [...told, ...polls.flatMap(({ placed }) => placed)];
}

/** The place of a message among the offsets of its key, without their gaps; the last if it has many. */
function placesOf(key: string, sends: readonly Sent[], polls: readonly Polled[]) {
  const isOfKey = (of: { key: string }) => of.key === key;
  const pairs = pairsOf(sends.filter(isOfKey), polls.filter(isOfKey));
  const offsets = [...new Set(pairs.map(([offset]) => offset))].toSorted((a, b) => a - b);
  return (message: number) =>
    offsets.findLastIndex((offset) => pairs.some(([at, one]) => at === offset && one === message));
}

function ofMessages(sends: readonly Sent[], polls: readonly Polled[]): string[] {
  const pairs = pairsOf(sends, polls);
  const offsets = [...new Set(pairs.map(([offset]) => offset))].toSorted((a, b) => a - b);
  const messagesAt = (offset: number) =>
    new Set(pairs.filter(([at]) => at === offset).map(([, message]) => message));
  const offsetsOf = (message: number) =>
    offsets.filter((offset) => messagesAt(offset).has(message));
  const messages = [...new Set(pairs.map(([, message]) => message))];
  const isPolled = (message: number) =>
    polls.some(({ placed }) => placed.some(([, one]) => one === message));
  const highest = Math.max(-1, ...messages.filter(isPolled).map((one) => offsetsOf(one)[0] ?? -1));
  const acknowledged = sends.filter(({ type }) => type === 'ok').map(({ message }) => message);
  const isLost = (message: number) =>
    !isPolled(message) && (offsetsOf(message).at(-1) ?? Infinity) <= highest;
  const senderOf = (message: number) => sends.find((send) => send.message === message);
  const isIn = ({ placed }: Polled, isOdd: (message: number) => boolean) =>
    placed.some(([, message]) => isOdd(message));
  const checks: Record<string, boolean> = {
    'inconsistent-offsets': offsets.some((offset) => messagesAt(offset).size > 1),
    duplicate: messages.some((message) => offsetsOf(message).length > 1),
    'lost-write': acknowledged.some(isLost),
    unseen: acknowledged.some((message) => !isPolled(message)),
    'invented-message': polls.some((poll) => isIn(poll, (message) => !senderOf(message))),
    G1a: polls.some((poll) => isIn(poll, (message) => senderOf(message)?.type === 'fail')),
    'G1c-realtime': polls.some((poll) =>
      isIn(poll, (message) => {
        const sender = senderOf(message);
        return sender !== undefined && sender.type !== 'fail' && sender.invoked > poll.ended;
      }),
    ),
  };
  return Object.keys(checks).filter((name) => checks[name]);
}

/** Looks at each poll and send together with the one before it by the same process. */
function ofOrder(
  key: string,
  ends: readonly HistoryEvent[],
  placeOf: (message: number) => number,
): string[] {
  const found: string[] = [];
  for (const [index, event] of ends.entries()) {
    const before = ends
      .slice(0, index)
      .filter(({ process, type }) => process === event.process && type !== 'fail');
    const forgotten = before.findLastIndex(
      ({ f, value }) => f === 'assign' && !(value as string[]).includes(key),
    );
    const known = before.slice(forgotten + 1);
    if (event.f === 'send' && event.type !== 'fail' && readSend(event).key === key) {
      const sent = known.filter(({ f }) => f === 'send').map(readSend);
      const last = sent.findLast((send) => send.key === key && placeOf(send.message) >= 0);
      const place = placeOf(readSend(event).message);
      if (last && place >= 0 && place < placeOf(last.message)) found.push('nonmonotonic-send');
    }
    if (event.f !== 'poll' || event.type !== 'ok') continue;
    const polled = readPoll(event)
      .find((poll) => poll.key === key)
      ?.placed.map(([, one]) => one);
    if (!polled) continue;
    const earlier = known.filter(({ f, type }) => f === 'poll' && type === 'ok').flatMap(readPoll);
    const last = earlier.findLast((poll) => poll.key === key)?.placed.at(-1)?.[1];
    const steps = [last, ...polled].slice(0, -1).map((one, place) => ({
      step: one === undefined ? 1 : placeOf(polled[place] as number) - placeOf(one),
      prefix: place === 0 ? '' : 'int-',
    }));
    for (const { step, prefix } of steps) {
      if (step > 1) found.push(`${prefix}poll-skip`);
      if (step < 1) found.push(`${prefix}nonmonotonic-poll`);
    }
  }
  return found;
}
