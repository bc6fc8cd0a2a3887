import type { DrawnChart } from '../../../lab/inspect/view-message.ts';
import { ChartView } from './chart-view.tsx';
import { ChildActors } from './child-actors.tsx';
import { KnowledgeBar } from './knowledge-bar.tsx';
import type { NodeTrack, Position, Recording } from '../recording/recording.ts';
import { nodeState } from './node-state.ts';

/** What is shown of a node among others, and who is told of the reader's choice. */
export interface NodeProps {
  node: NodeTrack;
  recording: Recording;
  position: Position;
  charts: ReadonlyMap<number, DrawnChart>;
  /** How many values the cluster knows. */
  inAll: number;
  isPicked: boolean;
  onPick: () => void;
  onOpen: () => void;
}

/** A node: its statechart, the actors it has started, and what it knows. */
export function NodeCard(props: NodeProps) {
  const { node, recording, position, charts, inAll, onOpen } = props;
  const { isAlive, words, value, known, chart, active, taken, children } = nodeState(
    node,
    recording,
    position,
    charts,
  );
  return (
    <article class={`node${isAlive ? '' : ' gone'}`} data-node={node.id}>
      <header>
        <PickButton {...props} />
        <span class="value" title={value}>
          {words}
        </span>
        <OpenButton {...props} />
      </header>
      {known !== null && <KnowledgeBar known={known} inAll={inAll} />}
      {chart?.layouts && (
        <ChartView
          title={`Statechart of ${node.id}: ${value}`}
          layout={chart.layouts.outline}
          active={active}
          taken={taken}
          onClick={onOpen}
        />
      )}
      <ChildActors actors={children} recording={recording} position={position} charts={charts} />
    </article>
  );
}

/** Names a node; pressed, only what happens in it is listed. */
export function PickButton({ node, isPicked, onPick }: NodeProps) {
  return (
    <button
      type="button"
      aria-pressed={isPicked}
      title={`List only what happens in ${node.id}`}
      onClick={onPick}
    >
      {node.id}
    </button>
  );
}

export function OpenButton({ node, onOpen }: NodeProps) {
  return (
    <button
      type="button"
      class="open"
      aria-label={`Look at ${node.id} closely`}
      title="Look at it closely"
      onClick={onOpen}
    >
      ⤢
    </button>
  );
}
