import type { EndpointId } from 'maelstate';
import { answerReads, applyUpTo, confirmReads } from './applying.ts';
import type { Content } from '../state/log.ts';
import type { Heard } from '../messages.ts';
import {
  type Leadership,
  peersOf,
  type RaftState,
  type UnconfirmedReads,
} from '../state/raft-state.ts';
import type { ReplicaInput } from '../replica.ts';
import { append } from '../state/stable.ts';
import type { Step } from './step.ts';
import { majorityOf } from '../tunables.ts';
import { Waiting } from '../state/waiting.ts';

/**
 * Begins to lead: with an entry of its own term, for what earlier terms left behind is agreed on no
 * sooner than that, and with what its own clients wait for.
 */
export function takeLead(step: Step): void {
  const { state } = step;
  state.leader = state.nodeId;
  state.confirmations = [];
  state.lead = {
    round: 1,
    match: {},
    answered: {},
    heard: [],
    learners: {},
    reads: Waiting.none,
  };
  const { term } = state.stable;
  state.stable = append(state.stable, [{ term }]);
  if (state.nodeIds.length === 1) advance(step, state.lead);
  state.nextCommand = state.commands.floor;
  state.nextRead = state.reads.floor;
}

/** What the actors that are to tell the peers begin with. */
export function inputForReplica(step: Step, peer: EndpointId): ReplicaInput {
  const { nodeId, stable, disk } = step.state;
  return { nodeId, peer, term: stable.term, isEarly: disk !== null, ...tidings(step) };
}

/** Appends the commands of the node's own clients, and lets the reads of these wait for a round. */
export function writeOwn(step: Step): void {
  const { state } = step;
  const { floor } = state.commands;
  const contents: Content[] = [];
  for (const [seq, { command }] of state.commands.from(state.nextCommand)) {
    contents.push({ node: state.nodeId, start: state.incarnation, seq, floor, command });
  }
  state.nextCommand = state.commands.next;
  state.nextUntold = state.commands.next;
  write(step, contents);
  if (state.nextRead === state.reads.next) return;
  state.nextRead = state.reads.next;
  keepReads(step, state.nodeId, state.incarnation, state.reads.next - 1);
}

/** Takes in what a follower passes on. */
export function takeForward(step: Step, { src, body }: Heard<'forward'>): void {
  write(step, body.commands);
  if (body.reads > 0) keepReads(step, src, body.start, body.reads);
}

/** Puts something at the end of the log, and lets the peers have it. */
function write(step: Step, contents: readonly Content[]): void {
  if (contents.length === 0) return;
  const { state } = step;
  const { term } = state.stable;
  state.stable = append(
    state.stable,
    contents.map((content) => ({ term, ...content })),
  );
  const lead = nextRound(step);
  for (const peer of peersOf(state))
    step.tell(peer, { type: 'news', ...tidings(step), urgent: true });
  if (state.nodeIds.length === 1) advance(step, lead);
}

function nextRound({ state }: Step): Leadership {
  const lead = state.lead as Leadership;
  state.lead = { ...lead, round: lead.round + 1 };
  return state.lead;
}

function tidings({ state }: Step) {
  const { stable, commit, applied, lead } = state;
  return { log: stable.log, commit, applied, round: (lead as Leadership).round };
}

/**
 * Keeps reads until enough peers have answered a round that begins now. Reads may see the whole log,
 * not only what this node knows to be agreed on: a follower may know more.
 */
function keepReads(step: Step, peer: EndpointId, start: number, reads: number): void {
  const { state } = step;
  const lead = nextRound(step);
  const unconfirmed = { peer, start, reads, round: lead.round, index: state.stable.log.last };
  state.lead = { ...lead, reads: lead.reads.add(unconfirmed) };
  const needed = stillNeeded(step, unconfirmed);
  if (needed > 0) askFor(step, unconfirmed, needed);
  answerConfirmed(step);
}

/** Asks as few peers as are needed, those first that have answered last; a heartbeat asks all. */
function askFor(step: Step, { peer }: UnconfirmedReads, count: number): void {
  const { state } = step;
  const { answered, learners } = state.lead as Leadership;
  const members = peersOf(state).filter((id) => id !== peer && !Object.hasOwn(learners, id));
  const nearest = members.toSorted((a, b) => (answered[b] ?? 0) - (answered[a] ?? 0));
  nearest.forEach((id, place) => {
    step.tell(id, { type: 'news', ...tidings(step), urgent: place < count });
  });
}

/**
 * How many more must answer the round of these reads. Who asks counts, too: it takes no notice of the
 * answer unless it still follows this leader.
 */
function stillNeeded({ majority, state }: Step, { peer, round }: UnconfirmedReads): number {
  const { answered, learners } = state.lead as Leadership;
  const isCounted = (id: EndpointId) =>
    !Object.hasOwn(learners, id) && (id === peer || (answered[id] ?? 0) >= round);
  return majority - 1 - peersOf(state).filter(isCounted).length;
}

/** Lets all know what they may read, in the order in which they asked. */
function answerConfirmed(step: Step): void {
  const { state } = step;
  const told = new Map<EndpointId, UnconfirmedReads>();
  const isConfirmed = (reads: UnconfirmedReads) => stillNeeded(step, reads) <= 0;
  for (const [number, unconfirmed] of (state.lead as Leadership).reads.while(isConfirmed)) {
    const { peer, reads, index } = unconfirmed;
    if (peer === state.nodeId) confirmReads(step, reads, index);
    else if (state.commit < index && !learnsBy(step, peer)) break;
    else told.set(peer, unconfirmed);
    const lead = state.lead as Leadership;
    state.lead = { ...lead, reads: lead.reads.settle(number) };
  }
  for (const [peer, { start, reads, index }] of told) sendProceed(step, peer, start, reads, index);
  answerReads(step);
}

/** Whether a follower finds out itself what is agreed on. */
function learnsBy(step: Step, peer: EndpointId): boolean {
  return step.isPairEnough && !Object.hasOwn((step.state.lead as Leadership).learners, peer);
}

function sendProceed(step: Step, peer: EndpointId, start = 0, reads = 0, index = 0): void {
  const { stable, commit } = step.state;
  step.send(peer, { type: 'proceed', term: stable.term, commit, start, reads, index });
}

/** Takes in a peer's answer, and sees what that makes possible. */
export function takeAnswer(step: Step, { src, body }: Heard<'appended'>): void {
  const { state } = step;
  if (body.term < state.stable.term) return; // to an earlier leadership of this node
  if (!peersOf(state).includes(src)) return; // it was given other ids to belong to
  const { ok, match, round, learner } = body;
  if (learner === undefined) noteMember(step, src, ok ? match : 0, round);
  else noteLearner(step, src, learner);
  advance(step, state.lead as Leadership);
  step.tell(src, { type: 'answered', ...tidings(step), ok, match, answered: round });
}

function noteMember({ state }: Step, peer: EndpointId, match: number, round: number): void {
  const lead = state.lead as Leadership;
  const { [peer]: _, ...learners } = lead.learners;
  state.lead = {
    ...lead,
    learners: Object.hasOwn(lead.learners, peer) ? learners : lead.learners,
    match: { ...lead.match, [peer]: Math.max(match, lead.match[peer] ?? 0) },
    answered: { ...lead.answered, [peer]: Math.max(round, lead.answered[peer] ?? 0) },
    heard: lead.heard.includes(peer) ? lead.heard : [...lead.heard, peer],
  };
}

/** A node that has lost its memory counts for nothing until others have agreed that it is back. */
function noteLearner(step: Step, peer: EndpointId, start: number): void {
  const { state } = step;
  const lead = state.lead as Leadership;
  if (lead.learners[peer] === start) return;
  const { [peer]: _match, ...match } = lead.match;
  const { [peer]: _answered, ...answered } = lead.answered;
  state.lead = { ...lead, match, answered, learners: { ...lead.learners, [peer]: start } };
  step.tell(peer, { type: 'lost' });
  write(step, [{ joins: peer, start }]);
}

/** Finds out what is agreed on now: what a majority has, of this term or before one of this term. */
function advance(step: Step, { match }: Leadership): void {
  const { state } = step;
  const { log, term } = state.stable;
  const matches = peersOf(state).map((peer) => match[peer] ?? 0);
  const agreed = [ownMatch(state), ...matches].toSorted((a, b) => b - a)[
    step.majority - 1
  ] as number;
  if (agreed > state.commit && log.termAt(agreed) === term) {
    const origins = applyUpTo(step, agreed);
    const { learners } = state.lead as Leadership;
    const isAllTold = step.isPairEnough && Object.keys(learners).length === 0;
    if (!isAllTold) tellAgreed(step, origins);
  }
  answerConfirmed(step);
}

/** Up to where the leader's own copy of the log counts. */
function ownMatch({ disk, storing, stable }: RaftState): number {
  return disk ? storing.last : stable.log.last;
}

/** Counts what of its own copy has come to the disk. */
export function countOwn(step: Step): void {
  advance(step, step.state.lead as Leadership);
}

/** Whoever waits for an entry is told at once that it is agreed on; others are with what comes next. */
function tellAgreed(step: Step, origins: ReadonlySet<EndpointId>): void {
  for (const peer of peersOf(step.state)) {
    step.tell(peer, { type: 'news', ...tidings(step), urgent: false });
    if (origins.has(peer) && !learnsBy(step, peer)) sendProceed(step, peer);
  }
}

/** Whether a majority has answered since that was last asked. */
export function hasMajority({ lead, nodeIds }: RaftState): boolean {
  return (lead as Leadership).heard.length + 1 >= majorityOf(nodeIds.length);
}

export function askAgain({ state }: Step): void {
  state.lead = { ...(state.lead as Leadership), heard: [] };
}
