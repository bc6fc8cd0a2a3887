import type { DrawnChart } from '../../lab/inspect/view-message.ts';
import type { ActorTrack, Position, Recording } from './recording/recording.ts';
import { describeValue, innermostKeys } from './state-value.ts';

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
        const keys = innermostKeys(snapshot?.value);
        return (
          <li key={actor.sessionId} title={`${actor.name}: ${describeValue(snapshot?.value)}`}>
            <b>{actor.name}</b>
            {keys.map((key) => (
              <i key={key}>{key}</i>
            ))}
          </li>
        );
      })}
    </ul>
  );
}
