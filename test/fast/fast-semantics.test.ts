import { describe, expect, it } from '@jest/globals';
import { assign, createActor, createMachine, raise, SimulatedClock, stateIn } from 'xstate';
import { fast } from '../../src/fast/fast.ts';
import { difference } from './twins.ts';

interface Case {
  what: string;
  config: object;
  events: readonly string[];
  /** The actions that are run in all, by name, and the state in the end. */
  actions: string;
  value: unknown;
}

/** SCXML's rules, and where XState has its own, by example. */
const cases: readonly Case[] = [
  {
    what: 'leave inner states before outer ones, and enter outer states before inner ones',
    config: {
      initial: 'a',
      states: {
        a: {
          exit: 'leaveA',
          initial: 'a1',
          states: { a1: { exit: 'leaveA1', on: { go: { target: '#b2', actions: 'go' } } } },
        },
        b: {
          entry: 'enterB',
          initial: 'b1',
          states: { b1: { entry: 'enterB1' }, b2: { id: 'b2', entry: 'enterB2' } },
        },
      },
    },
    events: ['go'],
    actions: 'leaveA1 leaveA go enterB enterB2',
    value: { b: 'b2' },
  },
  {
    what: 'prefer a transition of an inner state',
    config: {
      initial: 'a',
      on: { go: { actions: 'outer' } },
      states: { a: { on: { go: { actions: 'inner' } } } },
    },
    events: ['go', 'stop'],
    actions: 'inner',
    value: 'a',
  },
  {
    what: 'fall through to an outer state where every guard of the inner one fails',
    config: {
      initial: 'a',
      on: { go: { actions: 'outer' } },
      states: { a: { on: { go: { guard: () => false, actions: 'inner' } } } },
    },
    events: ['go'],
    actions: 'outer',
    value: 'a',
  },
  {
    what: 'let a forbidden transition stop an outer one',
    config: {
      initial: 'a',
      on: { go: { actions: 'outer' } },
      states: { a: { on: { go: undefined } } },
    },
    events: ['go'],
    actions: '',
    value: 'a',
  },
  {
    what: 'take one transition in each region, in document order',
    config: {
      type: 'parallel',
      states: {
        left: { initial: 'a', states: { a: { on: { go: { target: 'b', actions: 'l' } } }, b: {} } },
        right: {
          initial: 'a',
          states: { a: { on: { go: { target: 'b', actions: 'r' } } }, b: {} },
        },
      },
    },
    events: ['go'],
    actions: 'l r',
    value: { left: 'b', right: 'b' },
  },
  {
    what: 'let a region that leaves the parallel state preempt nothing that came before it',
    config: {
      initial: 'p',
      states: {
        p: {
          type: 'parallel',
          states: {
            left: {
              initial: 'a',
              states: { a: { on: { go: { target: 'b', actions: 'l' } } }, b: {} },
            },
            right: { on: { go: { target: '#out', actions: 'r' } } },
          },
        },
        out: { id: 'out' },
      },
    },
    events: ['go'],
    actions: 'l',
    value: { p: { left: 'b', right: {} } },
  },
  {
    what: 'keep a state that a transition to a child of it does not leave, unless it reenters',
    config: {
      initial: 'a',
      states: {
        a: {
          entry: 'enter',
          exit: 'leave',
          initial: 'x',
          on: { stay: '.y', anew: { target: '.y', reenter: true } },
          states: { x: {}, y: {} },
        },
      },
    },
    events: ['stay', 'anew'],
    actions: 'enter leave enter',
    value: { a: 'y' },
  },
  {
    what: 'process raised events in order, after eventless transitions',
    config: {
      initial: 'a',
      states: {
        a: {
          on: { go: { target: 'b', actions: [raise({ type: 'one' }), raise({ type: 'two' })] } },
        },
        b: { always: { target: 'c', actions: 'always' } },
        c: { on: { one: { actions: 'one' }, two: { target: 'd', actions: 'two' } } },
        d: {},
      },
    },
    events: ['go'],
    actions: 'always one two',
    value: 'd',
  },
  {
    what: 'take an eventless transition that a change of context enables',
    config: {
      context: { n: 0 },
      initial: 'a',
      states: {
        a: {
          always: { guard: ({ context }: any) => context.n > 1, target: 'b' },
          on: { go: { actions: assign({ n: ({ context }: any) => context.n + 1 }) } },
        },
        b: { entry: 'arrived' },
      },
    },
    events: ['go', 'go', 'go'],
    actions: 'arrived',
    value: 'b',
  },
  {
    what: 'prefer exact descriptors to partial wildcards, and those to the wildcard',
    config: {
      on: {
        '*': { actions: 'any' },
        'mouse.*': { actions: 'mouse' },
        'mouse.click.*': { actions: 'click' },
        'mouse.click.left': { actions: 'left' },
      },
    },
    events: ['key', 'mouse', 'mouse.move', 'mouse.click', 'mouse.click.right', 'mouse.click.left'],
    actions: 'any mouse mouse click click left',
    value: {},
  },
  {
    what: 'recall what was left last, each time anew',
    config: {
      initial: 'a',
      states: {
        a: {
          initial: 'x',
          on: { out: 'b' },
          states: {
            x: { entry: 'x', on: { next: 'y' } },
            y: { entry: 'y', on: { next: 'z' } },
            z: { entry: 'z' },
            memory: { type: 'history' },
          },
        },
        b: { on: { back: 'a.memory' } },
      },
    },
    events: ['out', 'back', 'next', 'out', 'back', 'next', 'out', 'back'],
    actions: 'x x y y z z',
    value: { a: 'z' },
  },
  {
    what: 'be done with a parallel state once all regions are',
    config: {
      initial: 'p',
      states: {
        p: {
          type: 'parallel',
          onDone: { target: 'end', actions: 'both' },
          states: {
            left: { initial: 'a', states: { a: { on: { l: 'z' } }, z: { type: 'final' } } },
            right: { initial: 'a', states: { a: { on: { r: 'z' } }, z: { type: 'final' } } },
          },
        },
        end: { type: 'final', exit: 'last' },
      },
    },
    events: ['l', 'r'],
    actions: 'both last',
    value: 'end',
  },
  {
    what: 'forget a delayed transition of a state that was left',
    config: {
      initial: 'a',
      states: {
        a: { after: { 10: { target: 'late', actions: 'late' } }, on: { go: 'b' } },
        b: { after: { 20: 'c' } },
        c: { entry: 'c' },
        late: {},
      },
    },
    events: ['go', 'pass', 'pass'],
    actions: 'c',
    value: 'c',
  },
  {
    what: 'ask where the other region was when the event came',
    config: {
      type: 'parallel',
      states: {
        left: { initial: 'a', states: { a: { id: 'a', on: { go: 'b' } }, b: {} } },
        right: { on: { go: { guard: stateIn('#a' as never), actions: 'was' } } },
      },
    },
    events: ['go', 'go'],
    actions: 'was',
    value: { left: 'b', right: {} },
  },
];

/** A machine that writes down the names of its actions as they are run. */
function createNamed(config: object, log: unknown[]) {
  const names = new Set(JSON.stringify(config).match(/\w+/g));
  const actions = Object.fromEntries([...names].map((name) => [name, () => void log.push(name)]));
  return createMachine(config as never, { actions } as never);
}

describe('fast', () => {
  it.each(cases)('should $what', ({ config, events, actions, value }) => {
    const log: unknown[] = [];
    const clock = new SimulatedClock();
    const actor = createActor(fast(createNamed(config, log)), { clock }).start();
    for (const type of events) {
      if (type === 'pass') clock.increment(15);
      else actor.send({ type });
    }
    expect(log.join(' ')).toBe(actions);
    expect(actor.getSnapshot().value).toEqual(value);
  });

  it.each(cases)('should do as XState does: $what', ({ config, events }) => {
    const deeds = events.map((type) => (type === 'pass' ? { pass: 15 } : { send: { type } }));
    const create = (trace: unknown[]) => createNamed(config, trace);
    expect(difference(create, fast, deeds)).toBeUndefined();
  });
});
