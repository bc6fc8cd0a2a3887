import { Type } from 'typebox';
import { recordOf, replyOf } from '../../wire/schemas.ts';
import { logPictures } from '../anomalies/log-pictures.ts';
import { KafkaJudge } from '../checkers/kafka/kafka.ts';
import { type KafkaResults, kafkaRows } from '../terminal/rows/kafka-rows.ts';
import { KafkaSession } from './parts/kafka-session.ts';
import { KafkaSource } from './parts/kafka-source.ts';
import { listOf, nothing } from './parts/schemas.ts';
import { keySettings } from './parts/transactions.ts';
import type { Workload } from './workload.ts';

const placed = Type.Tuple([Type.Integer(), Type.Integer()]);
const messages = recordOf(listOf(placed));
const offsets = recordOf(Type.Integer());
const keys = Type.Array(Type.String());
const sendOf = (sent: Parameters<typeof Type.Array>[0]) =>
  Type.Tuple([Type.Tuple([Type.Literal('send'), Type.String(), sent])]);

/** Clients send messages to logs, and poll them in order. */
export const kafkaWorkload: Workload<KafkaResults> = {
  name: 'kafka',
  noun: 'operation',
  replies: {
    send: replyOf('send_ok', { offset: Type.Integer() }),
    poll: replyOf('poll_ok', { msgs: messages }),
    commit_offsets: replyOf('commit_offsets_ok', {}),
    list_committed_offsets: replyOf('list_committed_offsets_ok', { offsets }),
  },
  operations: {
    send: { asked: sendOf(Type.Integer()), outcome: sendOf(placed) },
    poll: {
      asked: Type.Tuple([Type.Tuple([Type.Literal('poll')])]),
      outcome: Type.Tuple([Type.Tuple([Type.Literal('poll'), messages])]),
    },
    assign: { asked: keys, outcome: keys },
    crash: { asked: nothing, outcome: nothing },
  },
  settings: keySettings,
  idempotent: new Set(['assign']),
  departures: new Set(['crash']),
  divisible: new Set(['assign']),
  reading: new Set(['assign', 'poll']),
  hasFinalOperations: true,
  createSession: () => new KafkaSession(),
  createSource: (context) => new KafkaSource(context),
  createCheckers: () => {
    const { workload, log } = new KafkaJudge();
    return { workload, log };
  },
  picture: logPictures,
  describe: kafkaRows,
};
