import type { AnyStateMachine } from 'xstate';
import { readChart } from '../../diagram/chart.ts';
import { toJson } from '../../diagram/json.ts';
import { toMermaid } from '../../diagram/mermaid.ts';
import { machines } from '../../bin/nodes.ts';

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

/** Prints a statechart of `machines/`. */
export async function runDiagramCommand(
  name: string,
  { format }: { format: string },
): Promise<void> {
  const write = diagramFormats[format] as (machine: AnyStateMachine) => string | Promise<string>;
  process.stdout.write(await write(machines[name] as AnyStateMachine));
}
