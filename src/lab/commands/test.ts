import { launchOf } from '../../build/launch.ts';
import { loadNode } from '../../build/load-node.ts';
import { programOf } from '../../runtime/command-line.ts';
import { ProcessHost } from '../hosts/process-host.ts';
import { inspectBinary, rehearseInit } from '../run/preflight.ts';
import { testOptionsOf } from '../run/test-plan.ts';
import { describeViolation } from '../terminal/describe-outcome.ts';
import { closingLines, exitStatuses } from '../terminal/summary.ts';
import { drawSeed } from '../time-and-chance/random.ts';
import { UsageError } from '../usage-error.ts';
import type { TestFlags } from './options/test-flags.ts';
import { toTestPlan } from './options/to-test-plan.ts';
import { performTest, type Subject } from './running/perform-test.ts';

/** The options of `lab test` beyond those that say what is tested. */
export interface TestCommandFlags extends TestFlags {
  /** The node's own arguments. */
  args: string[];
  simulate?: boolean;
  logStderr?: boolean;
  logNetSend?: boolean;
  logNetRecv?: boolean;
  /** The viewer that is told what happens in the nodes, if any. */
  inspect?: string;
  /** Simulated seconds a second. */
  speed?: number;
}

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Runs a test and says what came of it; resolves to the exit status. */
export async function runTestCommand(flags: TestCommandFlags): Promise<number> {
  if (flags.speed !== undefined && !flags.simulate) {
    throw new UsageError('--speed is for --simulate: processes run in real time');
  }
  const seed = flags.seed ?? drawSeed();
  const options = testOptionsOf(toTestPlan(flags), seed);
  // Made before there is a folder for the run: options that a node does not take leave none behind.
  const subject = await subjectOf(flags);
  const { 'valid?': valid } = subject
    ? await performTest(flags, subject, options, seed)
    : { 'valid?': false as const };
  print(`\n${closingLines.get(valid)}`);
  return exitStatuses.get(valid) as number;
}

/**
 * What is tested. Nothing, once it has been said why, when it cannot even be initialised.
 *
 * @throws UsageError when `--bin` names nothing that could be run
 */
async function subjectOf({ simulate, bin, args }: TestCommandFlags): Promise<Subject | undefined> {
  if (simulate) return { program: programOf(await loadNode(bin), args) };
  const launch = await launchOf(bin, args);
  const problem = inspectBinary(launch.bin);
  if (problem) throw new UsageError(`${problem.problem}\n${problem.advice}`);
  const violation = await rehearseInit(new ProcessHost(launch), 'n0');
  if (!violation) return { launch };
  print(describeViolation(violation));
  return undefined;
}
