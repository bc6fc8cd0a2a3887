import type { Heard } from '../messages.ts';
import { peersOf } from '../state/raft-state.ts';
import { join } from '../state/stable.ts';
import type { Step } from './step.ts';

/*
 * A node cannot tell by itself whether it is new or has lost its memory. A cluster is founded by nodes
 * of which none has taken part in anything; each must have heard so from all others. Who comes later,
 * or was taken for an earlier start of itself, is a learner. With a disk a node that is started anew
 * is what it was.
 */

/** Takes note that there was nothing to remember before this start, unless there was. */
export function remember({ state }: Step): void {
  if (state.stable.membership.since > 0) return;
  state.stable = join(state.stable, { since: state.incarnation });
}

/** Asks all nodes that have not consented yet who they are. */
export function sayHello(step: Step): void {
  const { state } = step;
  if (state.stable.membership.standing !== 'unknown') return;
  for (const peer of peersOf(state)) {
    if (!state.consenting.includes(peer)) send(step, peer, true);
  }
  settle(step);
}

/** Takes note of who another node is, and says who this one is if it asks. */
export function hearHello(step: Step, { src, body }: Heard<'hello'>): void {
  const { state } = step;
  const { standing, starts, since } = state.stable.membership;
  if (standing === 'unknown') {
    if (body.start > (starts[src] ?? 0)) {
      state.stable = join(state.stable, { starts: { ...starts, [src]: body.start } });
    }
    if (!body.settled || body.of === since) {
      if (!state.consenting.includes(src)) state.consenting = [...state.consenting, src];
      settle(step);
    } else {
      state.stable = join(state.stable, { standing: 'learner' });
    }
  }
  if (body.asks) send(step, src, false);
}

function settle({ state }: Step): void {
  if (state.consenting.length < state.nodeIds.length - 1) return;
  state.stable = join(state.stable, { standing: 'member' });
}

function send(step: Step, peer: string, asks: boolean): void {
  const { since, standing, starts } = step.state.stable.membership;
  step.send(peer, {
    type: 'hello',
    start: since,
    asks,
    settled: standing !== 'unknown',
    of: starts[peer] ?? 0,
  });
}
