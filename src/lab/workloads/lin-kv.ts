import { Type } from 'typebox';
import { replyOf } from '../../wire/schemas.ts';
import { LinKvJudge, type LinKvResult } from '../checkers/registers/lin-kv.ts';
import { parsePositive } from '../commands/options/arguments.ts';
import { counted, type Row, texts, type Weight } from '../terminal/rows.ts';
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

/** Maelstrom's verdict, and a stricter one. */
interface LinKvResults {
  workload: LinKvResult;
  registers: LinKvResult;
}

/** Clients read, write, and compare and set registers, which must be linearizable. */
export const linKvWorkload: Workload<LinKvResults> = {
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
    const { workload, registers } = new LinKvJudge(Number(checkerTimeLimit));
    return { workload, registers };
  },
  describe,
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

function describe({ workload, registers }: LinKvResults): Row[] {
  const judged = Object.entries(workload.results);
  const open = judged.filter(([, result]) => result['valid?'] === 'unknown').map(([of]) => of);
  const strictly = registers.failures.filter((of) => !workload.failures.includes(of));
  const rows: Row[] = [
    [
      'registers',
      `${counted(judged.length, 'key')}, ${workload.failures.length} not linearizable, ${open.length} undecided`,
    ],
  ];
  const explain = (name: string, of: string | number, result: LinKvResult, weight: Weight) => {
    for (const why of result.results[of]?.why ?? []) rows.push([name, `key ${of}: ${why}`, weight]);
  };
  for (const of of workload.failures.slice(0, 3)) explain('failure', of, workload, 'bad');
  for (const of of open.slice(0, 3)) explain('undecided', of, workload, 'doubt');
  if (strictly.length > 0) {
    rows.push(['strictly', `also wrong: ${texts(strictly.map((of) => `key ${of}`))}`, 'bad']);
    explain('strictly', strictly[0] as string | number, registers, 'bad');
  }
  return rows;
}
