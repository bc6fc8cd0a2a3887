import type { AnyStateMachine } from 'xstate';
import { loadNode } from '../../build/load-node.ts';
import { type Chart, readChart, statesOf } from '../../diagram/chart.ts';
import { briefOf, partOf } from '../../diagram/excerpt.ts';
import { toJson } from '../../diagram/json.ts';
import { machinesOf } from '../../diagram/machines-of.ts';
import { toMermaid } from '../../diagram/mermaid.ts';
import { programOf } from '../../runtime/options/command-line.ts';
import { UsageError } from '../usage-error.ts';

/** The ways to write a statechart down. */
export const diagramFormats = ['svg', 'mermaid', 'json'] as const;

/** The options of `lab diagram`. */
export interface DiagramFlags {
  /** The node's own arguments. */
  args: string[];
  format: (typeof diagramFormats)[number];
  /** The id of the machine; the node's own unless it says so. */
  machine?: string;
  /** The path of the state to draw, with all that is in it; all states unless it says so. */
  state?: string;
  /** Leaves out all actions. */
  brief?: boolean;
}

/**
 * Prints a statechart: a node's own, or one of those it starts, or a part of it.
 *
 * @throws UsageError when the node has no such machine, or that no such state
 */
export async function runDiagramCommand(file: string, flags: DiagramFlags): Promise<void> {
  const { name, machine: root } = programOf(await loadNode(file), flags.args);
  const machines = machinesOf(root);
  const machine = flags.machine === undefined ? root : machines.get(flags.machine);
  if (!machine) {
    const known = [...machines.keys()].join(', ');
    throw new UsageError(`${name} has no machine called ${flags.machine}: it has ${known}`);
  }
  process.stdout.write(await writeDown(machine, flags));
}

async function writeDown(machine: AnyStateMachine, flags: DiagramFlags): Promise<string> {
  const { format, state, brief } = flags;
  if (format === 'json') {
    if (state === undefined && !brief) return toJson(machine);
    throw new UsageError('--format json writes a whole machine: leave out --state and --brief');
  }
  const chart = excerptOf(readChart(machine), flags);
  if (format === 'mermaid') return toMermaid(chart);
  const { toSvg } = await import('../../diagram/svg.ts'); // the layout engine is large: only now
  return toSvg(chart);
}

function excerptOf(chart: Chart, { state = '', brief }: DiagramFlags): Chart {
  const part = partOf(chart, state);
  if (!part) {
    const known = statesOf(chart.root).flatMap(({ path }) => path || []);
    throw new UsageError(`${chart.root.key} has no state ${state}: it has ${known.join(', ')}`);
  }
  return brief ? briefOf(part) : part;
}
