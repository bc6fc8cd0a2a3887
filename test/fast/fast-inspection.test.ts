import { describe, expect, it } from '@jest/globals';
import { type AnyStateMachine, assign, createActor, createMachine, transition } from 'xstate';
import { fast } from '../../src/fast/fast.ts';

const counter = createMachine({
  id: 'counter',
  context: { n: 0 },
  on: { count: { actions: assign({ n: ({ context }) => context.n + 1 }) } },
});

/** What an inspector of such an actor is told, without what differs between two actors anyway. */
function inspect(machine: AnyStateMachine): unknown[] {
  const told: unknown[] = [];
  const actor = createActor(machine, {
    inspect: (event) => told.push([event.type, 'snapshot' in event && event.snapshot]),
  }).start();
  actor.send({ type: 'count' });
  actor.send({ type: 'nothing' });
  return JSON.parse(JSON.stringify(told)) as unknown[];
}

describe('a fast machine', () => {
  it('should tell inspectors what XState tells them, and nothing else', () => {
    expect(inspect(fast(counter))).toEqual(inspect(counter));
  });

  it('should tell an inspector that comes late', () => {
    const actor = createActor(fast(counter)).start();
    actor.send({ type: 'count' });
    const told: string[] = [];
    actor.system.inspect(({ type }) => void told.push(type));
    actor.send({ type: 'count' });
    expect(told).toEqual(['@xstate.event', '@xstate.microstep', '@xstate.snapshot']);
    expect(actor.getSnapshot().context.n).toBe(2);
  });

  it('should be of use to the pure functions of XState', () => {
    const machine = fast(counter);
    const [next, actions] = transition(
      machine,
      machine.resolveState({ value: {}, context: { n: 4 } }),
      {
        type: 'count',
      },
    );
    expect(next.context.n).toBe(5);
    expect(actions).toEqual([]);
  });

  it('should stay fast with other implementations, and be the same machine each time', () => {
    const machine = fast(counter);
    expect(fast(counter)).toBe(machine);
    expect(fast(machine)).toBe(machine);
    const provided = machine.provide({});
    expect(fast(provided)).toBe(provided);
  });

  it('should make its child machines fast, even one that is its own child', () => {
    const parent = createMachine({ id: 'parent' }, { actors: { counter } } as never);
    (parent.implementations.actors as Record<string, unknown>)['parent'] = parent;
    const twin = fast(parent);
    expect(twin.implementations.actors).toEqual({ counter: fast(counter), parent: twin });
  });
});
