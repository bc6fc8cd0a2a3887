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
    const own = valueOf(body);
    if (own !== undefined) arrivals.set(own, { bornAt: entry.time, bornAtNode: dest });
    const told = body.news?.flatMap(({ values }) => values) ?? body.known ?? [];
    for (const value of own === undefined ? told : [own]) {
      if (!isCounted(dest) || known.has(`${dest} ${value}`)) continue;
      known.add(`${dest} ${value}`);
      arrivals.get(value).lastAt = entry.time;
    }
  }
  return arrivals;
}

/** The value that a client hands to a node. */
function valueOf(body) {
  if (body.type === 'broadcast') return body.message;
  return body.type === 'add' ? body.element : undefined;
}

/**
 * The longest that a value took to be everywhere since it came to a node or, if that was later, since
 * the last fault ended, in milliseconds. Values that arrived during a fault do not count.
 *
 * @param read reads a file of the test's folder
 */
export function healingMs(read) {
  const faults = JSON.parse(read('schedule.json'));
  const { loadBeganAt } = JSON.parse(read('run.json'));
  const times = [...readArrivals(read('messages.ndjson')).values()].flatMap((arrival) => {
    const [born, last] = [arrival.bornAt, arrival.lastAt].map((time) => (time - loadBeganAt) / 1e9);
    if (faults.some(({ from, to }) => from <= last && last < to)) return [];
    const healed = faults.map(({ to }) => to).filter((to) => to <= last);
    return [1000 * (last - Math.max(born, ...healed))];
  });
  return Math.max(...times);
}
