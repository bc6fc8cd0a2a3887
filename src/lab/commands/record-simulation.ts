import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Simulation, SimulatedRun, type SimulationOutcome } from '../simulate.ts';
import type { Store } from '../store.ts';

/** How long a simulation keeps signals and the disk waiting for their turn. */
const MS_BETWEEN_TURNS = 50;

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
  let lastTurn = performance.now();
  while (!outcome) {
    run.step();
    outcome = run.outcome;
    if (store.isFull) await store.drained();
    if (performance.now() - lastTurn < MS_BETWEEN_TURNS) continue;
    await nextTurn();
    lastTurn = performance.now();
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
  return outcome;
}
