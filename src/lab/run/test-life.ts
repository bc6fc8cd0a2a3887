import { assertEvent, assign, fromCallback, setup } from 'xstate';
import type { Violation } from '../network/violation.ts';

/** Events of a test's life. A phase that has run to its end raises `phase.done`. */
export type TestLifeEvent =
  | { type: 'phase.done' }
  | { type: 'violation'; violation: Violation }
  | { type: 'interrupt'; reason?: string };

/** How long nothing is asked before the final reads, in Maelstrom and unless it is told otherwise. */
export const DEFAULT_QUIET_SECONDS = 10;

const phase = fromCallback<TestLifeEvent>(() => {});

/**
 * The life of a test, as Maelstrom lives it. The host provides what each phase does, as the actor of
 * that name, and the delays.
 */
export const testLifeMachine = setup({
  types: {
    context: {} as { violation: Violation | null; reason: string | null },
    events: {} as TestLifeEvent,
  },
  actors: {
    launchNodes: phase,
    setUp: phase,
    applyLoad: phase,
    awaitReplies: phase,
    performFinalOperations: phase,
  },
  delays: {
    timeLimit: 60_000,
    quietTime: DEFAULT_QUIET_SECONDS * 1000,
  },
  guards: {
    hasFinalOperations: () => true,
  },
  actions: {
    keepViolation: assign(({ event }) => {
      assertEvent(event, 'violation');
      return { violation: event.violation };
    }),
    keepReason: assign(({ event }) => {
      assertEvent(event, 'interrupt');
      return { reason: event.reason ?? null };
    }),
  },
}).createMachine({
  id: 'test',
  context: { violation: null, reason: null },
  initial: 'launching',
  on: {
    violation: { target: '.failed', actions: 'keepViolation' },
    interrupt: { target: '.interrupted', actions: 'keepReason' },
  },
  states: {
    launching: {
      invoke: { src: 'launchNodes' },
      on: { 'phase.done': 'settingUp' },
    },
    settingUp: {
      invoke: { src: 'setUp' },
      on: { 'phase.done': 'loading' },
    },
    loading: {
      invoke: { src: 'applyLoad' },
      after: { timeLimit: 'draining' },
    },
    draining: {
      invoke: { src: 'awaitReplies' },
      on: {
        'phase.done': [{ guard: 'hasFinalOperations', target: 'quiet' }, { target: 'completed' }],
      },
    },
    quiet: {
      after: { quietTime: 'finishing' },
    },
    finishing: {
      invoke: { src: 'performFinalOperations' },
      on: { 'phase.done': 'completed' },
    },
    completed: { type: 'final' },
    failed: { type: 'final' },
    interrupted: { type: 'final' },
  },
});
