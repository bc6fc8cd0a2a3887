import type { AnyStateMachine } from 'xstate';
import { loadNode } from '../../build/load-node.ts';
import { readChart } from '../../diagram/chart.ts';
import { toJson } from '../../diagram/json.ts';
import { machinesOf } from '../../diagram/machines-of.ts';
import { toMermaid } from '../../diagram/mermaid.ts';
import { programOf } from '../../runtime/options/command-line.ts';
import { UsageError } from '../usage-error.ts';

/** The ways to write a statechart down. */
export const diagramFormats: Record<
  string,
  (machine: AnyStateMachine) => string | Promise<string>
> = {
  svg: async (machine) => {
    const { toSvg } = await import('../../diagram/svg.ts'); // the layout engine is large: only now
    return toSvg(readChart(machine));
  },
  mermaid: (machine) => toMermaid(readChart(machine)),
  json: toJson,
};

/** The options of `lab diagram`. */
export interface DiagramFlags {
  /** The node's own arguments. */
  args: string[];
  format: string;
  /** The id of the machine; the node's own unless it says so. */
  machine?: string;
}

/**
 * Prints a statechart: a node's own, or one of those it starts.
 *
 * @throws UsageError when the node has no such machine
 */
export async function runDiagramCommand(file: string, flags: DiagramFlags): Promise<void> {
  const { name, machine: root } = programOf(await loadNode(file), flags.args);
  const machines = machinesOf(root);
  const machine = flags.machine === undefined ? root : machines.get(flags.machine);
  if (!machine) {
    const known = [...machines.keys()].join(', ');
    throw new UsageError(`${name} has no machine called ${flags.machine}: it has ${known}`);
  }
  const write = diagramFormats[flags.format] as (typeof diagramFormats)[string];
  process.stdout.write(await write(machine));
}
