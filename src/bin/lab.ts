import { resolve } from 'node:path';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { readChart } from '../diagram/chart.ts';
import type { AvailabilityGoal } from '../lab/checkers/availability.ts';
import { latencyDistributions } from '../lab/latency.ts';
import { type Concurrency, runTestCommand, type TestCommandOptions } from '../lab/test-command.ts';
import { topologyNames } from '../lab/topologies.ts';
import type { CreateNode } from '../nodes/node-program.ts';
import { nodes } from '../nodes/nodes.ts';
import { workloads } from '../lab/workloads/workloads.ts';

const program = new Command('lab')
  .description("A bench for distributed algorithms: Maelstrom's tests, without the JVM.")
  .showHelpAfterError('(lab --help and lab test --help list the options)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 254));

program
  .command('test')
  .description('run a test against real node processes')
  .addOption(
    new Option('-w, --workload <name>', 'what clients ask of the nodes')
      .choices(Object.keys(workloads))
      .makeOptionMandatory(),
  )
  .requiredOption('--bin <file>', "the node's executable", (file) => resolve(file))
  .option('--node-count <n>', 'how many nodes to run: n0, n1, …', parseCount, 5)
  .option(
    '--concurrency <c>',
    'how many workers there are; 4n means four a node',
    parseConcurrency,
    {
      count: 1,
      perNode: true,
    },
  )
  .option('--time-limit <s>', 'how many seconds the load goes on', parsePositive, 60)
  .option('--rate <hz>', 'operations a second, for all workers together', parsePositive, 5)
  .option('--latency <ms>', 'mean time a message between nodes travels', parseNonNegative, 0)
  .addOption(
    new Option('--latency-dist <name>', 'how latencies are distributed')
      .choices(latencyDistributions)
      .default('constant'),
  )
  .addOption(
    new Option('--topology <name>', 'which neighbours nodes are offered')
      .choices(topologyNames)
      .default('grid'),
  )
  .option(
    '--availability <a>',
    'the fraction of operations that must succeed, or "total"',
    parseAvailability,
  )
  .argument('[args...]', "the node's own arguments, after --")
  .action(async (args: string[], options: TestCommandOptions) => {
    process.exitCode = await runTestCommand({ ...options, args });
  });

program
  .command('diagram')
  .description('draw the statechart of a machine, as SVG on stdout')
  .addArgument(new Argument('<machine>', 'its name').choices(Object.keys(nodes)))
  .action(async (name: string) => {
    const { toSvg } = await import('../diagram/svg.ts');
    process.stdout.write(await toSvg(readChart((nodes[name] as CreateNode)([]).machine)));
  });

void program.parseAsync();

function parsePositive(text: string): number {
  const number = parseNonNegative(text);
  if (number === 0) throw new InvalidArgumentError('It must be more than 0.');
  return number;
}

function parseNonNegative(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0) {
    throw new InvalidArgumentError('It must be a number, 0 or more.');
  }
  return number;
}

function parseCount(text: string): number {
  const number = parsePositive(text);
  if (!Number.isInteger(number)) throw new InvalidArgumentError('It must be a whole number.');
  return number;
}

function parseConcurrency(text: string): Concurrency {
  const [, count, perNode] = /^([1-9]\d*)(n?)$/.exec(text) ?? [];
  if (!count)
    throw new InvalidArgumentError('It must be a whole number, or one a node such as 4n.');
  return { count: Number(count), perNode: perNode === 'n' };
}

function parseAvailability(text: string): AvailabilityGoal {
  if (text === 'total') return text;
  const fraction = parseNonNegative(text);
  if (fraction > 1) throw new InvalidArgumentError('It must be "total" or a number from 0 to 1.');
  return fraction;
}
