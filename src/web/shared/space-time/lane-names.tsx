import { type Lane } from './lanes.ts';
import type { MessageTable } from './message-table.ts';
import type { Projection } from './projection.ts';

/** A lane that is nearer than that to the one before goes without its name. */
const NAME_HEIGHT = 12;

/** The names beside the lanes; those of nodes are buttons, to pick nodes with. */
export function LaneNames({
  table,
  lanes,
  projection,
  height,
  picked,
  onPick,
}: {
  table: MessageTable;
  lanes: readonly Lane[];
  projection: Projection;
  height: number;
  picked: ReadonlySet<string>;
  onPick: (node: string) => void;
}) {
  let nextFree = 0;
  return (
    <div class="lane-names" style={{ height: `${height}px` }}>
      {lanes.map(({ kind, endpoints }, index) => {
        const name = table.endpoints[endpoints[0] as number] as string;
        const y = projection.laneY[index] as number;
        if (y < nextFree) return null;
        nextFree = y + NAME_HEIGHT;
        const style = { top: `${y}px` };
        return kind === 'client' ? (
          <span key={name} class="client" style={style}>
            {endpoints.length > 1 ? `${name} …` : name}
          </span>
        ) : (
          <button
            key={name}
            type="button"
            style={style}
            aria-pressed={picked.has(name)}
            title={`Only messages from and to ${name}`}
            onClick={() => onPick(name)}
          >
            {name}
          </button>
        );
      })}
    </div>
  );
}
