import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { ContextMerge } from './context-merge.ts';
import { Configuration } from './configuration.ts';
import type { Microstep } from './microstep.ts';
import { planMicrostep } from './plan/microstep-plan.ts';
import type { Selection } from './selection.ts';
import type { Step } from './steps/step.ts';
import { stepFor } from './steps/steps.ts';
import { type Action, describe, type Snapshot } from './xstate.ts';

/** A chart with many regions has more configurations than memory: beyond this, it starts over. */
const MAX_CONFIGURATIONS = 4096;

/** All that is known of a machine's statechart so far, by all of its actors together. */
export class Chart {
  readonly machine: AnyStateMachine;
  readonly contexts = new ContextMerge();
  readonly #configurations = new Map<string, Configuration<Microstep>>();
  readonly #byNodes = new WeakMap<AnyStateNode[], Configuration<Microstep>>();
  readonly #named = new Map<string, Step>();

  constructor(machine: AnyStateMachine) {
    this.machine = machine;
  }

  /** The configuration of these active nodes, in their order, which XState's order of things follows. */
  configurationOf(nodes: AnyStateNode[], sample: Snapshot): Configuration<Microstep> {
    let configuration = this.#byNodes.get(nodes);
    if (configuration) return configuration;
    const key = nodes.map(({ order }) => order).join();
    configuration = this.#configurations.get(key);
    if (!configuration) {
      if (this.#configurations.size >= MAX_CONFIGURATIONS) this.#configurations.clear();
      configuration = new Configuration<Microstep>(
        nodes,
        this.machine.root,
        describe(sample, nodes),
      );
      this.#configurations.set(key, configuration);
    }
    this.#byNodes.set(nodes, configuration);
    return configuration;
  }

  /** What taking transitions does in a configuration; worked out once, if no history matters. */
  microstepOf(
    configuration: Configuration<Microstep>,
    selection: Selection<Microstep>,
    snapshot: Snapshot,
  ): Microstep {
    if (selection.microstep) return selection.microstep;
    const { historyValue } = snapshot;
    const plan = planMicrostep(selection.transitions, configuration.nodes, historyValue);
    const { actions, entries, lastActions, outcome, dependsOnHistory } = plan;
    const microstep: Microstep = {
      steps: this.#stepsFor(actions),
      entries: entries.map((entry) => ({ ...entry, steps: this.#stepsFor(entry.actions) })),
      lastSteps: this.#stepsFor(lastActions),
      outcome: outcome && {
        configuration: this.configurationOf(outcome.nodes, snapshot),
        historyValue: outcome.historyValue,
      },
    };
    if (!dependsOnHistory) selection.microstep = microstep;
    return microstep;
  }

  /** The step that an action is. */
  stepFor(action: Action): Step {
    if (typeof action !== 'string') return stepFor(action, this.machine);
    let step = this.#named.get(action);
    if (!step) {
      step = stepFor(action, this.machine);
      this.#named.set(action, step);
    }
    return step;
  }

  #stepsFor(actions: readonly Action[]): Step[] {
    return actions.map((action) => this.stepFor(action));
  }
}
