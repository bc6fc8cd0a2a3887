import { quote } from '../../../wire/quote.ts';
import type { Operation } from './model.ts';

/**
 * Refuses what is no list of operations.
 *
 * @throws TypeError that names the operation by its place in the list, from 0
 */
export function checkOperations(operations: readonly Operation[]): void {
  const busy = new Map<number | string, { until: number; index: number }>();
  for (const [index, operation] of operations.entries()) {
    const problem = problemOf(operation);
    if (problem) throw new TypeError(`operation ${index}: ${problem}`);
  }
  const byCall = [...operations.keys()].toSorted(
    (a, b) => (operations[a] as Operation).call - (operations[b] as Operation).call || a - b,
  );
  for (const index of byCall) {
    const { process, call, return: end } = operations[index] as Operation;
    const before = busy.get(process);
    if (before && before.until > call) {
      throw new TypeError(
        `operation ${index}: process ${process} calls it at ${call}, while its operation ` +
          `${before.index} is under way until ${before.until}: a process does one thing at a time`,
      );
    }
    // A process whose operation stays open may have given up waiting and gone on.
    if (end !== null) busy.set(process, { until: end, index });
  }
}

function problemOf(operation: Operation | undefined | null): string | undefined {
  if (typeof operation !== 'object' || operation === null) {
    return `expected { process, call, return, input, output }, found ${quote(operation)}`;
  }
  const { process, call, return: end, input } = operation;
  if (typeof process !== 'number' && typeof process !== 'string') {
    return `process must be a number or a string, found ${quote(process)}`;
  }
  if (!Number.isFinite(call)) return `call must be a finite number, found ${quote(call)}`;
  if (end !== null && !Number.isFinite(end)) {
    return `return must be a finite number, or null if it is open, found ${quote(end)}`;
  }
  if (end !== null && end < call) return `it returns at ${end}, before its call at ${call}`;
  if (input === undefined) return 'input is missing';
  return undefined;
}
