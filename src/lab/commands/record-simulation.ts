import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Simulation, SimulatedRun, type SimulationOutcome } from '../simulate.ts';
import type { Store } from '../store.ts';

/** How often a simulation lets signals and the disk have their turn. */
const STEPS_BETWEEN_TURNS = 10_000;

/**
 * Simulates a test and writes down all that happens, no faster than the disk takes it. Ctrl-C stops
 * the test before its time.
 */
export async function recordSimulation(
  simulation: Simulation,
  store: Store,
): Promise<SimulationOutcome> {
  const run = new SimulatedRun({
    ...simulation,
    onEvent: store.addEvent,
    journals: [store.journal, ...(simulation.journals ?? [])],
  });
  const interrupt = () => run.interrupt();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);
  let { outcome } = run;
  for (let steps = 1; !outcome; steps++) {
    run.step();
    outcome = run.outcome;
    if (store.isFull) await store.drained();
    if (steps % STEPS_BETWEEN_TURNS === 0) await nextTurn();
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
  return outcome;
}
