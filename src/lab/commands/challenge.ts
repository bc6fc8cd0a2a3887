import { resolve } from 'node:path';
import { Command } from 'commander';
import { NodeProblem } from '../../build/node-problem.ts';
import { type Assessment, assess, type ChallengeTest } from '../challenges/assess.ts';
import type { Challenge } from '../challenges/challenge.ts';
import { challenges, findChallenge } from '../challenges/challenges.ts';
import { findNode, nodeNames } from '../challenges/find-node.ts';
import { testOptionsOf } from '../run/test-plan.ts';
import { commandLine } from '../terminal/command-name.ts';
import { drawSeed } from '../time-and-chance/random.ts';
import { UsageError } from '../usage-error.ts';
import { addTestFlags, type TestFlags } from './options/test-flags.ts';
import { toTestPlan } from './options/to-test-plan.ts';
import { performTest } from './running/perform-test.ts';
import { subjectOf } from './test.ts';

/** The options of `lab challenge`. */
export interface ChallengeFlags {
  /** The node's own arguments. */
  args: string[];
  bin?: string;
  all?: boolean;
  binDir?: string;
  simulate?: boolean;
  seed?: number;
}

/** How a challenge was gone about. */
interface Attempt extends Pick<ChallengeFlags, 'args' | 'simulate' | 'seed'> {
  bin: string;
  /** Takes what is said of each test. */
  print(text: string): void;
}

/** A challenge that has been run, and what it came to. */
interface Result extends Assessment {
  /** Whether somebody stopped it. */
  interrupted: boolean;
  /** Where its tests are written down. */
  folders: string[];
}

const PASSED = 0;
const MISSED = 1;
const UNKNOWN = 2;

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Lists the challenges, or runs one or all of them; resolves to the exit status. */
export async function runChallengeCommand(
  id: string | undefined,
  flags: ChallengeFlags,
): Promise<number> {
  const { bin, all, binDir, ...rest } = flags;
  if (all) {
    if (id !== undefined) throw new UsageError(`--all runs every challenge: it takes no ${id}`);
    if (binDir === undefined) {
      throw new UsageError('--all takes --bin-dir, the folder in which the nodes are');
    }
    return runAll(binDir, rest);
  }
  if (id === undefined) {
    listChallenges();
    return PASSED;
  }
  const challenge = findChallenge(id);
  if (bin === undefined) throw new UsageError(`challenge ${id} takes --bin, the node`);
  const { passed, interrupted, reached, missed } = await runChallenge(challenge, {
    ...rest,
    bin,
    print,
  });
  print('');
  for (const text of missed) print(`  ${text}`);
  for (const text of reached) print(`  ${text}`);
  print(`Challenge ${id}, ${challenge.title}: ${wordOf({ passed, interrupted })}`);
  return interrupted ? UNKNOWN : passed ? PASSED : MISSED;
}

function listChallenges(): void {
  for (const { id, title, asks, workload, runs, bounds = [] } of challenges) {
    print(`${id.padEnd(4)}${title}: ${asks}`);
    for (const run of runs) print(`      test -w ${workload} ${run}`);
    const limits = bounds.map(({ figure, below, unit }) =>
      `${figure} < ${below} ${unit ?? ''}`.trimEnd(),
    );
    if (limits.length > 0) print(`      asked for: ${limits.join(', ')}`);
  }
  print(`\n${commandLine} challenge 3d --bin ./node runs one of them, exactly so;`);
  print(`${commandLine} challenge --all --bin-dir ./bin runs all.`);
}

/** Runs all challenges for which there is a node, and prints a table. */
async function runAll(
  folder: string,
  rest: Pick<ChallengeFlags, 'args' | 'simulate' | 'seed'>,
): Promise<number> {
  const counts = { passed: 0, missed: 0, left: 0 };
  for (const challenge of challenges) {
    const bin = findNode(folder, challenge);
    if (bin === undefined) {
      counts.left++;
      printRow(challenge, 'no node', [`${folder} has no ${nodeNames(challenge).join(' or ')}`]);
      continue;
    }
    const said: string[] = [];
    const attempt = { ...rest, bin: resolve(bin), print: (text: string) => void said.push(text) };
    const result = await runChallenge(challenge, attempt).catch(asResult);
    if (result.interrupted) {
      printRow(challenge, 'stopped', []);
      return UNKNOWN;
    }
    counts[result.passed ? 'passed' : 'missed']++;
    const where = result.passed ? [] : result.folders;
    printRow(challenge, wordOf(result), [...result.missed, ...result.reached, ...where]);
  }
  print(`\n${counts.passed} passed, ${counts.missed} missed, ${counts.left} without a node`);
  if (counts.missed > 0) return MISSED;
  return counts.left > 0 ? UNKNOWN : PASSED;
}

/** A node that cannot be run misses its challenge, and leaves the others to be run. */
function asResult(error: unknown): Result {
  if (!(error instanceof UsageError || error instanceof NodeProblem)) throw error;
  return { ...noStart, missed: [error.message], folders: [] };
}

function printRow({ id, title }: Challenge, word: string, details: readonly string[]): void {
  const [first = '', ...others] = details.flatMap((detail) => detail.split('\n'));
  print(`${id.padEnd(4)}${title.padEnd(32)}${word.padEnd(9)}${first}`.trimEnd());
  for (const text of others) {
    print(`${' '.repeat(45)}${text}`);
  }
}

function wordOf({ passed, interrupted }: Pick<Result, 'passed' | 'interrupted'>): string {
  if (interrupted) return 'stopped';
  return passed ? 'passed' : 'missed';
}

/** Runs the tests of a challenge, as `lab test` would with the same options. */
async function runChallenge(challenge: Challenge, attempt: Attempt): Promise<Result> {
  const { bin, args, simulate = false, seed, print: say } = attempt;
  const tests: ChallengeTest[] = [];
  const folders: string[] = [];
  for (const run of challenge.runs) {
    const words = ['-w', challenge.workload, '--bin', bin, ...run.split(' ')];
    const flags = {
      ...addTestFlags(new Command('test'))
        .exitOverride()
        .parse(words, { from: 'user' })
        .opts<TestFlags>(),
      args,
      simulate,
    };
    const ownSeed = seed ?? drawSeed();
    const options = testOptionsOf(toTestPlan(flags), ownSeed);
    const subject = await subjectOf(flags);
    if (!subject) {
      return { ...noStart, folders };
    }
    const { verdict, outcome, folder } = await performTest(flags, subject, options, ownSeed, {
      words: ['test', ...words, ...(args.length > 0 ? ['--', ...args] : [])],
      print: say,
    });
    folders.push(folder);
    tests.push({ verdict, results: outcome.results });
    if (outcome.end === 'interrupted' && outcome.reason === null) {
      return { passed: false, interrupted: true, reached: [], missed: [], folders };
    }
  }
  return { ...assess(challenge, tests), interrupted: false, folders };
}

const noStart = {
  passed: false,
  interrupted: false,
  reached: [],
  missed: ['the node could not even be initialised'],
};
