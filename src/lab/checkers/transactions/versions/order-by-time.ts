/** When one version of a key was there. */
export interface Span {
  /** By when it was there for certain: when the first who had seen or written it completed. */
  known: number;
  /** Until when it may have been the newest: when the last who saw or wrote it began. */
  last: number;
  /** Whether what comes before it comes before all that comes after it, as far as is known. */
  dominates: boolean;
}

/**
 * Orders the versions of one key by time: one that was known before the last who saw another had
 * begun came before it. Edges that follow from others are left out, so that there are about as many
 * as versions, times how many are written at once.
 *
 * @returns pairs of places in `spans`, the earlier version first
 */
export function orderByTime(spans: readonly Span[]): [number, number][] {
  const places = spans.map((_, place) => place);
  const byKnown = places.toSorted((a, b) => at(spans, a).known - at(spans, b).known);
  const byLast = places.toSorted((a, b) => at(spans, a).last - at(spans, b).last);
  const edges: [number, number][] = [];
  const isDone = new Uint8Array(spans.length);
  // Versions that are known and before which, among these, no other dominating one has to come.
  let frontier: number[] = [];
  let known = 0;

  const dominate = (place: number) => {
    const { last, dominates } = at(spans, place);
    if (!dominates) return;
    frontier = frontier.filter((other) => other !== place && at(spans, other).known >= last);
    frontier.push(place);
  };
  for (const place of byLast) {
    const { last } = at(spans, place);
    for (; known < byKnown.length; known++) {
      const next = byKnown[known] as number;
      if (at(spans, next).known >= last) break;
      frontier.push(next);
      if (isDone[next]) dominate(next);
    }
    for (const earlier of frontier) if (earlier !== place) edges.push([earlier, place]);
    isDone[place] = 1;
    if (at(spans, place).known < last) dominate(place);
  }
  return edges;
}

function at(spans: readonly Span[], place: number): Span {
  return spans[place] as Span;
}
