import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import {
  type Simulation,
  SimulatedRun,
  type SimulationOutcome,
} from '../../simulation/simulate.ts';
import { expectedSeconds, showProgress } from '../../terminal/progress.ts';
import { onInterruption } from './interruption.ts';
import type { Store } from '../../store/store.ts';

/** How long a simulation keeps signals and the disk waiting for their turn. */
const MS_BETWEEN_TURNS = 50;

/** What is due within so little real time happens at once: the eye sees no difference. */
const MIN_PAUSE_MS = 10;
/** How long a simulation in slow motion may sleep before it looks whether it is to go on. */
const MAX_PAUSE_MS = 100;

/**
 * Simulates a test and writes down all that happens, no faster than the disk takes it. Ctrl-C stops
 * the test before its time.
 *
 * @param speed simulated seconds a second; as fast as it goes when absent
 */
export async function recordSimulation(
  simulation: Simulation,
  store: Store,
  speed?: number,
): Promise<SimulationOutcome> {
  const run = new SimulatedRun({
    ...simulation,
    onEvent: store.addEvent,
    journals: [store.journal, ...(simulation.journals ?? [])],
  });
  const endWatch = onInterruption(() => run.interrupt());
  const display = showProgress(
    () => run.progress,
    expectedSeconds(simulation.options),
    () => run.seconds,
  );
  const keepPace = createPace(run, speed);
  let { outcome } = run;
  let lastTurn = performance.now();
  try {
    while (!outcome) {
      if (keepPace) await keepPace();
      if (!run.outcome) run.step();
      outcome = run.outcome;
      if (store.isFull) await store.drained();
      if (performance.now() - lastTurn < MS_BETWEEN_TURNS) continue;
      await nextTurn();
      lastTurn = performance.now();
    }
  } finally {
    display.stop();
    endWatch();
  }
  return outcome;
}

/** Makes what waits until the next step of a simulation is due at some speed. */
function createPace(run: SimulatedRun, speed: number | undefined) {
  if (speed === undefined) return undefined;
  const start = performance.now();
  const aheadMs = () => run.nextDueMs / speed - (performance.now() - start);
  return async () => {
    while (!run.outcome && aheadMs() > MIN_PAUSE_MS) {
      await pause(Math.min(aheadMs(), MAX_PAUSE_MS));
    }
  };
}
