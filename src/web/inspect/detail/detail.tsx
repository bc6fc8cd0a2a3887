import type { SnapshotRecord } from '../../../inspect/inspection-event.ts';
import { formatDuration } from '../../shared/format.ts';
import { ContextChange } from './context-change.tsx';
import { eventName } from '../records/event-names.ts';
import { JsonCode, JsonText } from './json-text.tsx';
import { ActorName } from '../records/record-row.tsx';
import type { Position, Recording } from '../recording/recording.ts';
import { describeValue, stateChanges } from '../charts/state-value.ts';

/** A record closely: which transition was taken, what it changed, and what was sent. */
export function Detail({
  recording,
  position,
  onSelect,
}: {
  recording: Recording;
  position: Position;
  onSelect: (position: Position) => void;
}) {
  const record = recording.at(position);
  if (!record || record.type === 'run.begin') return <p class="hint">Select something.</p>;
  if (record.type === 'node.gone') return <p>{record.node} has ended, or is out of reach.</p>;
  const seconds = recording.secondsAt(position);
  return (
    <div class="detail">
      <p class="route">
        <ActorName recording={recording} sessionId={record.sessionId} />
        <b>{record.type === '@xstate.actor' ? 'has come to be' : eventName(record.event.type)}</b>
        <span class="muted">at {seconds.toFixed(4)} s</span>
      </p>
      {record.type === '@xstate.snapshot' && (
        <Transition record={record} recording={recording} position={position} onSelect={onSelect} />
      )}
      {record.type !== '@xstate.actor' && (
        <>
          <h3>Event</h3>
          <JsonText value={record.event} recording={recording} />
        </>
      )}
    </div>
  );
}

function Transition({
  record,
  recording,
  position,
  onSelect,
}: {
  record: SnapshotRecord;
  recording: Recording;
  position: Position;
  onSelect: (position: Position) => void;
}) {
  const previous = recording.previousOf(position)?.snapshot as
    | { value?: unknown; context?: unknown }
    | undefined;
  const { value, context } = record.snapshot as { value?: unknown; context?: unknown };
  const changes = stateChanges(previous?.value, value);
  return (
    <>
      <ul class="states">
        {changes.map(({ region, was, is }) => (
          <li key={region}>
            {region && <span class="region">{region}</span>}
            {was && (
              <>
                <code class="was">{was}</code> →{' '}
              </>
            )}
            <code class="is">{is}</code>
          </li>
        ))}
        {changes.length === 0 && value !== undefined && (
          <li>
            <span class="muted">stays</span> <code>{describeValue(value)}</code>
          </li>
        )}
      </ul>
      {record.transitions.length === 0 && <p class="muted">No transition was taken.</p>}
      <ol class="transitions">
        {record.transitions.map(({ source, targets, trigger, guard, actions }, index) => (
          <li key={index}>
            <b>{source || 'any state'}</b>: {trigger}
            {guard && <span class="guard"> [{guard}]</span>}
            {actions.length > 0 && <span class="actions"> / {actions.join(', ')}</span>}
            {targets.length > 0 && <span> → {targets.join(', ')}</span>}
          </li>
        ))}
      </ol>
      <ContextChange before={previous?.context} after={context} recording={recording} />
      <SentMessages recording={recording} position={position} onSelect={onSelect} />
    </>
  );
}

function SentMessages({
  recording,
  position,
  onSelect,
}: {
  recording: Recording;
  position: Position;
  onSelect: (position: Position) => void;
}) {
  const { messages } = recording;
  const sent = recording.messagesSentAt(position);
  if (sent.length === 0) return null;
  return (
    <>
      <h3>Sent</h3>
      <ul class="sent">
        {sent.map((message) => {
          const dest = messages.endpoints[messages.dest[message] as number];
          const travel =
            (messages.receivedAt[message] as number) - (messages.sentAt[message] as number);
          const hasArrived = !messages.isMissing(message);
          const reaction = hasArrived ? recording.reactionToMessage(message) : undefined;
          return (
            <li key={message}>
              {messages.types[messages.type[message] as number]} → {dest}
              {reaction !== undefined && (
                <button type="button" class="link" onClick={() => onSelect(reaction)}>
                  arrived {formatDuration(travel)} later
                </button>
              )}
              <JsonCode
                kind="body"
                value={JSON.parse(messages.body[message] as string)}
                recording={recording}
              />
            </li>
          );
        })}
      </ul>
    </>
  );
}
