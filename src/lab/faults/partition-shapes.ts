import type { EndpointId } from '../../wire/message.ts';
import type { Random } from '../time-and-chance/random.ts';

/** For each node, those whose messages do not reach it. */
export type Cuts = Record<EndpointId, EndpointId[]>;

/** Parts a cluster, given in random order. */
type Shape = (nodes: EndpointId[]) => Cuts;

/** Cuts a part off from the rest, in both directions. */
function cutOff(nodes: EndpointId[], part: EndpointId[]): Cuts {
  const rest = nodes.filter((node) => !part.includes(node));
  return Object.fromEntries(nodes.map((node) => [node, part.includes(node) ? rest : part]));
}

/** Every node still hears a bare majority, in the middle of which it stands; no two hear the same. */
const majoritiesRing: Shape = (nodes) => {
  const count = nodes.length;
  const majority = Math.floor(count / 2) + 1;
  const before = Math.floor(majority / 2);
  const hears = (at: number, other: number) => (other - at + before + count) % count < majority;
  return Object.fromEntries(
    nodes.map((node, at) => [node, nodes.filter((_, other) => !hears(at, other))]),
  );
};

/** The shapes in which Maelstrom's nemesis parts a cluster, by Jepsen's names. */
const shapes = {
  one: (nodes) => cutOff(nodes, nodes.slice(0, 1)),
  majority: (nodes) => cutOff(nodes, nodes.slice(0, Math.floor(nodes.length / 2))),
  'minority-third': (nodes) =>
    cutOff(nodes, nodes.slice(0, Math.max(1, Math.floor((nodes.length - 1) / 3)))),
  'majorities-ring': majoritiesRing,
} satisfies Record<string, Shape>;

export const partitionShapes = Object.keys(shapes) as (keyof typeof shapes)[];

/** Parts a cluster in a random shape. */
export function drawPartition(nodes: EndpointId[], random: Random): { shape: string; cuts: Cuts } {
  const shape = random.pick(partitionShapes);
  return { shape, cuts: dropEmpty(shapes[shape](random.shuffle(nodes))) };
}

/** Makes a part of a cluster deaf to the rest, who still hear it. */
export function drawOneWay(nodes: EndpointId[], random: Random): { shape: string; cuts: Cuts } {
  const shape = random.pick(['one', 'majority'] as const);
  const shuffled = random.shuffle(nodes);
  const deaf = new Set(shuffled.slice(0, shape === 'one' ? 1 : Math.floor(nodes.length / 2)));
  const cuts = Object.entries(shapes[shape](shuffled)).filter(([node]) => deaf.has(node));
  return { shape, cuts: dropEmpty(Object.fromEntries(cuts)) };
}

function dropEmpty(cuts: Cuts): Cuts {
  return Object.fromEntries(Object.entries(cuts).filter(([, unheard]) => unheard.length > 0));
}
