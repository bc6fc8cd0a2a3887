import type { Configuration } from './configuration.ts';
import type { Completion } from './microstep-plan.ts';
import type { Step } from './steps.ts';
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
    | { configuration: Configuration; historyValue: Snapshot['historyValue'] | undefined }
    | undefined;
}
