import { applyEntry } from '../state/applied.ts';
import { compact } from '../state/stable.ts';
import type { Step } from './step.ts';

/**
 * Applies all that is agreed on, and answers whoever waits for it at this node.
 *
 * @returns the nodes whose commands have been applied, if they are to be told
 */
export function applyUpTo(step: Step, commit: number): Set<string> {
  const { state, service } = step;
  const origins = new Set<string>();
  state.commit = Math.max(state.commit, commit);
  const { log } = state.stable;
  while (state.applied.index < state.commit) {
    const entry = log.at(state.applied.index + 1);
    if (!entry)
      throw new Error(`entry ${state.applied.index + 1} is agreed on, but not in the log`);
    const { applied, reply } = applyEntry(state.applied, entry, service);
    state.applied = applied;
    if ('seq' in entry) {
      if (entry.node !== state.nodeId) origins.add(entry.node);
      else if (entry.start === state.incarnation && reply) answerCommand(step, entry.seq, reply);
    }
  }
  takeStanding(step);
  answerReads(step);
  compactLog(step);
  return origins;
}

/** A learner is a member again once that is agreed on. */
export function takeStanding({ state }: Step): void {
  const { standing, applied, nodeId, incarnation } = state;
  if (standing !== 'learner' || applied.joined[nodeId] !== incarnation) return;
  state.standing = 'member';
}

function answerCommand(step: Step, seq: number, reply: Parameters<Step['answer']>[1]): void {
  const { state } = step;
  const waiting = state.commands.get(seq);
  if (!waiting) return; // given up
  step.answer(waiting.asked, reply);
  state.commands = state.commands.settle(seq);
}

/** Takes note that all reads up to a number may be answered once an index is applied. */
export function confirmReads(step: Step, reads: number, index: number): void {
  const { state } = step;
  if (reads < state.reads.floor) return;
  state.confirmations = [...state.confirmations, { reads, index }];
}

/** Answers the reads that are confirmed and have what they need. */
export function answerReads(step: Step): void {
  const { state, service } = step;
  for (;;) {
    const [next, ...others] = state.confirmations;
    if (!next || state.applied.index < next.index) return;
    state.confirmations = others;
    for (const [number, { asked, command }] of state.reads.from()) {
      if (number > next.reads) break;
      step.answer(asked, service.apply(state.applied.state, command).reply);
      state.reads = state.reads.settle(number);
    }
  }
}

/** Lets go of entries when twice as many are applied as are to be kept. */
function compactLog({ state, tunables }: Step): void {
  const { log } = state.stable;
  const { index } = state.applied;
  if (index - log.base <= 2 * tunables.keptEntries) return;
  state.stable = compact(state.stable, index - tunables.keptEntries);
}
