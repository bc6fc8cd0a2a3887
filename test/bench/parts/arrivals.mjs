// What a journal of messages says of the values that were told.

/**
 * When each value was broadcast, at which node, and when it came to the last node, in nanoseconds.
 *
 * @param journal the text of `messages.ndjson`
 * @param isCounted whether it matters when a node gets values
 */
export function readArrivals(journal, isCounted = () => true) {
  const sent = new Map();
  const arrivals = new Map();
  const known = new Set();
  for (const line of journal.trimEnd().split('\n')) {
    const entry = JSON.parse(line);
    if (entry.type === 'send') sent.set(entry.id, entry);
    const { dest, body } = sent.get(entry.id);
    if (entry.type !== 'recv' || !dest.startsWith('n')) continue;
    if (body.type === 'broadcast')
      arrivals.set(body.message, { bornAt: entry.time, bornAtNode: dest });
    const told = body.news?.flatMap(({ values }) => values) ?? body.known ?? [];
    for (const value of body.type === 'broadcast' ? [body.message] : told) {
      if (!isCounted(dest) || known.has(`${dest} ${value}`)) continue;
      known.add(`${dest} ${value}`);
      arrivals.get(value).lastAt = entry.time;
    }
  }
  return arrivals;
}
