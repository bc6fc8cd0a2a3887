import { describe, expect, it } from '@jest/globals';
import { Budget } from '../../../src/lab/explore/budget.ts';
import { shrink } from '../../../src/lab/explore/shrink.ts';
import type { Fault } from '../../../src/lab/faults/fault.ts';
import type { HistoryEvent } from '../../../src/lab/history/history.ts';
import type { TestOptions } from '../../../src/lab/run/test-options.ts';
import { simulate } from '../../../src/lab/simulation/simulate.ts';
import { type Settings, settingsOf } from '../../../src/lab/workloads/parts/settings.ts';
import { createEventParser } from '../../../src/lab/history/event-parser.ts';
import { findWorkload, workloads } from '../../../src/lab/workloads/workloads.ts';
import { stringifyExact } from '../../../src/wire/exact-json.ts';
import type { Body } from '../../../src/wire/message.ts';
import { answer, type Behaviour, plainProgram, refuse } from '../../support/plain/plain-program.ts';
import { runPlain } from '../../support/plain/plain-host.ts';
import { judgeHistory } from '../../support/histories/recorded.ts';
import { oneOfEach, soundTest } from '../../support/simulated-test.ts';
import { some } from '../../support/runs.ts';

function optionsOf(name: string, given: Settings = {}): TestOptions {
  const workload = findWorkload(name);
  const settings = settingsOf(workload, given);
  return { ...soundTest, workload, settings, nodeCount: 2, workerCount: 5, rate: 50 };
}

/** Everything in one place, as a sound cluster of one would have it, asked by clients of a workload. */
function soundStore(workload: string): Behaviour {
  let count = 0;
  const added: unknown[] = [];
  const store = new Map<unknown, any>();
  const logs = new Map<string, number[]>();
  const serve: Record<string, (body: any) => object> = {
    echo: ({ echo }) => ({ echo }),
    topology: () => ({}),
    broadcast: ({ message }) => {
      added.push(message);
      return {};
    },
    generate: () => ({ id: ++count }),
    write: ({ key, value }) => {
      store.set(key, value);
      return {};
    },
    txn: ({ txn }) => ({
      txn: txn.map(([f, key, value]: [string, unknown, unknown]) => {
        if (f === 'r') return [f, key, store.get(key) ?? null];
        store.set(key, f === 'append' ? [...(store.get(key) ?? []), value] : value);
        return [f, key, value];
      }),
    }),
    send: ({ key, msg }) => {
      const log = [...(logs.get(key) ?? []), msg];
      logs.set(key, log);
      return { offset: log.length - 1 };
    },
    poll: ({ offsets }) => {
      const from = ([key, offset]: [string, number]) => {
        const log = logs.get(key) ?? [];
        return [key, log.map((msg, at) => [at, msg]).slice(offset, offset + 3)];
      };
      return { msgs: Object.fromEntries(Object.entries<number>(offsets).map(from)) };
    },
    commit_offsets: () => ({}),
    list_committed_offsets: () => ({ offsets: {} }),
  };
  /** What a read of everything returns. */
  const readAll = () => {
    if (workload === 'broadcast') return { messages: [...added] };
    return { value: workload === 'g-set' ? [...added] : count };
  };
  return (_node, src, body) => {
    const { type, key, from, to, element, delta } = body as any;
    if (type === 'add') {
      if (element !== undefined) added.push(element);
      count += delta ?? 0;
      return [answer(src, body)];
    }
    if (type === 'read' && key === undefined) return [answer(src, body, readAll())];
    if (type === 'read') {
      return [
        store.has(key) ? answer(src, body, { value: store.get(key) }) : refuse(src, body, 20),
      ];
    }
    if (type !== 'cas') return [answer(src, body, serve[type]?.(body))];
    if (!store.has(key)) return [refuse(src, body, 20)];
    if (store.get(key) !== from) return [refuse(src, body, 22)];
    store.set(key, to);
    return [answer(src, body)];
  };
}

const types = [
  'echo',
  'topology',
  'broadcast',
  'generate',
  'add',
  'read',
  'write',
  'cas',
  'txn',
  'send',
  'poll',
  'commit_offsets',
  'list_committed_offsets',
];
const soundProgram = (workload: string) => plainProgram(types, () => soundStore(workload));

function run(options: TestOptions, program = soundProgram(options.workload.name), seed = 1) {
  const history: HistoryEvent[] = [];
  const onEvent = (event: HistoryEvent) => void history.push(event);
  const { results } = simulate({ options, program, seed, onEvent });
  return { results: results as Record<string, any>, history };
}

const names = [
  'unique-ids',
  'g-counter',
  'pn-counter',
  'kafka',
  'lin-kv',
  'txn-list-append',
  'txn-rw-register',
];

describe('a sound cluster in simulated time', () => {
  it.each(names)('%s: should be valid, to Maelstrom and strictly', (name) => {
    const { results, history } = run(optionsOf(name));
    expect(results['valid?']).toBe(true);
    const { 'ok-count': ok } = results.stats;
    expect(ok).toBeGreaterThan(400);
    for (const f of Object.keys(findWorkload(name).operations)) {
      expect(history.some((event) => event.f === f)).toBe(true);
    }
  });

  it.each(some(names, 3))('%s: should be the same again with the same seed', (name) => {
    const options = { ...optionsOf(name), timeLimitSeconds: 3 };
    expect(run(options, undefined, 7).history).toEqual(run(options, undefined, 7).history);
  });
});

describe('every fault, with every workload', () => {
  const services = ['lin-kv', 'seq-kv', 'lww-kv', 'lin-tso'];
  const schedule: Fault[] = [
    ...oneOfEach(1, 3).filter(({ kind }) => kind !== 'kill' && kind !== 'one-way'),
    { kind: 'kill', from: 3, to: 4, nodes: ['n1'] },
    { kind: 'service-pause', from: 1, to: 2, services },
    { kind: 'service-slow', from: 2, to: 3, services, delayMs: 100 },
  ];

  it.each(workloads.map(({ name }) => name))(
    '%s: what is written down can be read, and is judged alike',
    (name) => {
      const faulty = { schedule, nodeCount: 5, timeLimitSeconds: 5, quietSeconds: 2 };
      const { results, history } = run({ ...optionsOf(name), ...faulty });
      expect(history.filter(({ process }) => process === 'nemesis').length).toBeGreaterThan(30);
      const parse = createEventParser(findWorkload(name));
      const read = history.map((event) => parse(stringifyExact(event)));
      expect(read).toEqual(history);
      const again = judgeHistory(name, read);
      for (const [judge, result] of Object.entries(again)) {
        expect([judge, result]).toEqual([judge, results[judge]]);
      }
    },
  );
});

describe('the loads', () => {
  const invoked = (name: string, given: Settings = {}, changes: Partial<TestOptions> = {}) =>
    run({ ...optionsOf(name, given), ...changes }).history.filter(({ type }) => type === 'invoke');

  it('lin-kv: should read and write every key, with any number of workers', () => {
    for (const workerCount of [1, 3, 5, 11]) {
      const operations = invoked('lin-kv', {}, { workerCount });
      const keys = new Set(operations.map(({ value }) => (value as [number])[0]));
      expect(keys.size).toBe(Math.ceil(workerCount / 4));
      for (const key of keys) {
        const own = operations.filter(({ value }) => (value as [number])[0] === key);
        const reads = own.filter(({ f }) => f === 'read').length / own.length;
        expect(Math.abs(reads - 0.5)).toBeLessThan(0.15);
        expect(new Set(own.map(({ f }) => f)).size).toBe(3);
      }
    }
  });

  it('txn: should keep to lengths, keys and writes a key', () => {
    const given = { maxTxnLength: 7, keyCount: 3, maxWritesPerKey: 5 };
    const txns = invoked('txn-rw-register', given).map(
      ({ value }) => value as [string, number, number][],
    );
    expect(Math.max(...txns.map(({ length }) => length))).toBe(7);
    const writes = new Map<number, number[]>();
    for (const [f, key, value] of txns.flat()) {
      if (f === 'w') writes.set(key, [...(writes.get(key) ?? []), value]);
    }
    for (const [key, values] of writes) {
      expect([key, values]).toEqual([key, values.map((_, index) => index + 1)]);
      expect(values.length).toBeLessThanOrEqual(5);
    }
    const firstTwo = txns.flat().slice(0, 300);
    const share = firstTwo.filter(([, key]) => key === 2).length;
    expect(share).toBeGreaterThan(0); // the last place of the pool is the one most often taken
  });

  it('kafka: should read all logs from their beginning in the end, with every worker', () => {
    const { history, results } = run(optionsOf('kafka'));
    expect(results.workload['valid?']).toBe(true);
    const final = history.filter((event) => event['final?']);
    const assigns = final.filter(({ f, type }) => f === 'assign' && type === 'ok');
    expect(assigns).toHaveLength(5);
    expect(assigns.every((event) => event['seek-to-beginning?'])).toBe(true);
    expect(final.filter(({ f }) => f === 'poll').length).toBeGreaterThanOrEqual(10);
  });
});

/** Registers on lin-kv: each node passes on what it is asked, and passes back the answer. */
function registersOverLinKv(): Behaviour {
  const asked = new Map<number, { client: string; msgId: number }>();
  let lastId = 0;
  return (_node, src, body) => {
    if (src !== 'lin-kv') {
      asked.set(++lastId, { client: src, msgId: body.msg_id as number });
      return [{ dest: 'lin-kv', body: { ...body, msg_id: lastId } }];
    }
    const { client, msgId } = asked.get(body.in_reply_to as number) as {
      client: string;
      msgId: number;
    };
    return [{ dest: client, body: { ...body, in_reply_to: msgId } as Body }];
  };
}

describe('services in simulated time', () => {
  const latency = { mean: 20, distribution: 'constant' as const };
  const test = { ...optionsOf('lin-kv'), latency };

  it('should take latency each way, and count as servers', () => {
    const { results, history, sent } = runPlain(test, registersOverLinKv());
    expect(results.workload['valid?']).toBe(true);
    const [first] = history as [HistoryEvent];
    const end = history.find(({ type, process }) => type !== 'invoke' && process === first.process);
    expect(((end as HistoryEvent).time - first.time) / 1e6).toBeGreaterThanOrEqual(40);
    const toService = sent.filter(({ dest }) => dest === 'lin-kv').length;
    expect(results.net.servers['send-count']).toBe(2 * toService);
  });

  it('should not be touched by faults between nodes', () => {
    const window = { from: 0, to: 20 };
    const cuts = { n0: ['n1', 'lin-kv'], n1: ['n0', 'lin-kv'], 'lin-kv': ['n0', 'n1'] };
    const schedule: Fault[] = [
      { kind: 'partition', ...window, shape: 'all', cuts },
      { kind: 'loss', ...window, probability: 1 },
    ];
    const { results } = runPlain({ ...test, schedule }, registersOverLinKv());
    expect(results.stats['info-count']).toBe(0);
    expect(results.nemesis.struck).toEqual({ partition: 0, loss: 0 });
  });

  it('should stand still and be slow, on demand', () => {
    const schedule: Fault[] = [
      { kind: 'service-pause', from: 2, to: 6, services: ['lin-kv'] },
      { kind: 'service-slow', from: 8, to: 12, services: ['lin-kv'], delayMs: 300 },
    ];
    const { results, history } = runPlain({ ...test, schedule }, registersOverLinKv());
    expect(results.workload['valid?']).toBe(true);
    const { 'service-pause': paused, 'service-slow': slowed } = results.nemesis.struck;
    expect(paused).toBeGreaterThan(0);
    expect(slowed).toBeGreaterThan(0);
    const okIn = (from: number, to: number) =>
      history.filter(({ type, time }) => type === 'ok' && time > from * 1e9 && time < to * 1e9);
    expect(okIn(2.1, 6)).toHaveLength(0);
    expect(okIn(13, 17).length).toBeGreaterThan(50);
  });
});

/** A behaviour that changes the replies of a sound one. */
function changed(
  name: string,
  change: (request: Body, reply: Body, count: number) => object,
): () => Behaviour {
  return () => {
    const behave = soundStore(name);
    let count = 0;
    return (node, src, body) =>
      behave(node, src, body).map((sent) => ({
        ...sent,
        body:
          sent.body.type === 'error'
            ? sent.body
            : { ...sent.body, ...change(body, sent.body, ++count) },
      }));
  };
}

type Change = Parameters<typeof changed>[1];

/** Nodes that are wrong now and then, and what shows it: Maelstrom's verdict, or one of the bench's own. */
const wrong: [name: string, what: string, judge: string, change: Change][] = [
  ['unique-ids', 'repeat ids', 'workload', (_, { id }) => ({ id: Number(id) >> 1 })],
  [
    'g-set',
    'invent elements',
    'reads',
    ({ type }, { value }) => (type === 'read' ? { value: [...(value as []), -1] } : {}),
  ],
  [
    'broadcast',
    'repeat values',
    'reads',
    ({ type }, { messages }) =>
      type === 'read' ? { messages: [...(messages as []), ...(messages as [])] } : {},
  ],
  [
    'g-counter',
    'read one too many',
    'workload',
    ({ type }, { value }) => (type === 'read' ? { value: Number(value) + 1 } : {}),
  ],
  [
    'lin-kv',
    'answer null to every read',
    'registers',
    ({ type }) => (type === 'read' ? { value: null } : {}),
  ],
  [
    'lin-kv',
    'invent values',
    'workload',
    ({ type }, _, count) => (type === 'read' && count % 9 === 0 ? { value: 99 } : {}),
  ],
  [
    'txn-rw-register',
    'invent values',
    'transactions',
    (_, { txn }) => ({
      txn: (txn as unknown[][]).map(([f, key, value]) => [
        f,
        key,
        f === 'r' && value ? 999 : value,
      ]),
    }),
  ],
  [
    'kafka',
    'invent messages',
    'workload',
    ({ type }, { msgs }) =>
      type === 'poll'
        ? {
            msgs: Object.fromEntries(
              Object.entries(msgs as Record<string, [number, number][]>).map(([key, list]) => [
                key,
                list.map(([offset, msg]) => [offset, msg === 3 ? 999 : msg]),
              ]),
            ),
          }
        : {},
  ],
];

describe('runs of an exploration', () => {
  it.each(wrong)('%s: nodes that %s should be found by %s', (name, _what, judge, change) => {
    const options = { ...optionsOf(name), timeLimitSeconds: 5, quietSeconds: 2 };
    const { results } = run(options, plainProgram(types, changed(name, change)));
    expect(results['valid?']).toBe(false);
    expect(results[judge]['valid?']).toBe(false);
  });
});

describe('shrinking logs', () => {
  it('should leave few sends and polls, and assigns of one key', () => {
    const options = { ...optionsOf('kafka'), timeLimitSeconds: 5, quietSeconds: 1, rate: 20 };
    const skipsOne = changed('kafka', ({ type }, { msgs }) =>
      type === 'poll'
        ? {
            msgs: Object.fromEntries(
              Object.entries(msgs as Record<string, [number, number][]>).map(([key, list]) => [
                key,
                list.filter(([offset]) => offset !== 1),
              ]),
            ),
          }
        : {},
    );
    const failing = { options, program: plainProgram(types, skipsOne), seed: 1 };
    const small = shrink(failing, new Budget({ runs: 2000, seconds: 60 }));
    const { operations = [] } = small.options;
    expect(small.isSmallest).toBe(true);
    expect(operations.length).toBeGreaterThan(0);
    expect(operations.length).toBeLessThanOrEqual(6);
    const assigns = operations.filter(({ f }) => f === 'assign');
    for (const { value } of assigns) expect(value).toHaveLength(1);
  });
});

describe('shrinking transactions', () => {
  /** Loses the second element of every list, as soon as a third is there. */
  function forgetful(): Behaviour {
    const lists = new Map<number, number[]>();
    return (_node, src, body) => {
      const txn = (body.txn as [string, number, number][]).map(([f, key, value]) => {
        const list = lists.get(key) ?? [];
        if (f === 'r') return [f, key, list.length > 0 ? list : null];
        lists.set(key, list.length === 2 ? [list[0] as number, value] : [...list, value]);
        return [f, key, value];
      });
      return [answer(src, body, { txn })];
    };
  }

  it('should leave out whatever the failure does not take', () => {
    const options = { ...optionsOf('txn-list-append'), timeLimitSeconds: 5 };
    const failing = { options, program: plainProgram(types, forgetful), seed: 1 };
    expect(simulate(failing).results.workload).toMatchObject({ 'valid?': false });
    const small = shrink(failing, new Budget({ runs: 3000, seconds: 60 }));
    const microOperations = (small.options.operations ?? []).flatMap(({ value }) => value);
    expect(small.isSmallest).toBe(true);
    expect(microOperations.length).toBeLessThanOrEqual(8);
    for (const { value } of small.options.operations ?? []) {
      expect(value).not.toHaveLength(0);
    }
  });
});
