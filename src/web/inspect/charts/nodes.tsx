import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { DrawnChart } from '../../../lab/inspect/view-message.ts';
import type { Position, Recording } from '../recording/recording.ts';
import { NodeCard } from './node-card.tsx';
import { NodeRow } from './node-row.tsx';

/** Of more nodes the charts are shown when they are asked for. */
const MAX_CHARTS = 9;

/** All nodes, each with its chart or in a line. */
export function Nodes({
  recording,
  position,
  charts,
  picked,
  onPick,
  onOpen,
  children,
}: {
  recording: Recording;
  position: Position;
  charts: ReadonlyMap<number, DrawnChart>;
  picked: ReadonlySet<string>;
  onPick: (node: string) => void;
  onOpen: (node: string) => void;
  /** What is shown as long as there are none. */
  children: ComponentChildren;
}) {
  const [chosen, setChosen] = useState<'charts' | 'lines' | undefined>(undefined);
  const nodes = [...recording.nodes.values()];
  const form = chosen ?? (nodes.length > MAX_CHARTS ? 'lines' : 'charts');
  const inAll = recording.knownInAll(position);
  const alive = nodes.filter((node) => recording.isAlive(node, position)).length;
  const Node = form === 'lines' ? NodeRow : NodeCard;
  return (
    <section class={`nodes ${form}`} tabIndex={0} aria-label="Nodes">
      {nodes.length === 0 && children}
      {nodes.length > 0 && (
        <header>
          <h2>{nodes.length === 1 ? '1 node' : `${nodes.length} nodes`}</h2>
          {alive < nodes.length && <span class="muted">{alive} running</span>}
          <div class="choice" role="group" aria-label="How nodes are shown">
            {(['charts', 'lines'] as const).map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={form === each}
                onClick={() => setChosen(each)}
              >
                {each === 'charts' ? 'Charts' : 'Lines'}
              </button>
            ))}
          </div>
        </header>
      )}
      <div class="each">
        {nodes.map((node) => (
          <Node
            key={node.id}
            node={node}
            recording={recording}
            position={position}
            charts={charts}
            inAll={inAll}
            isPicked={picked.has(node.id)}
            onPick={() => onPick(node.id)}
            onOpen={() => onOpen(node.id)}
          />
        ))}
      </div>
    </section>
  );
}
