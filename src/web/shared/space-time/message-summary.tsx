import { formatDuration, formatMoment } from '../format.ts';
import { seriesColour, useTheme } from '../theme.ts';
import { isClientName } from './lanes.ts';
import type { MessageTable, Seconds } from './message-table.ts';

/** A request that took longer to arrive, in seconds, has waited. */
const MIN_WAIT = 1e-3;

/** A message in words. */
export function MessageSummary({ table, message }: { table: MessageTable; message: number }) {
  const theme = useTheme();
  const type = table.type[message] as number;
  const name = (endpoint: number | undefined) => table.endpoints[endpoint as number];
  return (
    <div class="message">
      <p class="route">
        <i class="swatch" style={{ background: seriesColour(theme, type) }} />
        <b>{table.types[type]}</b> {name(table.src[message])} → {name(table.dest[message])}
        <span class="muted"> #{table.id[message]}</span>
      </p>
      <p class="muted">
        sent at {formatMoment(table.sentAt[message] as Seconds)}, {describeArrivals(table, message)}
        {hasWaited(table, message) &&
          `: it waited in the inbox of ${name(table.dest[message])} behind one that was not due yet`}
      </p>
      <code>{table.body[message]}</code>
    </div>
  );
}

function describeArrivals(table: MessageTable, message: number): string {
  if (table.isMissing(message)) return 'has not arrived';
  const sentAt = table.sentAt[message] as Seconds;
  const first = table.receivedAt[message] as Seconds;
  const travels = [first, ...(table.again.get(message) ?? [])].map((at) =>
    formatDuration(at - sentAt),
  );
  return `arrived ${travels.map((travel) => `${travel} later`).join(', and again ')}`;
}

/** Clients' requests travel in no time, but they may have to wait for their turn. */
function hasWaited(table: MessageTable, message: number): boolean {
  const isRequest = isClientName(table.endpoints[table.src[message] as number] as string);
  const travel = (table.receivedAt[message] as Seconds) - (table.sentAt[message] as Seconds);
  return isRequest && travel >= MIN_WAIT;
}
