import type { AnyEventObject } from 'xstate';

const cluster = ['n0', 'n1', 'n2'];
const emptyDelta = { type: 'delta', id: 1, no: 1, seen: 0, held: 0, ack: 0, route: true };

/**
 * What any gossiping node may receive, from client `c1`, from a peer and from its link to it, all at
 * one time: `n0` is the root of the overlay, with the leaf `n1` for a peer, or the other way round.
 *
 * @param machine the id of its statechart
 * @param values entries that the peer tells
 */
export function gossipEvents(node: 'n0' | 'n1', machine: string, values: unknown[]) {
  const peer = node === 'n0' ? 'n1' : 'n0';
  const at = 1000;
  const delta = (parts: object, src = peer): AnyEventObject => ({
    type: 'delta',
    src,
    dest: node,
    at,
    body: { ...emptyDelta, ...parts },
  });
  const news = [{ origin: `${peer}:1`, first: 1, values }];
  const timer = (delay: string, state: string): AnyEventObject => ({
    type: `xstate.after.${delay}.${machine}.running.gossip.linked${state}`,
  });
  const report = (type: string): AnyEventObject => ({ type: `link.${type}`, peer, at });
  const client = { src: 'c1', dest: node };
  return {
    /** What a client sends. */
    request: (type: string, parts: object): AnyEventObject => ({
      ...client,
      type,
      at,
      body: { type, msg_id: 3, ...parts },
    }),
    all: [
      {
        ...client,
        type: 'init',
        at,
        seed: 1,
        body: { type: 'init', msg_id: 1, node_id: node, node_ids: cluster },
      },
      delta({}),
      delta({ after: 0, upTo: values.length, news }),
      delta({ of: 5000 }),
      delta({ ask: true, news }, 'c1'),
      { type: 'link.tell', peer, at, latencyMs: 20, body: emptyDelta },
      report('synced'),
      report('suspected'),
      report('trusted'),
      timer('joinGrace', ''),
      timer('untilPulse', '.news.gathering'),
      ...['init', 'read'].map((requestType) => ({
        ...client,
        type: 'request.invalid',
        requestType,
        code: 12,
        text: 'it is wrong',
        body: { msg_id: 5 },
      })),
      { type: 'message.unexpected', text: 'what is this?' },
      { type: 'input.end' },
    ] as AnyEventObject[],
  };
}
