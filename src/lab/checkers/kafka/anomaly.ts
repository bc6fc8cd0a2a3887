import type { Key, Message } from './kafka-history.ts';

/** What can be wrong with a log, by Jepsen's names; `invented-message` is our own. */
export const kafkaAnomalies = [
  'G1a',
  'G1c-realtime',
  'duplicate',
  'inconsistent-offsets',
  'int-nonmonotonic-poll',
  'int-poll-skip',
  'invented-message',
  'lost-write',
  'nonmonotonic-poll',
  'nonmonotonic-send',
  'poll-skip',
  'unseen',
] as const;

export type KafkaAnomaly = (typeof kafkaAnomalies)[number];

/** One thing that is wrong, and where it shows. */
export interface Finding {
  type: KafkaAnomaly;
  key: Key;
  /** The messages in question, in the order in which they were sent or returned. */
  messages: readonly Message[];
  /** Their offsets, or the offset that they share. */
  offsets?: readonly number[];
  /** Whose operation shows it, if one does. */
  process?: number;
  /** The index of that operation's last event. */
  index?: number;
}
