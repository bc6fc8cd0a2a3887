import { formatDuration, formatMoment } from '../format.ts';
import { seriesColour, useTheme } from '../theme.ts';
import type { MessageTable, Seconds } from './message-table.ts';

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
