import type { ReportData } from '../../lab/report/report-data.ts';

type Row = ReportData['summary'][number];

/** More lines about one thing are there to be unfolded. */
const MAX_LINES = 3;

/** What the terminal said of the results: what each line is about, and what is said of it. */
export function Summary({ rows }: { rows: readonly Row[] }) {
  return (
    <dl class="summary">
      {grouped(rows).map((group) => {
        const [name, , weight] = group[0] as Row;
        return (
          <div key={name} class={weight ?? ''}>
            <dt>{name}</dt>
            {group.length > MAX_LINES ? (
              <dd>
                {group[0]?.[1]}
                <details>
                  <summary>{group.length - 1} lines more</summary>
                  {group.slice(1).map(([, text], index) => (
                    <div key={index}>{text}</div>
                  ))}
                </details>
              </dd>
            ) : (
              <Lines rows={group} />
            )}
          </div>
        );
      })}
    </dl>
  );
}

function Lines({ rows }: { rows: readonly Row[] }) {
  return rows.map(([, text], index) => <dd key={index}>{text}</dd>);
}

/** Lines of one name after each other, and lines without one, belong together. */
function grouped(rows: readonly Row[]): Row[][] {
  const groups: Row[][] = [];
  for (const row of rows) {
    const group = groups.at(-1);
    if (group && (row[0] === '' || row[0] === group[0]?.[0])) group.push(row);
    else groups.push([row]);
  }
  return groups;
}
