import type { DrawnChart } from '../../../lab/inspect/view-message.ts';
import type { TakenTransition } from '../../../inspect/inspection-event.ts';
import type { ActorTrack, NodeTrack, Position, Recording } from '../recording/recording.ts';
import { activePaths, describeValue, innermostKeys } from './state-value.ts';

const NOWHERE: ReadonlySet<string> = new Set();
const NOTHING: readonly TakenTransition[] = [];

/** How a node is at a moment. */
export interface NodeState {
  isAlive: boolean;
  /** The innermost states that its root is in. */
  words: string;
  /** The root's state in full. */
  value: string;
  /** How many values it holds, for nodes that hold any. */
  known: number | null;
  chart: DrawnChart | undefined;
  active: ReadonlySet<string>;
  taken: readonly TakenTransition[];
  /** The actors that it has started. */
  children: ActorTrack[];
}

export function nodeState(
  node: NodeTrack,
  recording: Recording,
  position: Position,
  charts: ReadonlyMap<number, DrawnChart>,
): NodeState {
  const [root, ...children] = recording.actorsOf(node, position);
  const isAlive = recording.isAlive(node, position);
  const record = root && recording.snapshotOf(root, position);
  const { value } = (record?.snapshot ?? {}) as { value?: unknown };
  return {
    isAlive,
    words: isAlive ? innermostKeys(value).join(' · ') : 'gone',
    value: isAlive ? describeValue(value) : 'gone',
    known: recording.knownOf(node, position),
    chart: charts.get(root?.chart ?? -1),
    active: isAlive && record ? activePaths(value) : NOWHERE,
    taken: record?.transitions ?? NOTHING,
    children,
  };
}
