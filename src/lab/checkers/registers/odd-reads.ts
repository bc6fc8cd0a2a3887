import { toCanonicalJson } from '../../../wire/canonical-json.ts';
import { Findings } from '../parts/findings.ts';
import type { RegisterKey, RegisterOperation } from './register-history.ts';

/** A read that returned what it should not have. */
export interface OddRead {
  key: RegisterKey;
  value: unknown;
  process: number;
  /** The index of the event that invoked it. */
  event: number;
}

export interface OddReads {
  /** Of values that nobody had asked to be written to that key. */
  invented: Findings<OddRead>;
  /** Of values that only operations had asked for that were refused. */
  refused: Findings<OddRead>;
}

/** Whose request a value was: all that had it were refused, or some may have been done. */
type Asked = Map<string, { isRefused: boolean }>;

/** Reads of values that nobody asked for, and of such as only refused operations had. */
export function findOddReads(operations: readonly RegisterOperation[]): OddReads {
  const asked = requestsOf(operations);
  const invented = new Findings<OddRead>();
  const refused = new Findings<OddRead>();
  for (const { key, process, input, end, output, call } of operations) {
    if (input.f !== 'read' || end !== 'ok' || output === null) continue;
    const request = asked.get(nameOf(key, output));
    const read = { key, value: output, process, event: call };
    if (!request) invented.add(read);
    else if (request.isRefused) refused.add(read);
  }
  return { invented, refused };
}

function requestsOf(operations: readonly RegisterOperation[]): Asked {
  const asked: Asked = new Map();
  for (const { key, input, end } of operations) {
    if (input.f === 'read') continue;
    const name = nameOf(key, input.f === 'write' ? input.value : input.to);
    const isRefused = end === 'fail' && (asked.get(name)?.isRefused ?? true);
    asked.set(name, { isRefused });
  }
  return asked;
}

function nameOf(key: RegisterKey, value: unknown): string {
  return toCanonicalJson([key, value]);
}
