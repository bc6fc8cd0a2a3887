import { memo } from 'preact/compat';
import type { EventRecord, SnapshotRecord } from '../../../inspect/inspection-event.ts';
import { eventName } from './event-names.ts';
import type { Position, Recording } from '../recording/recording.ts';
import { stateChanges } from '../charts/state-value.ts';

/** An actor as people call it: `n1`, or `n1 link-n2` for one that a node has started. */
export function ActorName({ recording, sessionId }: { recording: Recording; sessionId: string }) {
  const actor = recording.actor(sessionId);
  if (!actor) return <span class="actor">{sessionId}</span>;
  return (
    <span class="actor">
      {actor.node}
      {!actor.isRoot && <small> {actor.name}</small>}
    </span>
  );
}

/** A record in one line; what has happened does not change, so it is drawn once. */
export const RecordRow = memo(
  function RecordRow({
    recording,
    position,
    isSelected,
    isFuture,
    onSelect,
  }: {
    recording: Recording;
    position: Position;
    isSelected: boolean;
    /** Whether it comes after the moment at which the page stands. */
    isFuture: boolean;
    onSelect: () => void;
  }) {
    const record = recording.at(position);
    if (!record) return null;
    return (
      <div
        class={`row${isSelected ? ' selected' : ''}${isFuture ? ' future' : ''}`}
        data-position={position}
        role="option"
        aria-selected={isSelected}
        onClick={onSelect}
      >
        <time>{recording.secondsAt(position).toFixed(3)}</time>
        {record.type === 'run.begin' && <b>{record.title}</b>}
        {record.type === 'node.gone' && (
          <>
            <span class="actor">{record.node}</span>
            <span class="lifecycle">gone</span>
          </>
        )}
        {record.type === '@xstate.actor' && (
          <>
            <ActorName recording={recording} sessionId={record.sessionId} />
            <span class="lifecycle">has come to be</span>
          </>
        )}
        {record.type === '@xstate.event' && <Sending recording={recording} record={record} />}
        {record.type === '@xstate.snapshot' && (
          <Reaction recording={recording} record={record} position={position} />
        )}
      </div>
    );
  },
  (before, after) =>
    before.recording === after.recording &&
    before.position === after.position &&
    before.isSelected === after.isSelected &&
    before.isFuture === after.isFuture,
);

function Sending({ recording, record }: { recording: Recording; record: EventRecord }) {
  return (
    <>
      <ActorName recording={recording} sessionId={record.sessionId} />
      <span class="event">{eventName(record.event.type)}</span>
      <span class="muted">is sent {record.sourceId && `by ${record.sourceId}`}</span>
    </>
  );
}

function Reaction({
  recording,
  record,
  position,
}: {
  recording: Recording;
  record: SnapshotRecord;
  position: Position;
}) {
  const { value } = record.snapshot as { value?: unknown };
  const before = recording.previousOf(position)?.snapshot as { value?: unknown } | undefined;
  const changes = stateChanges(before?.value, value);
  const { src } = record.event as { src?: unknown };
  return (
    <>
      <ActorName recording={recording} sessionId={record.sessionId} />
      <span class="event">{eventName(record.event.type)}</span>
      {typeof src === 'string' && <span class="muted">from {src}</span>}
      {changes.map(({ region, was, is }) => (
        <span key={region} class="change">
          {was} → {is}
        </span>
      ))}
      <span class="muted">{actionsOf(record)}</span>
      {record.sent.length > 0 && <span class="sends">{describeSent(record)}</span>}
    </>
  );
}

function actionsOf({ transitions }: SnapshotRecord): string {
  return transitions.flatMap(({ actions }) => actions).join(', ');
}

function describeSent({ sent }: SnapshotRecord): string {
  const first = sent[0]?.body.type ?? 'no type';
  return sent.length === 1
    ? `sends ${first} to ${sent[0]?.dest}`
    : `sends ${sent.length} × ${first}`;
}
