import { NANOSECONDS_PER_MS } from '../time-and-chance/clock.ts';
import type { Fault } from '../faults/fault.ts';
import type { TestOptions } from '../run/test-options.ts';

/** How often a gap is halved before it is left as it is. */
const MAX_HALVINGS = 5;

/**
 * Moves all that happens towards the beginning of time, as long as it holds: each operation and each
 * fault, with all that comes later, as near to what comes before it as it may.
 *
 * @param holds whether it holds for such operations and faults
 */
export function advance(
  test: Pick<TestOptions, 'operations' | 'schedule'>,
  holds: (earlier: Pick<TestOptions, 'operations' | 'schedule'>) => boolean,
): void {
  let earliest = test;
  const count = beginsOf(test).length;
  for (let index = 0; index < count; index++) {
    const begins = beginsOf(earliest);
    const begin = begins[index] as number;
    let by = Math.floor(begin - (begins[index - 1] ?? 0));
    for (let halvings = 0; by >= 1 && halvings <= MAX_HALVINGS; halvings++) {
      const earlier = moved(earliest, begin, by);
      if (holds(earlier)) {
        earliest = earlier;
        break;
      }
      by = Math.floor(by / 2);
    }
  }
}

type Timed = Pick<TestOptions, 'operations' | 'schedule'>;

/** When operations and faults begin, in milliseconds, in order. */
function beginsOf({ operations = [], schedule }: Timed): number[] {
  const begins = [
    ...operations.map(({ time }) => time / NANOSECONDS_PER_MS),
    ...schedule.map(({ from }) => from * 1000),
  ];
  return begins.toSorted((a, b) => a - b);
}

/** The same, with all that begins at some time or later so many milliseconds earlier. */
function moved({ operations, schedule }: Timed, begin: number, byMs: number): Timed {
  const earlier = (seconds: number) => Math.max(0, Math.round(seconds * 1000 - byMs) / 1000);
  return {
    ...(operations && {
      operations: operations.map((operation) =>
        operation.time / NANOSECONDS_PER_MS >= begin
          ? { ...operation, time: operation.time - byMs * NANOSECONDS_PER_MS }
          : operation,
      ),
    }),
    schedule: schedule.map((fault): Fault =>
      fault.from * 1000 >= begin
        ? { ...fault, from: earlier(fault.from), to: earlier(fault.to) }
        : fault,
    ),
  };
}
