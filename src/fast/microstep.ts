import type { Configuration } from './configuration.ts';
import type { Completion } from './plan/microstep-plan.ts';
import type { Step } from './steps/step.ts';
import type { Snapshot } from './xstate.ts';

/** A microstep that was planned, ready to be taken. */
export interface Microstep {
  steps: readonly Step[];
  entries: readonly {
    steps: readonly Step[];
    invokes: readonly string[];
    completion: Completion | undefined;
  }[];
  lastSteps: readonly Step[];
  outcome:
    | {
        configuration: Configuration<Microstep>;
        historyValue: Snapshot['historyValue'] | undefined;
      }
    | undefined;
}
