import { resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import {
  parseAvailability,
  parseShard,
  parseWebAddress,
} from '../lab/commands/options/arguments.ts';
import {
  parseCount,
  parseNonNegative,
  parsePort,
  parsePositive,
  parseSeed,
} from '../lab/terminal/parse-number.ts';
import { DEFAULT_HOST, DEFAULT_PORT } from '../inspect/address.ts';
import { NodeProblem } from '../build/node-problem.ts';
import { runBuildCommand } from '../lab/commands/build.ts';
import { type ChallengeFlags, runChallengeCommand } from '../lab/commands/challenge.ts';
import { type CheckFlags, runCheckCommand } from '../lab/commands/check.ts';
import { type DiagramFlags, diagramFormats, runDiagramCommand } from '../lab/commands/diagram.ts';
import { type ExploreFlags, runExploreCommand } from '../lab/commands/explore.ts';
import { type InspectFlags, runInspectCommand } from '../lab/commands/inspect.ts';
import { runMergeCommand } from '../lab/commands/merge.ts';
import { runNewCommand, templateNames } from '../lab/commands/new.ts';
import { type ReportFlags, runReportCommand } from '../lab/commands/report.ts';
import { runServeCommand, type ServeFlags } from '../lab/commands/serve.ts';
import { runStoreCommand, type StoreFlags } from '../lab/commands/store.ts';
import { givenOptions } from '../lab/commands/options/idle-options.ts';
import type { TestCommandFlags } from '../lab/commands/options/test-flags.ts';
import { runTestCommand } from '../lab/commands/test.ts';
import { addTestFlags } from '../lab/commands/options/test-flags.ts';
import { addWorkloadFlags } from '../lab/commands/options/workload-flags.ts';
import { UsageError } from '../lab/usage-error.ts';
import { DEFAULT_STORE, StoreError } from '../lab/store/store.ts';
import { commandName } from '../lab/terminal/command-name.ts';
import { withoutColours } from '../lab/terminal/screen.ts';
import { version } from '../build/package-folder.ts';
import { loadWorkload, namesModule } from '../lab/workloads/own/load-workload.ts';
import { inspectOption } from '../runtime/options/inspect-option.ts';

/** The statuses with which Jepsen's command line ends when it was not understood, or broke. */
const USAGE_STATUS = 254;
const BROKEN_STATUS = 255;

const program = new Command(commandName)
  .description(
    "Distributed algorithms as statecharts, and a bench for them: Maelstrom's tests, without the JVM.",
  )
  .version(version, '--version', 'print the version')
  .showHelpAfterError(`(${commandName} --help and ${commandName} test --help list what there is)`)
  .exitOverride()
  .hook('preAction', async (_program, command) => {
    const { workload } = command.opts<{ workload?: string }>();
    if (workload !== undefined && namesModule(workload)) await loadWorkload(workload);
  });

addTestFlags(program.command('test'))
  .description('run a test on real node processes, or in simulated time')
  .option('--simulate', "run the node's statechart in this process, on a simulated clock")
  .option(
    '--test-count <n>',
    'how many tests to run, each with a seed of its own, until one is not valid',
    parseCount,
    1,
  )
  .option('--log-stderr', 'print what nodes write to stderr')
  .option('--log-net-send', 'print every message that is sent, after the time')
  .option('--log-net-recv', 'print every message that arrives, after the time')
  .addOption(inspectOption().helpGroup('Looking into the nodes:'))
  .addOption(
    new Option('--speed <factor>', 'with --simulate: simulated seconds a second, such as 0.1')
      .argParser(parsePositive)
      .helpGroup('Looking into the nodes:'),
  )
  .argument('[args...]', "the node's own arguments, after --")
  .action(async (args: string[], flags: TestCommandFlags, command: Command) => {
    process.exitCode = await runTestCommand({ ...flags, args, given: givenOptions(command) });
  });

addTestFlags(program.command('explore'))
  .description('run many tests in simulated time, and make the first that fails small')
  .option('--runs <n>', 'how many runs, each with a seed of its own', parseCount, 1000)
  .option('--jobs <n>', 'how many threads share them (default: as many as processors)', parseCount)
  .option(
    '--shard <i/n>',
    'only every nth run, from the ith on, for one of several machines',
    parseShard,
  )
  .option('--shrink-time <s>', 'how long to make a failure smaller', parsePositive, 60)
  .option('--out <file>', `where to save the summary, for ${commandName} merge`)
  .argument('[args...]', "the node's own arguments, after --")
  .action(async (args: string[], flags: ExploreFlags, command: Command) => {
    process.exitCode = await runExploreCommand({ ...flags, args, given: givenOptions(command) });
  });

program
  .command('challenge')
  .description('run the challenges of "Gossip Glomers", as they are set; without a name, list them')
  .argument('[challenge]', 'its number and part, such as 3d')
  .argument('[args...]', "the node's own arguments, after --")
  .option('--bin <file>', 'the node: an executable, or a module that exports it', (file) =>
    resolve(file),
  )
  .option('--all', 'run all for which there is a node, and print a table')
  .option('--bin-dir <folder>', 'with --all: where the nodes are, by their workload or challenge')
  .option('--simulate', "run the node's statechart in this process, on a simulated clock")
  .option('--seed <n>', 'determines all that is random (default: drawn, and printed)', parseSeed)
  .action(async (challenge: string | undefined, args: string[], flags: ChallengeFlags) => {
    process.exitCode = await runChallengeCommand(challenge, { ...flags, args });
  });

program
  .command('merge')
  .description(`add up the summaries that ${commandName} explore --out has saved`)
  .argument('<files...>', 'the summaries')
  .option('--json', 'print the sum as JSON')
  .action((files: string[], flags: { json?: boolean }) => {
    process.exitCode = runMergeCommand(files, flags);
  });

addWorkloadFlags(program.command('check'), 'broadcast')
  .description("judge a saved history: this bench's own, or one converted from Maelstrom's")
  .argument('<file>', 'the history, an event a line')
  .option('--availability <a>', 'the part that must succeed, or "total"', parseAvailability)
  .option('--json', "print the results as JSON, under Maelstrom's names")
  .action((file: string, flags: CheckFlags) => {
    process.exitCode = runCheckCommand(file, flags);
  });

program
  .command('report')
  .description("build a saved run's report.html anew")
  .argument('[folder]', "the run's folder", 'store/latest')
  .option(
    '--from <s>',
    'draw messages from then on, in seconds since the load began',
    parseNonNegative,
  )
  .action(async (folder: string, flags: ReportFlags) => {
    await runReportCommand(folder, flags);
  });

program
  .command('inspect')
  .description('look into nodes in the browser, as they run or in a run that was inspected')
  .argument('[run]', 'the folder of a saved run, such as store/latest')
  .option('--port <n>', 'where to listen; 0 for any that is free', parsePort, DEFAULT_PORT)
  .option('--host <address>', 'who may connect: by default this machine alone', DEFAULT_HOST)
  .addOption(
    new Option('--forward [url]', "let the page pass on what it sees to Stately's hosted inspector")
      .preset('https://stately.ai/inspect')
      .argParser(parseWebAddress),
  )
  .action(async (run: string | undefined, flags: InspectFlags) => {
    await runInspectCommand(run, flags);
  });

program
  .command('serve')
  .description('list the runs in the browser, on this machine only')
  .argument('[folder]', 'where the runs are', 'store')
  .option('--port <n>', 'where to listen', parsePort, 7070)
  .action((folder: string, flags: ServeFlags) => runServeCommand(folder, flags));

program
  .command('store')
  .description('list the runs, with what they take on the disk, and remove old ones')
  .argument('[folder]', 'where the runs are', DEFAULT_STORE)
  .option('--keep <n>', 'remove all but the newest n', parseCount)
  .action((folder: string, flags: StoreFlags) => runStoreCommand(folder, flags));

program
  .command('diagram')
  .description('draw the statechart of a node, on stdout')
  .argument('<file>', 'the module that exports the node, or what was built of it')
  .argument('[args...]', "the node's own arguments, after --")
  .option('--machine <name>', 'one of the machines that the node starts, by its id')
  .option('--state <path>', 'only this state and what is in it, such as running.role')
  .option('--brief', 'states and transitions without actions')
  .addOption(
    new Option(
      '--format <format>',
      "svg: a picture; mermaid: for pages that draw it; json: for Stately's editor",
    )
      .choices(diagramFormats)
      .default('svg'),
  )
  .action((file: string, args: string[], flags: Omit<DiagramFlags, 'args'>) =>
    runDiagramCommand(file, { ...flags, args }),
  );

program
  .command('new')
  .description('write a node to start from, NAME.ts, and its test')
  .argument('<name>', 'what the node is called')
  .addOption(
    new Option('--like <node>', 'which node it is at first')
      .choices(templateNames())
      .default('echo'),
  )
  .action(runNewCommand);

program
  .command('build')
  .description("make one executable file of a node's module, which Maelstrom takes as --bin, too")
  .argument('<file>', 'the module that exports the node')
  .option('-o, --output <file>', 'where to put it (default: where you are, by its name)')
  .action(runBuildCommand);

for (const command of [program, ...program.commands]) {
  command.option('--no-color', 'print without colours, as NO_COLOR does');
  command.on('option:no-color', withoutColours);
}

process.stdout.on('error', endWithoutOutput);
process.stderr.on('error', () => {}); // nobody is left to be told
process.once('uncaughtException', (error) => {
  process.exit(explain(error));
});
program.parseAsync().catch((error) => {
  process.exitCode = explain(error);
});

/** Says what went wrong; returns the exit status. */
function explain(error: Error): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_STATUS;
  if (error instanceof UsageError || error instanceof NodeProblem) {
    process.stderr.write(`${commandName}: ${error.message}\n`);
    return USAGE_STATUS;
  }
  const isForeseen = error instanceof StoreError;
  const text = isForeseen ? error.message : `the bench itself failed: ${describe(error)}`;
  process.stderr.write(`${commandName}: ${text}\n`);
  return BROKEN_STATUS;
}

/** What the system refuses needs no stack; what nobody foresaw does. */
function describe(error: NodeJS.ErrnoException): string {
  return error.syscall === undefined ? String(error.stack) : error.message;
}

/** A reader that has seen enough, such as `head`, is no reason to stop; a disk that is full is. */
function endWithoutOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`${commandName}: stdout cannot be written: ${error.message}\n`);
  process.once('exit', () => {
    process.exitCode = BROKEN_STATUS;
  });
}
