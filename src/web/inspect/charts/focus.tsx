import { useState } from 'preact/hooks';
import type { DrawnChart } from '../../../lab/inspect/view-message.ts';
import { JsonText } from '../detail/json-text.tsx';
import { Panes } from '../panes/panes.tsx';
import type { NodeTrack, Position, Recording } from '../recording/recording.ts';
import { ChartView } from './chart-view.tsx';
import { KnowledgeBar } from './knowledge-bar.tsx';
import { activePaths, describeValue } from './state-value.ts';

const NONE: ReadonlySet<string> = new Set();

/** One node by itself: each of its actors' charts in full, and what it remembers. */
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
  const state = isAlive ? describeValue(value) : 'gone';
  return (
    <article class="focus" data-node={node.id}>
      <header>
        <button type="button" title="Escape" onClick={onClose}>
          ← all nodes
        </button>
        <h2>{node.id}</h2>
        {known !== null && <KnowledgeBar known={known} inAll={recording.knownInAll(position)} />}
        <span class="value">{state}</span>
      </header>
      {actors.length > 1 && (
        <nav class="tabs" aria-label={`Actors of ${node.id}`}>
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
      <Panes name="chart and context" kind="rows" part={0.72}>
        {chart?.layouts ? (
          <ChartView
            title={`Statechart ${actor?.name ?? ''} of ${node.id}: ${state}`}
            layout={chart.layouts.full}
            active={isAlive && snapshot ? activePaths(value) : NONE}
            taken={snapshot?.transitions ?? []}
          />
        ) : (
          <p class="hint">It has no chart that could be drawn.</p>
        )}
        <div class="memory" tabIndex={0} role="group" aria-label={`Context of ${node.id}`}>
          <h3>Context</h3>
          <JsonText value={context ?? null} recording={recording} />
        </div>
      </Panes>
    </article>
  );
}
