import type { Store } from '../../store/store.ts';
import type { TestOptions } from '../../run/test-options.ts';
import type { TestOutcome } from '../../run/test-run.ts';

/** Writes what came of a test, and what it takes to repeat it, and closes the run's files. */
export async function saveRun(
  store: Store,
  { end, loadBeganAt, results }: TestOutcome,
  options: TestOptions,
  seed: number,
): Promise<void> {
  const { workload, schedule, operations, ...rest } = options;
  store.write('results.json', results);
  store.write('schedule.json', schedule);
  if (operations) store.write('operations.json', operations);
  store.write('run.json', {
    end,
    seed,
    loadBeganAt,
    options: { workload: workload.module ?? workload.name, ...rest },
  });
  await store.close();
}
