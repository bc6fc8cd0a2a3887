import { useState } from 'preact/hooks';
import type { DrawnChart } from '../../../lab/inspect/view-message.ts';
import { ChartPicture } from './chart-picture.tsx';
import { JsonTree } from '../detail/json-tree.tsx';
import { KnowledgeBar } from './knowledge-bar.tsx';
import type { NodeTrack, Position, Recording } from '../recording/recording.ts';
import { activePaths, describeValue } from './state-value.ts';

const NONE: ReadonlySet<string> = new Set();

/** One node by itself: each of its actors' charts in full size, and what it remembers. */
export function Focus({
  node,
  recording,
  position,
  charts,
  onClose,
}: {
  node: NodeTrack;
  recording: Recording;
  position: Position;
  charts: ReadonlyMap<number, DrawnChart>;
  onClose: () => void;
}) {
  const [chosen, setChosen] = useState(node.root);
  const actors = recording
    .actorsOf(node, position)
    .filter(({ chart }) => chart !== null && charts.get(chart)?.layouts);
  const actor = actors.find(({ sessionId }) => sessionId === chosen) ?? actors[0];
  const snapshot = actor && recording.snapshotOf(actor, position);
  const { value, context } = (snapshot?.snapshot ?? {}) as { value?: unknown; context?: unknown };
  const chart = charts.get(actor?.chart ?? -1);
  const known = recording.knownOf(node, position);
  const isAlive = recording.isAlive(node, position);
  return (
    <article class="focus" data-node={node.id}>
      <header>
        <button type="button" onClick={onClose}>
          ← all nodes
        </button>
        <h2>{node.id}</h2>
        <span class="value">{isAlive ? describeValue(value) : 'gone'}</span>
        {known !== null && <KnowledgeBar known={known} inAll={recording.knownInAll(position)} />}
      </header>
      {actors.length > 1 && (
        <nav class="tabs">
          {actors.map(({ sessionId, name }) => (
            <button
              key={sessionId}
              type="button"
              aria-pressed={sessionId === actor?.sessionId}
              onClick={() => setChosen(sessionId)}
            >
              {name}
            </button>
          ))}
        </nav>
      )}
      {chart?.layouts && (
        <ChartPicture
          layout={chart.layouts.full}
          active={isAlive && snapshot ? activePaths(value) : NONE}
          taken={snapshot?.transitions ?? []}
        />
      )}
      <h3>Context</h3>
      <JsonTree value={context ?? null} />
    </article>
  );
}
