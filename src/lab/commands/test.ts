import { launchOf } from '../../build/launch.ts';
import { loadNode } from '../../build/load-node.ts';
import { programOf } from '../../runtime/options/command-line.ts';
import { withDisk } from '../disks/disk-of.ts';
import { reasonAgainst } from '../faults/reason-against.ts';
import { ProcessHost } from '../hosts/process-host.ts';
import { inspectBinary, rehearseInit } from '../run/preflight.ts';
import { testOptionsOf } from '../run/test-plan.ts';
import { closingLine, headline } from '../terminal/describe-verdict.ts';
import { describeViolation } from '../terminal/describe-violation.ts';
import { stdoutScreen } from '../terminal/screen.ts';
import { exitStatuses } from '../terminal/rows/summary.ts';
import { drawSeed, seedAt } from '../time-and-chance/random.ts';
import type { Verdict } from '../run/verdict.ts';
import { refuseIdleOptions } from './options/idle-options.ts';
import { UsageError } from '../usage-error.ts';
import type { TestCommandFlags } from './options/test-flags.ts';
import { toTestPlan } from './options/to-test-plan.ts';
import { performTest, type Subject } from './running/perform-test.ts';

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Runs a test, or several until one is not valid, and says what came of it; resolves to the exit status. */
export async function runTestCommand(flags: TestCommandFlags): Promise<number> {
  const asked = toTestPlan(flags);
  refuseIdleOptions(flags.given ?? new Set(), { simulate: false, ...flags }, asked);
  const reason = flags.simulate ? undefined : reasonAgainst(asked, false);
  if (reason !== undefined) throw new UsageError(reason);
  // Made before there is a folder for the run: options that a node does not take leave none behind.
  const subject = await subjectOf(flags);
  const plan = subject && 'program' in subject ? withDisk(asked, subject.program) : asked;
  const firstSeed = flags.seed ?? drawSeed();
  const count = flags.testCount ?? 1;
  let verdict: Verdict = { 'valid?': false, reason: 'it cannot be initialised' };
  const indices = subject ? Array.from({ length: count }).keys() : [];
  for (const index of indices) {
    const seed = seedAt(firstSeed, index);
    if (count > 1) print(`${index > 0 ? '\n' : ''}Test ${index + 1} of ${count}, seed ${seed}\n`);
    const options = testOptionsOf(plan, seed);
    ({ verdict } = await performTest(flags, subject as Subject, options, seed));
    if (verdict['valid?'] !== true) break;
  }
  print(`\n${closingLine(verdict, stdoutScreen)}`);
  return exitStatuses.get(verdict['valid?']) as number;
}

/**
 * What is tested. Nothing, once it has been said why, when it cannot even be initialised.
 *
 * @throws UsageError when `--bin` names nothing that could be run
 */
export async function subjectOf({
  simulate,
  bin,
  args,
}: Pick<TestCommandFlags, 'simulate' | 'bin' | 'args'>): Promise<Subject | undefined> {
  if (simulate) return { program: programOf(await loadNode(bin), args) };
  const launch = await launchOf(bin, args);
  const problem = inspectBinary(launch.bin);
  if (problem) throw new UsageError(`${problem.problem}\n${problem.advice}`);
  const violation = await rehearseInit(new ProcessHost(launch), 'n0');
  if (!violation) return { launch };
  print(`${headline(false, bin, stdoutScreen)}\n\n${describeViolation(violation, stdoutScreen)}`);
  return undefined;
}
