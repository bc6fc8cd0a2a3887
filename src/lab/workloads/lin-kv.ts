import { Type } from 'typebox';
import { replyOf } from '../../wire/schemas.ts';
import { registerPictures } from '../anomalies/register-pictures.ts';
import { LinKvJudge } from '../checkers/registers/lin-kv.ts';
import { parsePositive } from '../terminal/parse-number.ts';
import { type RegisterResults, registerRows } from '../terminal/rows/register-rows.ts';
import { LinKvSource } from './parts/lin-kv-source.ts';
import { oneRequest } from './parts/one-request.ts';
import type { Operation, Workload } from './workload.ts';
import type { Body } from '../../wire/message.ts';

const key = Type.Union([Type.Integer(), Type.String()]);
const keyed = (value: Parameters<typeof Type.Array>[0]) => Type.Tuple([key, value]);
const write = keyed(Type.Unknown());
const cas = keyed(Type.Tuple([Type.Unknown(), Type.Unknown()]));

/** The least time a client waits for a reply, and for how many mean latencies. */
const MIN_PATIENCE_MS = 1000;
const PATIENCE_LATENCIES = 10;

/** Clients read, write, and compare and set registers, which must be linearizable. */
export const linKvWorkload: Workload<RegisterResults> = {
  name: 'lin-kv',
  noun: 'operation',
  replies: {
    read: replyOf('read_ok', { value: Type.Unknown() }),
    write: replyOf('write_ok', {}),
    cas: replyOf('cas_ok', {}),
  },
  operations: {
    read: { asked: keyed(Type.Null()), outcome: keyed(Type.Unknown()) },
    write: { asked: write, outcome: write },
    cas: { asked: cas, outcome: cas },
  },
  settings: {
    checkerTimeLimit: {
      flags: '--checker-time-limit <s>',
      description: 'how long the search for an order may take',
      parse: parsePositive,
      value: 60,
    },
  },
  idempotent: new Set(['read']),
  reading: new Set(['read']),
  keepsClients: true,
  hasFinalOperations: false,
  patienceMs: (meanLatencyMs) => Math.max(MIN_PATIENCE_MS, PATIENCE_LATENCIES * meanLatencyMs),
  createSession: () => oneRequest(toRequest, toValue),
  createSource: (context) => new LinKvSource(context),
  createCheckers: ({ checkerTimeLimit }) => {
    const { workload, registers } = new LinKvJudge({
      timeLimitMs: Number(checkerTimeLimit) * 1000,
    });
    return { workload, registers };
  },
  picture: registerPictures,
  describe: registerRows,
};

function toRequest({ f, value }: Operation): Body {
  const [of, argument] = value as [unknown, unknown];
  if (f === 'read') return { type: f, key: of };
  if (f === 'write') return { type: f, key: of, value: argument };
  const [from, to] = argument as [unknown, unknown];
  return { type: f, key: of, from, to };
}

function toValue({ f, value }: Operation, reply: Body): unknown {
  const [of] = value as [unknown];
  return f === 'read' ? [of, reply.value] : value;
}
