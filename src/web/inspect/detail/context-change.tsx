/** What an actor remembered before and after a transition, what changed first. */
export function ContextChange({ before, after }: { before: unknown; after: unknown }) {
  const [old, now] = [membersOf(before), membersOf(after)];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const rows = keys.map((key) => {
    const texts = [old[key], now[key]].map((value) => JSON.stringify(value) ?? '');
    return { key, texts, hasChanged: texts[0] !== texts[1] };
  });
  const sorted = rows.toSorted((a, b) => Number(b.hasChanged) - Number(a.hasChanged));
  if (rows.length === 0) return null;
  return (
    <table class="context">
      <thead>
        <tr>
          <th>context</th>
          <th>before</th>
          <th>after</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ key, texts: [was, is], hasChanged }) => (
          <tr key={key} class={hasChanged ? 'changed' : ''}>
            <th>{key}</th>
            {hasChanged ? <td>{was}</td> : <td colSpan={2}>{is}</td>}
            {hasChanged && <td>{is}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function membersOf(value: unknown): { [key: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown }) : {};
}
