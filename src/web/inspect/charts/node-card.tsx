import type { DrawnChart } from '../../../lab/inspect/view-message.ts';
import { ChartPicture } from './chart-picture.tsx';
import { ChildActors } from './child-actors.tsx';
import { KnowledgeBar } from './knowledge-bar.tsx';
import type { NodeTrack, Position, Recording } from '../recording/recording.ts';
import { activePaths, describeValue, innermostKeys } from './state-value.ts';

const NONE: ReadonlySet<string> = new Set();

/** A node: its statechart, the actors it has started, and what it knows. */
export function NodeCard({
  node,
  recording,
  position,
  charts,
  inAll,
  isPicked,
  onPick,
  onOpen,
}: {
  node: NodeTrack;
  recording: Recording;
  position: Position;
  charts: ReadonlyMap<number, DrawnChart>;
  /** How many values the cluster knows. */
  inAll: number;
  isPicked: boolean;
  onPick: () => void;
  onOpen: () => void;
}) {
  const [root, ...children] = recording.actorsOf(node, position);
  const isAlive = recording.isAlive(node, position);
  const snapshot = root && recording.snapshotOf(root, position);
  const known = recording.knownOf(node, position);
  const chart = charts.get(root?.chart ?? -1);
  const value = snapshot?.snapshot as { value?: unknown } | undefined;
  return (
    <article class={`node${isAlive ? '' : ' gone'}`} data-node={node.id}>
      <header>
        <button
          type="button"
          aria-pressed={isPicked}
          title={`List only what happens in ${node.id}`}
          onClick={onPick}
        >
          {node.id}
        </button>
        <span class="value" title={describeValue(value?.value)}>
          {isAlive ? innermostKeys(value?.value).join(' · ') : 'gone'}
        </span>
        <button type="button" class="open" title="Look at it closely" onClick={onOpen}>
          ⤢
        </button>
      </header>
      {known !== null && <KnowledgeBar known={known} inAll={inAll} />}
      {chart?.layouts && (
        <div class="picture" onClick={onOpen}>
          <ChartPicture
            layout={chart.layouts.outline}
            active={isAlive && snapshot ? activePaths(value?.value) : NONE}
            taken={snapshot?.transitions ?? []}
          />
        </div>
      )}
      <ChildActors actors={children} recording={recording} position={position} charts={charts} />
    </article>
  );
}
