import type { ValueColumns } from '../../lab/report/report-data.ts';
import type { MessageTable } from '../shared/space-time/message-table.ts';
import { type TimeRange, within } from '../shared/time-range.ts';
import { delayOf, NEVER } from './charts/heat.ts';
import { toSeconds } from './seconds.ts';

/** How many messages are in view at first. */
const FIRST_MESSAGES = 400;

/** What to show of the messages at first: the first of the load. */
export function firstView(table: MessageTable, span: TimeRange): TimeRange {
  const first = table.sentAt.findIndex((sentAt) => sentAt >= 0);
  const last = Math.min(table.length - 1, Math.max(0, first) + FIRST_MESSAGES);
  return within({ from: table.sentAt[Math.max(0, first)] ?? 0, to: table.sentAt[last] ?? 1 }, span);
}

/** The time from a value's broadcast until the last node got it. */
export function viewOf(
  values: ValueColumns,
  value: number,
  nodeCount: number,
  span: TimeRange,
): TimeRange {
  const from = toSeconds(values.invokedAt[value] as number);
  const delays = Array.from({ length: nodeCount }, (_, node) =>
    delayOf(values, nodeCount, value, node),
  ).filter((delay) => delay !== NEVER);
  const length = Math.max(1e-3, ...delays);
  return within({ from: from - 0.1 * length, to: from + 1.1 * length }, span);
}
