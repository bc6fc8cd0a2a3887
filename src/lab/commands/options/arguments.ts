import { InvalidArgumentError } from 'commander';
import type { AvailabilityGoal } from '../../checkers/availability.ts';
import { type FaultKind, faultKinds } from '../../faults/fault.ts';
import { parseNonNegative } from '../../terminal/parse-number.ts';

// Parsers of the values that options are given, other than numbers. Each throws InvalidArgumentError with a text that
// says what it takes; the command line adds the option's name and what was given.

/** How many workers there are, in all or for each node. */
export interface Concurrency {
  count: number;
  perNode: boolean;
}

export function parseConcurrency(text: string): Concurrency {
  const [, count, perNode] = /^([1-9]\d*)(n?)$/.exec(text) ?? [];
  if (!count) {
    throw new InvalidArgumentError('It must be a whole number, or one a node such as 4n.');
  }
  return { count: Number(count), perNode: perNode === 'n' };
}

export function parseAvailability(text: string): AvailabilityGoal {
  if (text === 'total') return text;
  const fraction = parseNonNegative(text);
  if (fraction > 1) throw new InvalidArgumentError('It must be "total" or a number from 0 to 1.');
  return fraction;
}

/** Names of faults, separated by commas. */
export function parseFaultKinds(text: string): FaultKind[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !faultKinds.includes(name as FaultKind));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(
      `There is no nemesis '${unknown}': name one or more of ${faultKinds.join(', ')}, separated by commas.`,
    );
  }
  return [...new Set(names)] as FaultKind[];
}

/** One of several equal parts of an exploration. */
export interface Shard {
  /** From 1 to `count`. */
  number: number;
  count: number;
}

/** One of several equal parts, as `2/3`. */
export function parseShard(text: string): Shard {
  const [, number, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (!number || !count || number > count) {
    throw new InvalidArgumentError('It must be one of several parts, such as 2/3.');
  }
  return { number, count };
}

/** The address of a web page. */
export function parseWebAddress(text: string): string {
  if (URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('It must be an address such as https://stately.ai/inspect.');
}
