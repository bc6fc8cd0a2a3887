import { readChart } from '../../diagram/chart.ts';
import type { CreateNode } from '../../nodes/node-program.ts';
import { nodes } from '../../nodes/nodes.ts';

/** Prints the statechart of a node of `machines/` as SVG. */
export async function runDiagramCommand(name: string): Promise<void> {
  const { toSvg } = await import('../../diagram/svg.ts'); // the layout engine is large: only now
  const { machine } = (nodes[name] as CreateNode)([]);
  process.stdout.write(await toSvg(readChart(machine)));
}
