import type { Heard } from '../messages.ts';
import { peersOf } from '../state/raft-state.ts';
import type { Step } from './step.ts';

/*
 * A node cannot tell by itself whether it is new or has lost its memory. A cluster is founded by nodes
 * of which none has taken part in anything; each must have heard so from all others. Who comes later,
 * or was taken for an earlier start of itself, is a learner.
 */

/** Asks all nodes that have not consented yet who they are. */
export function sayHello(step: Step): void {
  const { state } = step;
  for (const peer of peersOf(state)) {
    if (!state.consenting.includes(peer)) send(step, peer, true);
  }
  settle(step);
}

/** Takes note of who another node is, and says who this one is if it asks. */
export function hearHello(step: Step, { src, body }: Heard<'hello'>): void {
  const { state } = step;
  if (state.standing === 'unknown') {
    state.starts = {
      ...state.starts,
      [src]: Math.max(body.start, state.starts[src] ?? 0),
    };
    if (!body.settled || body.of === state.incarnation) {
      if (!state.consenting.includes(src)) state.consenting = [...state.consenting, src];
      settle(step);
    } else {
      state.standing = 'learner';
    }
  }
  if (body.asks) send(step, src, false);
}

function settle({ state }: Step): void {
  if (state.consenting.length < state.nodeIds.length - 1) return;
  state.standing = 'member';
}

function send(step: Step, peer: string, asks: boolean): void {
  const { state } = step;
  step.send(peer, {
    type: 'hello',
    start: state.incarnation,
    asks,
    settled: state.standing !== 'unknown',
    of: state.starts[peer] ?? 0,
  });
}
