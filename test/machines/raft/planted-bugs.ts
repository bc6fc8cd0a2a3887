import linKv, { registersSpec } from '../../../machines/lin-kv/lin-kv.ts';
import { applyUpTo, confirmReads } from '../../../machines/raft/roles/applying.ts';
import { passOn, takeRequest, tick } from '../../../machines/raft/roles/clients.ts';
import { answerCandidate } from '../../../machines/raft/roles/elections.ts';
import { takeAppend, takeSnapshot } from '../../../machines/raft/roles/following.ts';
import { takeAnswer, takeLead } from '../../../machines/raft/roles/leading.ts';
import { engineOf } from '../../../machines/raft/engine.ts';
import { createRaftMachine } from '../../../machines/raft/machine.ts';
import { peersOf } from '../../../machines/raft/state/raft-state.ts';
import { join, nothingStable, truncate } from '../../../machines/raft/state/stable.ts';
import { type Step, takingStep } from '../../../machines/raft/roles/step.ts';
import type { NodeProgram } from '../../../src/kit/define-node.ts';

/** One entry a message, so that what belongs together may come apart. */
const tunables = { maxEntriesPerMessage: 1, patienceMs: 850, keptEntries: 5 };
const spec = { ...registersSpec, tunables };
const engine = engineOf(spec);

type Actions = Record<string, (step: Step, event: never) => void>;

function programWith(actions: Actions): NodeProgram {
  const planted = Object.fromEntries(
    Object.entries(actions).map(([name, take]) => [name, takingStep(engine, take)]),
  );
  const machine = createRaftMachine(spec).provide({ actions: planted });
  return { ...linKv.create({}), machine };
}

/** What more than half of the nodes have, of whichever term it is: figure 8 of the paper. */
function applyWhatMostHave(step: Step): void {
  const { state } = step;
  if (!state.lead) return;
  const { match } = state.lead;
  const matches = peersOf(state).map((peer) => match[peer] ?? 0);
  const sorted = [state.stable.log.last, ...matches].toSorted((a, b) => b - a);
  applyUpTo(step, sorted[step.majority - 1] as number);
}

/** Answers reads at once where it believes that it leads. */
function passOnRashly(step: Step): void {
  passOn(step);
  if (!step.state.lead) return;
  confirmReads(step, step.state.reads.next - 1, step.state.applied.index);
  applyUpTo(step, step.state.commit);
}

/** Says at once what has to wait for the disk. */
const rashly =
  <E>(take: (step: Step, event: E) => void) =>
  (step: Step, event: E) => {
    step.send = (dest, body) =>
      step.release([{ type: 'send', src: step.state.nodeId, dest, body }]);
    take(step, event);
  };

/** Nodes with a disk and a bug each. */
export const rashNodes = {
  'acknowledges entries before they are on disk': programWith({ takeAppend: rashly(takeAppend) }),
  'acknowledges a snapshot before it is on disk': programWith({
    takeSnapshot: rashly(takeSnapshot),
  }),
  'votes before that is on disk': programWith({ answerCandidate: rashly(answerCandidate) }),
  'counts its own entries before they are on disk': programWith({
    takeAnswer: (step, event) => {
      const { state } = step;
      state.storing = { ...state.storing, last: state.stable.log.last };
      takeAnswer(step, event);
    },
  }),
} satisfies Record<string, NodeProgram>;

/** Nodes with a bug each. */
export const plantedBugs = {
  'counts copies of earlier terms': programWith({
    takeLead: (step) => {
      takeLead(step);
      // Without an entry of its own term, as in the paper's figure.
      step.state.stable = truncate(step.state.stable, step.state.stable.log.last - 1);
    },
    takeAnswer: (step, event) => {
      takeAnswer(step, event);
      applyWhatMostHave(step);
    },
  }),
  'votes again after a restart': programWith({
    sayHello: ({ state }) => {
      state.stable = join(state.stable, { standing: 'member' });
    },
  }),
  'remembers nothing of how its cluster was founded': programWith({
    remember: ({ state }) => {
      state.stable = join(nothingStable, { since: state.incarnation });
    },
  }),
  'reads without asking whether it still leads': programWith({
    passOn: passOnRashly,
    takeAndPassOn: (step, event) => {
      takeRequest(step, event);
      passOnRashly(step);
    },
  }),
  'says that what was passed on has not happened': programWith({
    tick: (step) => {
      step.state.nextUntold = 1;
      tick(step);
    },
  }),
} satisfies Record<string, NodeProgram>;
