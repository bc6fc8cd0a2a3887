import type { Finding, KafkaAnomaly } from './anomaly.ts';
import type { KeyLog } from './key-log.ts';
import type { Assign, KafkaOperation, Key, Message, Poll, Send } from './kafka-history.ts';

/** What a process last polled and sent, by key. */
interface Memory {
  polled: Map<Key, Message>;
  sent: Map<Key, Message>;
}

/**
 * What is wrong with the order in which processes polled and sent: messages that were skipped, and
 * steps back. An `assign` forgets the keys that are not in it, and those only.
 */
export function findOrderFindings(
  operations: readonly KafkaOperation[],
  logs: ReadonlyMap<Key, KeyLog>,
): Finding[] {
  const findings: Finding[] = [];
  const memories = new Map<number, Memory>();
  for (const operation of operations) {
    const { process } = operation;
    const memory = memories.get(process) ?? { polled: new Map(), sent: new Map() };
    memories.set(process, memory);
    if (operation.type === 'fail') continue;
    if (operation.f === 'assign') forget(memory, operation);
    else if (operation.f === 'send') findings.push(...judgeSend(operation, memory, logs));
    else findings.push(...judgePoll(operation, memory, logs));
  }
  return findings;
}

function forget(memory: Memory, { keys }: Assign): void {
  for (const known of [memory.polled, memory.sent]) {
    for (const key of known.keys()) if (!keys.includes(key)) known.delete(key);
  }
}

function judgeSend(send: Send, { sent }: Memory, logs: ReadonlyMap<Key, KeyLog>): Finding[] {
  const { key, message } = send;
  const log = logs.get(key);
  const before = sent.get(key);
  if (log?.placeOf(message) === undefined) return []; // open, and nobody saw it
  sent.set(key, message);
  // Two messages at one offset are wrong in another way.
  if (before === undefined || stepOf(log, before, message) >= 0) return [];
  return [findingOf('nonmonotonic-send', key, [before, message], send)];
}

function judgePoll(poll: Poll, { polled }: Memory, logs: ReadonlyMap<Key, KeyLog>): Finding[] {
  const findings: Finding[] = [];
  for (const [key, placed] of poll.messages) {
    const log = logs.get(key) as KeyLog;
    let before = polled.get(key);
    for (const [index, [, message]] of placed.entries()) {
      if (before !== undefined) {
        const step = stepOf(log, before, message);
        const name = step > 1 ? 'poll-skip' : step < 1 ? 'nonmonotonic-poll' : undefined;
        const type = index === 0 ? name : name && (`int-${name}` as const);
        if (type) findings.push(findingOf(type, key, [before, message], poll));
      }
      before = message;
    }
    polled.set(key, before as Message);
  }
  return findings;
}

/** By how many places one message lies behind another; 1 for neighbours. */
function stepOf(log: KeyLog, before: Message, after: Message): number {
  return (log.placeOf(after) as number) - (log.placeOf(before) as number);
}

function findingOf(
  type: KafkaAnomaly,
  key: Key,
  messages: readonly Message[],
  { process, ended }: KafkaOperation,
): Finding {
  return { type, key, messages, process, index: ended };
}
