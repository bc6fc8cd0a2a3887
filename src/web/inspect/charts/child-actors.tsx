import type { DrawnChart } from '../../../lab/inspect/view-message.ts';
import type { ActorTrack, Position, Recording } from '../recording/recording.ts';
import { innermostKeys } from './state-value.ts';

const MAX_SINGLE = 4;

/** The statecharts that a node has started, each with its state: a link to each of its peers, say. */
export function ChildActors({
  actors,
  recording,
  position,
  charts,
  maxSingle = MAX_SINGLE,
}: {
  actors: readonly ActorTrack[];
  recording: Recording;
  position: Position;
  charts: ReadonlyMap<number, DrawnChart>;
  /** More than that are shown together when they are in the same state. */
  maxSingle?: number;
}) {
  const shown = actors.filter(({ chart }) => chart !== null && charts.get(chart)?.layouts);
  if (shown.length === 0) return null;
  const isGrouped = shown.length > maxSingle;
  const groups = new Map<string, { names: string[]; keys: string[] }>();
  for (const actor of shown) {
    const snapshot = recording.snapshotOf(actor, position)?.snapshot as { value?: unknown };
    const keys = innermostKeys(snapshot?.value);
    const id = isGrouped ? keys.join(' ') : actor.sessionId;
    const group = groups.get(id) ?? { names: [], keys };
    group.names.push(actor.name);
    groups.set(id, group);
  }
  return (
    <ul class="children">
      {[...groups].map(([id, { names, keys }]) => (
        <li key={id} title={`${names.join(', ')}: ${keys.join(', ')}`}>
          <b>{names.length === 1 ? names[0] : `${names.length} ×`}</b>
          {keys.map((key) => (
            <i key={key}>{key}</i>
          ))}
        </li>
      ))}
    </ul>
  );
}
