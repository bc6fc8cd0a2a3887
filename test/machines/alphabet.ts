import type { BroadcastEvent } from '../../machines/broadcast.ts';

const [client, node, peer] = ['c1', 'n0', 'n1'];
const fromClient = { src: client, dest: node };

/** The neighbours of every node of a pair. */
export const pairTopology = { n0: ['n1'], n1: ['n0'] };

/** Makes the events that a broadcast node receives, as if each came from client `c1`. */
export const events = {
  init: (): BroadcastEvent => ({
    ...fromClient,
    type: 'init',
    body: { type: 'init', msg_id: 1, node_id: node, node_ids: [node, peer] },
  }),
  topology: (topology: Record<string, string[]> = pairTopology): BroadcastEvent => ({
    ...fromClient,
    type: 'topology',
    body: { type: 'topology', msg_id: 2, topology },
  }),
  broadcast: (message: number): BroadcastEvent => ({
    ...fromClient,
    type: 'broadcast',
    body: { type: 'broadcast', msg_id: 3, message },
  }),
  read: (): BroadcastEvent => ({ ...fromClient, type: 'read', body: { type: 'read', msg_id: 4 } }),
  gossip: (...known: number[]): BroadcastEvent => ({
    src: peer,
    dest: node,
    type: 'gossip',
    body: { type: 'gossip', known },
  }),
  invalid: (requestType: string): BroadcastEvent => ({
    ...fromClient,
    type: 'request.invalid',
    body: { msg_id: 5 },
    requestType,
    code: 12,
    text: 'it is wrong',
  }),
  unexpected: (): BroadcastEvent => ({ type: 'message.unexpected', text: 'what is this?' }),
  end: (): BroadcastEvent => ({ type: 'input.end' }),
  gossipTimer: () =>
    ({
      type: 'xstate.after.gossipInterval.broadcast.running.gossiping',
    }) as unknown as BroadcastEvent,
};
