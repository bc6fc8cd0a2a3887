import { applyEntry } from '../state/applied.ts';
import { compact, join } from '../state/stable.ts';
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
  const { stable, applied, nodeId } = state;
  const { standing, since } = stable.membership;
  if (standing !== 'learner' || applied.joined[nodeId] !== since) return;
  state.stable = join(stable, { standing: 'member' });
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
    const confirmed = state.reads.while((_, number) => number <= next.reads);
    for (const [number, { asked, command }] of confirmed) {
      step.answer(asked, service.apply(state.applied.state, command).reply);
      state.reads = state.reads.settle(number);
    }
  }
}

/**
 * Lets go of entries when twice as many are applied as are to be kept. With a disk that takes a
 * snapshot, so it waits until the log has grown by as much as the last one.
 */
function compactLog({ state, tunables: { keptEntries } }: Step): void {
  const { stable, applied, storing } = state;
  const surplus = Math.max(keptEntries, storing.snapshotSize);
  if (applied.index - stable.log.base <= keptEntries + surplus) return;
  state.stable = compact(stable, applied.index - keptEntries);
}
