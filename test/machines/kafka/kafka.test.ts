import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import node from '../../../machines/kafka/kafka.ts';
import { type Command, logs } from '../../../machines/kafka/service.ts';
import { programOf } from '../../../src/runtime/options/command-line.ts';
import { describeClientSpecification } from '../../support/client-specification.ts';

/** One log, and up to where it was read. */
interface Kept {
  messages: string[];
  committed: number | null;
}

const send = (msg: string) => ({
  body: { type: 'send', key: 'a', msg },
  serve: ({ messages, committed }: Kept) => ({
    kept: { messages: [...messages, msg], committed },
    reply: { type: 'send_ok', offset: messages.length },
  }),
});
const poll = (first: number) => ({
  body: { type: 'poll', offsets: { a: first, unknown: 0 } },
  serve: (kept: Kept) => {
    const a = kept.messages.map((msg, offset) => [offset, msg]).slice(first);
    return { kept, reply: { type: 'poll_ok', msgs: { a, unknown: [] } } };
  },
});

describeClientSpecification<Kept>({
  program: programOf(node, []),
  bin: 'kafka',
  nodeIds: ['n0'],
  start: { messages: [], committed: null },
  requests: {
    send: send('first'),
    sendOther: send('second'),
    pollAll: poll(0),
    pollLater: poll(1),
    commit: {
      body: { type: 'commit_offsets', offsets: { a: 1 } },
      serve: (kept) => ({
        kept: { ...kept, committed: 1 },
        reply: { type: 'commit_offsets_ok' },
      }),
    },
    list: {
      body: { type: 'list_committed_offsets', keys: ['a', 'unknown'] },
      serve: (kept) => {
        const offsets = kept.committed === null ? {} : { a: kept.committed };
        return { kept, reply: { type: 'list_committed_offsets_ok', offsets } };
      },
    },
  },
  malformed: { type: 'send', key: 1, msg: 'first' },
  isEnough: ({ messages, committed }) => messages.length > 1 || committed !== null,
});

const keys = ['a', 'b', '__proto__'];
const key = fc.constantFrom(...keys);
const offsets = fc.dictionary(key, fc.nat(4), { maxKeys: 3 });
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant('send' as const), key, msg: fc.nat(99) }),
  fc.record({ type: fc.constant('poll' as const), offsets }),
  fc.record({ type: fc.constant('commit_offsets' as const), offsets }),
  fc.record({ type: fc.constant('list_committed_offsets' as const), keys: fc.subarray(keys) }),
);

/** What a command is answered, by a look at all that was done before it. */
function expectedReply(before: Command[], asked: Command): unknown {
  const sentTo = (name: string) =>
    before.flatMap((past) => (past.type === 'send' && past.key === name ? [past.msg] : []));
  const committed = new Map(
    before.flatMap((past) => (past.type === 'commit_offsets' ? Object.entries(past.offsets) : [])),
  );
  if (asked.type === 'send') return { offset: sentTo(asked.key).length };
  if (asked.type === 'commit_offsets') return {};
  if (asked.type === 'list_committed_offsets') {
    const known = asked.keys.filter((name) => committed.has(name));
    return { offsets: Object.fromEntries(known.map((name) => [name, committed.get(name)])) };
  }
  const msgs = Object.entries(asked.offsets).map(([name, first]) => {
    return [
      name,
      sentTo(name)
        .map((msg, offset) => [offset, msg])
        .slice(first),
    ];
  });
  return { msgs: Object.fromEntries(msgs) };
}

describe('replicated logs', () => {
  const apply = (state: typeof logs.initial, asked: Command) =>
    logs.apply(state, logs.commandOf({ msg_id: 1, ...asked }));

  it('should answer as all that was done before says, and leave earlier states as they were', () => {
    fc.assert(
      fc.property(fc.array(command), (commands) => {
        const states = [logs.initial];
        for (const asked of commands)
          states.push(apply(states.at(-1) as typeof logs.initial, asked).state);
        for (const [place, asked] of commands.entries()) {
          const before = states[place] as typeof logs.initial;
          const taken = logs.restore(JSON.parse(JSON.stringify(logs.save(before))));
          const ok = expectedReply(commands.slice(0, place), asked);
          expect(apply(taken, asked).reply).toEqual({ ok });
          expect(apply(before, asked).reply).toEqual({ ok });
        }
      }),
    );
  });

  it('should agree on what changes something, and on nothing else', () => {
    const kindOf = (type: string) => logs.kindOf({ type });
    expect(['send', 'commit_offsets'].map(kindOf)).toEqual(['command', 'command']);
    expect(['poll', 'list_committed_offsets'].map(kindOf)).toEqual(['glance', 'glance']);
  });

  it('should hand out no more than a hundred messages of a log at a time', () => {
    let state = logs.initial;
    for (let msg = 0; msg < 150; msg++) state = apply(state, { type: 'send', key: 'a', msg }).state;
    const polled = (first: number) => apply(state, { type: 'poll', offsets: { a: first } }).reply;
    const from = (first: number, count: number) => ({
      ok: { msgs: { a: Array.from({ length: count }, (_, n) => [first + n, first + n]) } },
    });
    expect(polled(20)).toEqual(from(20, 100));
    expect(polled(100)).toEqual(from(100, 50));
    expect(polled(150)).toEqual(from(150, 0));
  });
});
