import type { CarriedColumns, MessageColumns } from '../../../lab/report/report-data.ts';
import { MessageTable } from '../../shared/space-time/message-table.ts';
import { toSeconds } from '../seconds.ts';

/** Turns a report's columns into the table that the diagram draws. */
export function readMessages(columns: MessageColumns): MessageTable {
  const table = new MessageTable(typesByNumber(columns));
  const text = (list: readonly string[], index: number | undefined) => list[index ?? -1] ?? '?';
  const { endpoints, types, bodies } = columns;
  let id = 0;
  let sentAt = 0;
  const sent = columns.idStep.map((step, index) => {
    id += step;
    sentAt += columns.sentStep[index] as number;
    table.append({
      id,
      src: text(endpoints, columns.src[index]),
      dest: text(endpoints, columns.dest[index]),
      type: text(types, columns.type[index]),
      sentAt: toSeconds(sentAt),
      body: text(bodies, columns.body[index]),
    });
    return sentAt;
  });
  for (const [index, travel] of columns.travel.entries()) {
    if (travel !== null) table.arrive(index, toSeconds((sent[index] as number) + travel));
  }
  for (const [index, travel] of columns.again) {
    table.arrive(index, toSeconds((sent[index] as number) + travel));
  }
  return table;
}

/** The most frequent first: it gets the best of the colours. */
function typesByNumber({ types, type }: MessageColumns): string[] {
  const counts = types.map(() => 0);
  for (const index of type) (counts[index] as number)++;
  const order = types.map((name, index) => ({ name, count: counts[index] as number }));
  return order.toSorted((a, b) => b.count - a.count).map(({ name }) => name);
}

/** Which messages carry a value: 1 for those that do. Of the last ones it may not be known. */
export function carriersOf({ back, more }: CarriedColumns, value: number): Uint8Array {
  const carries = new Uint8Array(more.length);
  for (const [index, values] of more.entries()) {
    const base = back[index] as number;
    const isCarried = base > 0 && carries[index - base] === 1;
    carries[index] = isCarried || values.includes(value) ? 1 : 0;
  }
  return carries;
}
