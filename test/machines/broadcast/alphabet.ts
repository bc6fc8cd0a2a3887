import type { BroadcastEvent } from '../../../machines/broadcast/machine.ts';
import type { DeltaBody } from '../../../machines/gossip/link/delta.ts';

/** The nodes of a cluster, and the neighbours that they are offered. */
const cluster = ['n0', 'n1', 'n2'];
const line = { n0: ['n1'], n1: ['n0', 'n2'], n2: ['n1'] };

/**
 * Makes the events that a broadcast node receives, from client `c1` and from a peer, all at one time:
 * `n0` is the root of the overlay, with the leaf `n1` for a peer, or the other way round.
 */
export function eventsFor(node: 'n0' | 'n1') {
  const peer = node === 'n0' ? 'n1' : 'n0';
  const at = 1000;
  const fromClient = { src: 'c1', dest: node, at };
  const fromPeer = { src: peer, dest: node, at };
  return {
    init: (): BroadcastEvent => ({
      ...fromClient,
      type: 'init',
      seed: 1,
      body: { type: 'init', msg_id: 1, node_id: node, node_ids: cluster },
    }),
    topology: (topology: Record<string, string[]> = line): BroadcastEvent => ({
      ...fromClient,
      type: 'topology',
      body: { type: 'topology', msg_id: 2, topology },
    }),
    broadcast: (message: number): BroadcastEvent => ({
      ...fromClient,
      type: 'broadcast',
      body: { type: 'broadcast', msg_id: 3, message },
    }),
    read: (): BroadcastEvent => ({
      ...fromClient,
      type: 'read',
      body: { type: 'read', msg_id: 4 },
    }),
    gossip: (...known: number[]): BroadcastEvent => ({
      ...fromPeer,
      type: 'gossip',
      body: { type: 'gossip', known },
    }),
    /** The first message of a peer that tells all it knows. */
    delta: (...values: number[]): BroadcastEvent => ({
      ...fromPeer,
      type: 'delta',
      body: {
        ...emptyDelta,
        ...(values.length > 0 && {
          after: 0,
          upTo: values.length,
          news: [{ origin: `${peer}:1`, first: 1, values }],
        }),
      },
    }),
    /** A message to a start of the node that is later than it knows itself to be. */
    deltaToLaterStart: (): BroadcastEvent => ({
      ...fromPeer,
      type: 'delta',
      body: { ...emptyDelta, of: 5000 },
    }),
    /** A message from whoever is no node of the cluster. */
    deltaFromStranger: (): BroadcastEvent => ({
      src: 'c1',
      dest: node,
      at,
      type: 'delta',
      body: { ...emptyDelta, ask: true, news: [{ origin: 'c1:1', first: 1, values: [9] }] },
    }),
    /** What the link to the peer is about to tell. */
    tell: (parts: Partial<DeltaBody> = {}): BroadcastEvent => ({
      type: 'link.tell',
      peer,
      body: { ...emptyDelta, ...parts },
      at,
      latencyMs: 20,
    }),
    report: (type: 'link.synced' | 'link.suspected' | 'link.trusted'): BroadcastEvent => ({
      type,
      peer,
      at,
    }),
    invalid: (requestType: string): BroadcastEvent => ({
      src: 'c1',
      dest: node,
      type: 'request.invalid',
      body: { msg_id: 5 },
      requestType,
      code: 12,
      text: 'it is wrong',
    }),
    unexpected: (): BroadcastEvent => ({ type: 'message.unexpected', text: 'what is this?' }),
    end: (): BroadcastEvent => ({ type: 'input.end' }),
    timer: (delay: string, state: string) =>
      ({ type: `xstate.after.${delay}.broadcast.${state}` }) as unknown as BroadcastEvent,
  };
}

const emptyDelta: DeltaBody = {
  type: 'delta',
  id: 1,
  no: 1,
  seen: 0,
  held: 0,
  ack: 0,
  route: true,
};
