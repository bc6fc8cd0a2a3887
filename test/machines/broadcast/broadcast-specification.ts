import { assign, setup } from 'xstate';
import type { Json } from '../../../src/wire/message.ts';

/** What a node must answer: a reply, or silence. */
export type Answer = { type: string; code?: number; messages?: Json[] } | null;

/** What a client may send, by name; the bodies stand in `requests`. */
export type ClientEvent =
  | {
      type:
        | 'init'
        | 'topology'
        | 'foreignTopology'
        | 'read'
        | 'nonsense'
        | 'malformed'
        | 'answer'
        | 'end';
    }
  | { type: 'broadcast'; message: Json };

/** The body that each of a client's events puts on the wire. */
export function bodyOf(event: ClientEvent): { type: string; [key: string]: unknown } {
  switch (event.type) {
    case 'init':
      return { type: 'init', node_id: 'n0', node_ids: ['n0', 'n1'] };
    case 'topology':
      return { type: 'topology', topology: { n0: ['n1'], n1: ['n0'] } };
    case 'foreignTopology':
      return { type: 'topology', topology: { n1: ['n0'] } };
    case 'broadcast':
      return { type: 'broadcast', message: event.message };
    case 'nonsense':
      return { type: 'xstate.stop' };
    case 'malformed':
      return { type: 'broadcast' };
    case 'answer':
      return { type: 'broadcast_ok', in_reply_to: 1 };
    default:
      return { type: event.type };
  }
}

const ok = (type: string) => ({ type: 'answer' as const, params: { type } });
const error = (code: number) => ({ type: 'answer' as const, params: { type: 'error', code } });

/**
 * What any broadcast node must do, as a client sees it: written from the protocol, not from a node.
 * Its context holds the values that a read must return and the answer to the last request.
 */
export const broadcastSpecification = setup({
  types: {
    context: {} as { values: Json[]; answer: Answer },
    events: {} as ClientEvent,
  },
  actions: {
    startAfresh: assign({ values: [] }),
    store: assign({
      values: ({ context, event }) =>
        event.type === 'broadcast' && !context.values.includes(event.message)
          ? [...context.values, event.message]
          : context.values,
    }),
    answer: assign({ answer: (_, reply: Exclude<Answer, null>) => reply }),
    answerRead: assign({
      answer: ({ context }) => ({ type: 'read_ok', messages: context.values }),
    }),
    keepSilent: assign({ answer: null }),
  },
}).createMachine({
  id: 'specification',
  context: { values: [], answer: null },
  initial: 'uninitialised',
  on: {
    init: { target: '.initialised', actions: ['startAfresh', ok('init_ok')] },
    answer: { actions: 'keepSilent' },
    end: { target: '.stopped', actions: 'keepSilent' },
  },
  states: {
    uninitialised: {
      on: {
        topology: { actions: error(11) },
        foreignTopology: { actions: error(11) },
        broadcast: { actions: error(11) },
        read: { actions: error(11) },
        nonsense: { actions: error(11) },
        malformed: { actions: error(11) },
      },
    },
    initialised: {
      on: {
        topology: { actions: ok('topology_ok') },
        foreignTopology: { actions: error(12) },
        broadcast: { actions: ['store', ok('broadcast_ok')] },
        read: { actions: 'answerRead' },
        nonsense: { actions: error(10) },
        malformed: { actions: error(12) },
      },
    },
    stopped: { type: 'final' },
  },
});
