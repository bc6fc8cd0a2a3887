import { assign, setup } from 'xstate';

/** What a node must answer. */
export type Answer = { type: string; code?: number; value?: number };

/** What a client may send, by name. */
export type ClientEvent =
  | { type: 'init' | 'read' | 'nonsense' | 'malformed' | 'end' }
  | { type: 'write'; value: number }
  | { type: 'cas'; from: number; to: number };

/** The body that each of a client's events puts on the wire: all is about one register. */
export function bodyOf(event: ClientEvent): { type: string; [key: string]: unknown } {
  if (event.type === 'init') return { type: 'init', node_id: 'n0', node_ids: ['n0'] };
  if (event.type === 'nonsense') return { type: 'xstate.stop' };
  if (event.type === 'malformed') return { type: 'write', key: 'k' };
  return { ...event, key: 'k' };
}

const ok = (type: string) => ({ type: 'answer' as const, params: { type } });
const error = (code: number) => ({ type: 'answer' as const, params: { type: 'error', code } });

/** What registers must do, as a client sees it: written from the protocol, not from a node. */
export const registersSpecification = setup({
  types: {
    context: {} as { value: number | null; answer: Answer | null },
    events: {} as ClientEvent,
  },
  guards: {
    isAbsent: ({ context }) => context.value === null,
    isExpected: ({ context, event }) => event.type === 'cas' && event.from === context.value,
  },
  actions: {
    startAfresh: assign({ value: null }),
    set: assign({
      value: ({ context, event }) => {
        if (event.type === 'write') return event.value;
        return event.type === 'cas' ? event.to : context.value;
      },
    }),
    answer: assign({ answer: (_, reply: Answer) => reply }),
    answerRead: assign({
      answer: ({ context }) => ({ type: 'read_ok', value: context.value as number }),
    }),
  },
}).createMachine({
  id: 'specification',
  context: { value: null, answer: null },
  initial: 'uninitialised',
  on: {
    init: { target: '.initialised', actions: ['startAfresh', ok('init_ok')] },
    end: '.stopped',
  },
  states: {
    uninitialised: {
      on: {
        read: { actions: error(11) },
        write: { actions: error(11) },
        cas: { actions: error(11) },
        nonsense: { actions: error(11) },
        malformed: { actions: error(11) },
      },
    },
    initialised: {
      on: {
        read: [{ guard: 'isAbsent', actions: error(20) }, { actions: 'answerRead' }],
        write: { actions: ['set', ok('write_ok')] },
        cas: [
          { guard: 'isAbsent', actions: error(20) },
          { guard: 'isExpected', actions: ['set', ok('cas_ok')] },
          { actions: error(22) },
        ],
        nonsense: { actions: error(10) },
        malformed: { actions: error(12) },
      },
    },
    stopped: { type: 'final' },
  },
});
