import { draw } from 'maelstate';
import type { Heard } from '../messages.ts';
import { peersOf, type RaftState } from '../state/raft-state.ts';
import { vote } from '../state/stable.ts';
import type { Step } from './step.ts';
import { enterLaterTerm } from './terms.ts';
import type { RaftTunables } from '../tunables.ts';

/**
 * Begins to wait for a time that is drawn. In a cluster that has just been founded there is nobody to
 * wait for, so the first of the nodes stands soon; so does a node that is alone.
 */
export function drawTimeout(step: Step): void {
  const { electionMinMs, electionMaxMs } = step.tunables;
  drawWait(step, electionMinMs, electionMaxMs);
}

/** Begins to wait for answers to a canvass. */
export function drawCanvassTimeout(step: Step): void {
  const { canvassMinMs, canvassMaxMs } = step.tunables;
  drawWait(step, canvassMinMs, canvassMaxMs);
}

function drawWait({ state, tunables }: Step, minMs: number, maxMs: number): void {
  const { value, random } = draw(state.random);
  const { nodeId, nodeIds, stable } = state;
  const isFirst = nodeId === nodeIds[0] && (stable.term === 0 || nodeIds.length === 1);
  state.random = random;
  state.timeoutMs = isFirst ? tunables.firstElectionMs : minMs + (maxMs - minMs) * value;
  state.waitUntil = state.now + state.timeoutMs;
}

/** Waits on, if a leader was heard of meanwhile. */
export function waitOn({ state }: Step): void {
  state.now = Math.max(state.now, state.waitUntil);
  state.waitUntil = state.heardAt + state.timeoutMs;
}

/** Whether a leader was heard of since the wait for one began. */
export function hasHeardLately({ heardAt, timeoutMs, waitUntil }: RaftState): boolean {
  return heardAt + timeoutMs > waitUntil;
}

/** Asks the others whether they would vote for this node in the next term. */
export function canvass(step: Step): void {
  const { state } = step;
  state.now = Math.max(state.now, state.waitUntil);
  state.leader = null;
  state.votes = [state.nodeId];
  ask(step, state.stable.term + 1, true);
}

/** Comes to the next term, votes for itself and asks for the others' votes. */
export function stand(step: Step): void {
  const { state } = step;
  const term = state.stable.term + 1;
  enterLaterTerm(step, term);
  state.stable = vote(state.stable, state.nodeId);
  state.votes = [state.nodeId];
  ask(step, term, false);
}

function ask(step: Step, term: number, pre: boolean): void {
  const { last, lastTerm } = step.state.stable.log;
  for (const peer of peersOf(step.state)) {
    step.send(peer, { type: 'vote_request', term, pre, last, lastTerm });
  }
}

/** Whether a vote is for what this node stands for now. */
export function isVoteFor(state: RaftState, { src, body }: Heard<'vote'>, pre: boolean): boolean {
  if (!state.nodeIds.includes(src)) return false;
  return body.granted && body.pre === pre && body.term === state.stable.term + (pre ? 1 : 0);
}

export function votesWith({ votes }: RaftState, { src }: Heard<'vote'>): string[] {
  return [...new Set([...votes, src])];
}

/**
 * Whether a node is to stay with the leader that it has: one that was heard of within the shortest
 * time out still works, whatever a node says that does not hear of it.
 */
export function isLoyal(
  { lead, leader, heardAt }: RaftState,
  at: number,
  { electionMinMs }: RaftTunables,
): boolean {
  return lead !== null || (leader !== null && at - heardAt < electionMinMs);
}

/** Tells one who would be leader that there is one. */
export function refuseCandidate(step: Step, { src, body }: Heard<'vote_request'>): void {
  const { term } = step.state.stable;
  step.send(src, { type: 'vote', term, pre: body.pre, granted: false });
}

/** Answers who would be leader. A node votes for one in a term, and for none that lacks what it has. */
export function answerCandidate(step: Step, { src, at, body }: Heard<'vote_request'>): void {
  const { state } = step;
  const { term, pre } = body;
  if (!pre && term > state.stable.term) enterLaterTerm(step, term);
  const { votedFor, log } = state.stable;
  const isFree = pre
    ? term > state.stable.term
    : term === state.stable.term && (votedFor === null || votedFor === src);
  const granted = isFree && log.isNoNewerThan(body.lastTerm, body.last);
  if (granted && !pre) {
    state.stable = vote(state.stable, src);
    state.heardAt = at;
  }
  step.send(src, { type: 'vote', term: granted ? term : state.stable.term, pre, granted });
}
