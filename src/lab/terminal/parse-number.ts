import { InvalidArgumentError } from 'commander';

// Parsers of numbers that options are given. Each throws InvalidArgumentError with a text that says
// what it takes; the command line adds the option's name and what was given.

export function parseNonNegative(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0) {
    throw new InvalidArgumentError('It must be a number, 0 or more.');
  }
  return number;
}

export function parsePositive(text: string): number {
  const number = parseNonNegative(text);
  if (number === 0) throw new InvalidArgumentError('It must be more than 0.');
  return number;
}

/** A whole number, 1 or more. */
export function parseCount(text: string): number {
  const number = parsePositive(text);
  if (!Number.isSafeInteger(number)) throw new InvalidArgumentError('It must be a whole number.');
  return number;
}

/** A number above 0, at most 1. */
export function parseProbability(text: string): number {
  const number = parsePositive(text);
  if (number > 1) throw new InvalidArgumentError('It must be a probability, at most 1.');
  return number;
}

/** A TCP port; 0 stands for any that is free. */
export function parsePort(text: string): number {
  const number = parseNonNegative(text);
  if (!Number.isInteger(number) || number > 65_535) {
    throw new InvalidArgumentError('It must be a port, at most 65535.');
  }
  return number;
}

/** A 32-bit whole number. */
export function parseSeed(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number) || Math.abs(number) > 2 ** 32) {
    throw new InvalidArgumentError('It must be a whole number of at most 32 bits.');
  }
  return number;
}
