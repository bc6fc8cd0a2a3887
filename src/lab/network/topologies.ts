import type { EndpointId } from '../../wire/message.ts';

/** For every node the neighbours it is offered. */
export type Topology = Record<EndpointId, EndpointId[]>;

/** For the node at `index` of `count`, the indices of its neighbours, possibly out of range. */
type Shape = (index: number, count: number) => number[];

const line: Shape = (index) => [index - 1, index + 1];

const grid: Shape = (index, count) => {
  const side = Math.ceil(Math.sqrt(count));
  const column = index % side;
  return [
    index - side,
    ...(column > 0 ? [index - 1] : []),
    ...(column < side - 1 ? [index + 1] : []),
    index + side,
  ];
};

const tree =
  (branches: number): Shape =>
  (index) => [
    ...(index > 0 ? [Math.floor((index - 1) / branches)] : []),
    ...Array.from({ length: branches }, (_, branch) => index * branches + branch + 1),
  ];

const total: Shape = (_, count) => Array.from({ length: count }, (_unused, index) => index);

const shapes = {
  line,
  grid,
  tree: tree(2),
  tree2: tree(2),
  tree3: tree(3),
  tree4: tree(4),
  total,
} satisfies Record<string, Shape>;

/** The shapes that Maelstrom offers for broadcast, by the names it gives them. */
export const topologyNames = Object.keys(shapes) as (keyof typeof shapes)[];

export function buildTopology(name: keyof typeof shapes, nodeIds: EndpointId[]): Topology {
  const neighbours = (index: number) =>
    shapes[name](index, nodeIds.length)
      .filter((other) => other !== index && nodeIds[other] !== undefined)
      .map((other) => nodeIds[other] as EndpointId);
  return Object.fromEntries(nodeIds.map((id, index) => [id, neighbours(index)]));
}
