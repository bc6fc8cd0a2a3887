import type { DrawnChart } from '../../lab/inspect/view-message.ts';
import type { ActorTrack, Position, Recording } from './recording/recording.ts';
import { describeValue } from './state-value.ts';

/** The statecharts that a node has started, each with its state: a link to each of its peers, say. */
export function ChildActors({
  actors,
  recording,
  position,
  charts,
}: {
  actors: readonly ActorTrack[];
  recording: Recording;
  position: Position;
  charts: ReadonlyMap<number, DrawnChart>;
}) {
  const shown = actors.filter(({ chart }) => chart !== null && charts.get(chart)?.layouts);
  if (shown.length === 0) return null;
  return (
    <ul class="children">
      {shown.map((actor) => {
        const snapshot = recording.snapshotOf(actor, position)?.snapshot as
          | { value?: unknown }
          | undefined;
        const leaves = leavesOf(snapshot?.value);
        return (
          <li key={actor.sessionId} title={`${actor.name}: ${describeValue(snapshot?.value)}`}>
            <b>{actor.name}</b>
            {leaves.map((leaf) => (
              <i key={leaf}>{leaf}</i>
            ))}
          </li>
        );
      })}
    </ul>
  );
}

/** The keys of the innermost active states. */
function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const leaves = leavesOf(inner);
    return leaves.length === 0 ? [key] : leaves;
  });
}
