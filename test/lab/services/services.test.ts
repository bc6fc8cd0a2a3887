import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import { createLinKv } from '../../../src/lab/services/lin-kv.ts';
import { createLinTso } from '../../../src/lab/services/lin-tso.ts';
import { createLwwKv } from '../../../src/lab/services/lww-kv.ts';
import { createSeqKv } from '../../../src/lab/services/seq-kv.ts';
import type { CreateService } from '../../../src/lab/services/service.ts';
import { Random } from '../../../src/lab/time-and-chance/random.ts';
import type { Body } from '../../../src/wire/message.ts';

const read = (key: unknown): Body => ({ type: 'read', key });
const write = (key: unknown, value: unknown): Body => ({ type: 'write', key, value });
const cas = (key: unknown, from: unknown, to: unknown, creates?: boolean): Body => ({
  type: 'cas',
  key,
  from,
  to,
  ...(creates !== undefined && { create_if_not_exists: creates }),
});
const absent = { type: 'error', code: 20, text: 'key does not exist' };

/** A function that asks a service and gives back what it answers. */
function ask(create: CreateService, seed = 1) {
  const service = create(Random.fromSeed(seed));
  return (body: Body, src = 'n0') => service.serve(src, body);
}

describe('lin-kv', () => {
  it('should read, write, and compare and set', () => {
    const serve = ask(createLinKv);
    expect(serve(read('k'))).toEqual(absent);
    expect(serve(cas('k', 0, 1))).toEqual(absent);
    expect(serve(cas('k', 0, 1, false))).toEqual(absent);
    expect(serve(cas('k', 0, 1, true))).toEqual({ type: 'cas_ok' });
    expect(serve(read('k'))).toEqual({ type: 'read_ok', value: 1 });
    const refusal = { type: 'error', code: 22, text: 'current value 1 is not "x"' };
    expect(serve(cas('k', 'x', 2, true))).toEqual(refusal);
    expect(serve(write('k', null))).toEqual({ type: 'write_ok' });
    expect(serve(read('k'))).toEqual({ type: 'read_ok', value: null });
  });

  it('should tell keys and values apart by their content', () => {
    const serve = ask(createLinKv);
    serve(write({ a: 1, b: [2] }, { x: 1, y: 2 }));
    expect(serve(read({ b: [2], a: 1 }))).toMatchObject({ type: 'read_ok' });
    expect(serve(cas({ a: 1, b: [2] }, { y: 2, x: 1 }, 0))).toEqual({ type: 'cas_ok' });
    serve(write(1, 'number'));
    expect(serve(read('1'))).toEqual(absent);
  });

  it('should leave unanswered what it does not know', () => {
    for (const create of [createLinKv, createSeqKv, createLwwKv]) {
      const serve = ask(create);
      const odd = [{ type: 'ts' }, { type: 'read' }, { type: 'write', key: 1 }, { type: 'hello' }];
      expect(odd.map((body) => serve(body))).toEqual(odd.map(() => undefined));
    }
    expect(ask(createLinTso)(read(1))).toBeUndefined();
  });
});

describe('lin-tso', () => {
  it('should count from 0, whoever asks', () => {
    const serve = ask(createLinTso);
    const stamps = ['n0', 'n1', 'n0'].map((src) => serve({ type: 'ts' }, src));
    expect(stamps).toEqual([0, 1, 2].map((ts) => ({ type: 'ts_ok', ts })));
  });
});

describe('seq-kv', () => {
  it('should serve stale states to who only reads, and never go back', () => {
    const seen = new Set<unknown>();
    for (let seed = 0; seed < 200; seed++) {
      const serve = ask(createSeqKv, seed);
      for (let value = 0; value < 10; value++) serve(write('k', value), 'writer');
      let last = -1;
      for (let times = 0; times < 5; times++) {
        const value = serve(read('k'), 'reader')?.value ?? -1;
        expect(value).toBeGreaterThanOrEqual(last);
        last = value as number;
        seen.add(value);
      }
    }
    expect(seen.size).toBe(11); // from absent to the newest
  });

  it('should be at the newest after a change', () => {
    for (let seed = 0; seed < 100; seed++) {
      const serve = ask(createSeqKv, seed);
      for (let value = 0; value < 10; value++) serve(write('k', value), 'writer');
      serve(write('unique', seed), 'reader');
      expect(serve(read('k'), 'reader')).toEqual({ type: 'read_ok', value: 9 });
    }
  });

  it('should lose a write that repeats an old value, now and then', () => {
    const outcomes = Array.from({ length: 100 }, (_, seed) => {
      const serve = ask(createSeqKv, seed);
      serve(write('k', 'old'), 'writer');
      serve(write('k', 'new'), 'writer');
      serve(write('k', 'old'), 'late');
      return serve(read('k'), 'writer')?.value;
    });
    expect(new Set(outcomes)).toEqual(new Set(['old', 'new']));
  });
});

describe('lww-kv', () => {
  it('should serve stale values, and lose keys and writes, now and then', () => {
    const outcomes = Array.from({ length: 200 }, (_, seed) => {
      const serve = ask(createLwwKv, seed);
      serve(write('k', 1));
      serve(write('k', 2));
      return serve(read('k'))?.value ?? 'absent';
    });
    expect(new Set(outcomes)).toEqual(new Set(['absent', 1, 2]));
  });

  it('should not create with cas, whatever it is told', () => {
    expect(ask(createLwwKv)(cas('k', 0, 1, true))).toEqual(absent);
  });
});

// The naive twins do to the letter what Maelstrom does: whole states in a ring, whole replicas merged.

type State = Record<string, unknown>;

/** What a request does to a state: the reply's type, or the error's code, the value, the state after. */
function apply(state: State, { type, key, value, from, to, create_if_not_exists: creates }: Body) {
  const name = key as string;
  const has = Object.hasOwn(state, name);
  if (type === 'write') return { reply: 'write_ok', state: { ...state, [name]: value } };
  if (type === 'read') return { reply: has ? state[name] : 20, state };
  if (!has && !creates) return { reply: 20, state };
  if (has && state[name] !== from) return { reply: 22, state };
  return { reply: 'cas_ok', state: { ...state, [name]: to } };
}

const same = (a: State, b: State) =>
  Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((k) => a[k] === b[k]);

function naiveLin() {
  let state: State = {};
  return (_src: string, body: Body) => {
    const done = apply(state, body);
    state = done.state;
    return done.reply;
  };
}

function naiveSeq(random: Random) {
  const ring: State[] = Array.from({ length: 32 }, () => ({}));
  const met: Record<string, number> = {};
  let newest = 0;
  return (src: string, body: Body) => {
    const at = (met[src] ?? 0) + random.index(newest - (met[src] ?? 0) + 1);
    const tried = apply(ring[at % 32] as State, body);
    if (same(tried.state, ring[at % 32] as State)) {
      met[src] = at;
      return tried.reply;
    }
    const done = apply(ring[newest % 32] as State, body);
    if (!same(done.state, ring[newest % 32] as State)) ring[++newest % 32] = done.state;
    met[src] = newest;
    return done.reply;
  };
}

function naiveLww(random: Random) {
  type Entries = Record<string, { stamp: number; value: unknown }>;
  const replicas = [0, 1].map(() => ({ clock: 0, entries: {} as Entries }));
  return (_src: string, body: Body) => {
    const [from, into] = [random.pick(replicas), random.pick(replicas)];
    into.clock = Math.max(from.clock, into.clock);
    for (const [key, entry] of Object.entries(from.entries)) {
      if (entry.stamp >= (into.entries[key]?.stamp ?? -1)) into.entries[key] = entry;
    }
    const server = random.pick(replicas);
    const values = Object.fromEntries(
      Object.entries(server.entries).map(([key, { value }]) => [key, value]),
    );
    const { reply, state } = apply(values, { ...body, create_if_not_exists: false });
    const key = body.key as string;
    if (reply === 'write_ok' || reply === 'cas_ok') {
      server.entries[key] = { stamp: server.clock++, value: state[key] };
    }
    return reply;
  };
}

const requests = fc.array(
  fc.record({
    src: fc.constantFrom('n0', 'n1', 'n2'),
    body: fc.oneof(
      fc.constantFrom('x', 'y').map(read),
      fc.tuple(fc.constantFrom('x', 'y'), fc.nat(3)).map(([key, value]) => write(key, value)),
      fc
        .tuple(fc.constantFrom('x', 'y'), fc.nat(3), fc.nat(3), fc.boolean())
        .map(([key, from, to, creates]) => cas(key, from, to, creates)),
    ),
  }),
  { maxLength: 300, size: 'max' },
);
const short = (reply: Body | undefined) =>
  reply?.type === 'read_ok' ? reply.value : (reply?.code ?? reply?.type);

describe.each([
  ['lin-kv', createLinKv, naiveLin],
  ['seq-kv', createSeqKv, naiveSeq],
  ['lww-kv', createLwwKv, naiveLww],
] as const)('%s, beside a naive one', (_name, create, naive) => {
  it('should answer the same to any requests', () => {
    fc.assert(
      fc.property(requests, fc.nat(), (all, seed) => {
        const service = create(Random.fromSeed(seed));
        const twin = naive(Random.fromSeed(seed));
        for (const { src, body } of all) {
          expect(short(service.serve(src, body))).toBe(twin(src, body));
        }
      }),
      { numRuns: 100 },
    );
  });
});
