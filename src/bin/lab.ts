import { Argument, Command, CommanderError, Option } from 'commander';
import { parseAvailability, parseNonNegative } from '../lab/commands/arguments.ts';
import { type CheckFlags, runCheckCommand } from '../lab/commands/check.ts';
import { runDiagramCommand } from '../lab/commands/diagram.ts';
import { type ReportFlags, runReportCommand } from '../lab/commands/report.ts';
import { runTestCommand, type TestCommandFlags } from '../lab/commands/test.ts';
import { addTestFlags } from '../lab/commands/test-flags.ts';
import { UsageError } from '../lab/commands/usage-error.ts';
import { workloads } from '../lab/workloads/workloads.ts';
import { nodes } from '../nodes/nodes.ts';

/** The statuses with which Jepsen's command line ends when it was not understood, or broke. */
const USAGE_STATUS = 254;
const BROKEN_STATUS = 255;

const program = new Command('lab')
  .description("A bench for distributed algorithms: Maelstrom's tests, without the JVM.")
  .showHelpAfterError('(lab --help and lab test --help list what there is)')
  .exitOverride();

addTestFlags(program.command('test'))
  .description('run a test on real node processes, or in simulated time')
  .option('--simulate', "run the node's statechart in this process, on a simulated clock", false)
  .option('--log-stderr', 'print what nodes write to stderr', false)
  .option('--log-net-send', 'print every message that is sent', false)
  .option('--log-net-recv', 'print every message that arrives', false)
  .argument('[args...]', "the node's own arguments, after --")
  .action(async (args: string[], flags: TestCommandFlags) => {
    process.exitCode = await runTestCommand({ ...flags, args });
  });

program
  .command('check')
  .description("judge a saved history: this bench's own, or one converted from Maelstrom's")
  .argument('<file>', 'the history, an event a line')
  .addOption(
    new Option('-w, --workload <name>', 'what the clients did')
      .choices(Object.keys(workloads))
      .default('broadcast'),
  )
  .option('--availability <a>', 'the part that must succeed, or "total"', parseAvailability)
  .option('--json', "print the results as JSON, under Maelstrom's names", false)
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
  .action((folder: string, flags: ReportFlags) => runReportCommand(folder, flags));

program
  .command('diagram')
  .description('draw the statechart of a node, as SVG on stdout')
  .addArgument(new Argument('<node>', 'its name').choices(Object.keys(nodes)))
  .action(runDiagramCommand);

program.parseAsync().catch((error) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : USAGE_STATUS;
  } else if (error instanceof UsageError) {
    process.stderr.write(`lab: ${error.message}\n`);
    process.exitCode = USAGE_STATUS;
  } else {
    process.stderr.write(`lab: the bench itself failed: ${describe(error)}\n`);
    process.exitCode = BROKEN_STATUS;
  }
});

/** What the system refuses needs no stack; what nobody foresaw does. */
function describe(error: NodeJS.ErrnoException): string {
  return error.code === undefined ? String(error.stack) : error.message;
}
