import { restored } from '../state/applied.ts';
import { answerReads, applyUpTo, confirmReads, takeStanding } from './applying.ts';
import type { Heard } from '../messages.ts';
import { append, compact, restart, truncate } from '../state/stable.ts';
import { enterLaterTerm } from './terms.ts';
import type { Step } from './step.ts';

/** Takes a leader's entries into the log, as far as they fit. */
export function takeAppend(step: Step, event: Heard<'append'>): void {
  const { src, body } = event;
  if (!follow(step, event)) return;
  const fit = placeEntries(step, body);
  if (fit !== undefined) return acknowledge(step, src, body.round, false, fit);
  const match = body.prev + body.entries.length;
  acknowledge(step, src, body.round, true, match);
  agree(step, match, body);
}

/** Takes what the entries up to an index have come to, unless it has these already. */
export function takeSnapshot(step: Step, event: Heard<'snapshot'>): void {
  const { state, service } = step;
  const { src, body } = event;
  if (!follow(step, event)) return;
  if (body.index > state.commit) {
    const { index, lastTerm, state: saved, sessions, joined } = body;
    const snapshot = { index, term: lastTerm, state: saved, sessions, joined };
    // What follows may have been acknowledged: it stays, unless the log is another up to there.
    const isSame = state.stable.log.termAt(index) === lastTerm;
    state.stable = isSame ? compact(state.stable, index) : restart(state.stable, index, lastTerm);
    state.applied = restored(snapshot, service);
    state.commit = index;
    takeStanding(step);
    giveUpSettled(step);
    answerReads(step);
  }
  acknowledge(step, src, body.round, true, body.index);
  state.matched = Math.max(state.matched, body.index);
}

/** Does what the leader says may be done now. */
export function proceed(step: Step, { src, body }: Heard<'proceed'>): void {
  const { state } = step;
  if (src !== state.leader || body.term !== state.stable.term) return;
  if (body.start === state.incarnation) confirmReads(step, body.reads, body.index);
  applyUpTo(step, Math.min(body.commit, state.matched));
}

/** Recognises the leader of a message, unless it is of a term that is over: then it is told so. */
function follow(step: Step, { src, at, body }: Heard<'append'> | Heard<'snapshot'>): boolean {
  const { state } = step;
  if (body.term < state.stable.term) {
    acknowledge(step, src, body.round, false, 0);
    return false;
  }
  if (body.term > state.stable.term) enterLaterTerm(step, body.term);
  if (state.leader !== src) {
    state.leader = src;
    state.nextCommand = state.commands.floor;
    state.nextRead = state.reads.floor;
    state.confirmations = [];
  }
  state.heardAt = at;
  return true;
}

/**
 * Puts entries where they belong. What the log has there and does not agree goes.
 *
 * @returns nothing, or if they do not fit, the index up to which the logs may agree
 */
function placeEntries(step: Step, { prev, prevTerm, entries }: Heard<'append'>['body']) {
  const { state } = step;
  const { log } = state.stable;
  if (prev > log.last) return log.last;
  // What is no longer kept was agreed on, so it is the same everywhere.
  if (prev >= log.base && log.termAt(prev) !== prevTerm) return beforeTermOf(step, prev);
  const known = entries.findIndex(
    ({ term }, offset) => prev + 1 + offset > log.base && log.termAt(prev + 1 + offset) !== term,
  );
  if (known === -1) return undefined;
  if (prev + known < log.last) {
    if (prev + known < state.commit) throw new Error('a leader overrules what was agreed on');
    state.stable = truncate(state.stable, prev + known);
  }
  state.stable = append(state.stable, entries.slice(known));
  return undefined;
}

/** The last entry before the term that an entry is of: the leader lacks that whole term there. */
function beforeTermOf({ state }: Step, index: number): number {
  const { log } = state.stable;
  const term = log.termAt(index);
  let before = index - 1;
  while (before > state.commit && log.termAt(before) === term) before--;
  return before;
}

/** Applies what is agreed on, now that the log is the leader's up to an index. */
function agree(step: Step, match: number, { commit, early }: Heard<'append'>['body']): void {
  const { state } = step;
  const { standing } = state.stable.membership;
  state.matched = Math.max(state.matched, match);
  const isOfThisTerm = state.stable.log.termAt(state.matched) === state.stable.term;
  // Where the leader and this node are a majority, what both have is agreed on.
  const agreed =
    step.isPairEnough && !early && standing === 'member' && isOfThisTerm
      ? state.matched
      : Math.min(commit, state.matched);
  applyUpTo(step, agreed);
}

function acknowledge(step: Step, dest: string, round: number, ok: boolean, match: number): void {
  const { term, membership } = step.state.stable;
  const learner = membership.standing === 'learner' ? { learner: membership.since } : {};
  step.send(dest, { type: 'appended', term, round, ok, match, ...learner });
}

/** Commands that a snapshot says are settled: what they came to is not known here. */
function giveUpSettled(step: Step): void {
  const { state } = step;
  const session = state.applied.sessions[state.nodeId];
  if (session?.start !== state.incarnation) return;
  for (const [seq, { asked }] of state.commands.from()) {
    if (seq >= session.floor && !session.done.includes(seq)) continue;
    step.refuse(asked, {
      code: 'timeout',
      text: 'this has happened, but what came of it is lost: a snapshot took its place',
    });
    state.commands = state.commands.settle(seq);
  }
}
