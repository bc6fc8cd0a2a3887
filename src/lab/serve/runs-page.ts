import { basename } from 'node:path';
import { escapeHtml } from '../report/report-page.ts';
import type { SavedRun } from '../store/saved-run.ts';
import type { ListedRun, RunList } from './list-runs.ts';
import { runsStyle } from './runs-style.ts';

/** The page that lists runs. It has no script, and loads nothing. */
export function toRunsPage({ runs, older }: RunList): string {
  const rows = runs.map(toRow).join('\n');
  const empty = '<p>There are no runs yet: <code>bin/lab test</code> makes one.</p>';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Runs</title>
<link rel="icon" href="data:,">
<style>${runsStyle}</style>
<main>
<h1>Runs</h1>
${runs.length === 0 ? empty : `<table>\n${heading}\n<tbody>\n${rows}\n</tbody>\n</table>`}
${older > 0 ? `<p>and ${older} older</p>` : ''}
</main>
</html>
`;
}

/** A column: its heading, and its cell for a run as HTML; empty where there is nothing to say. */
type Column = [name: string, cell: (run: ListedRun) => string];

const columns: Column[] = [
  ['verdict', verdictOf],
  ['run', nameOf],
  ['began', beginOf],
  ['took', ({ outcome }) => (outcome ? duration(outcome.run.durationSeconds) : '')],
  ['nodes', ({ begun }) => (begun ? String(begun.run.options.nodeCount) : '')],
  ['rate', ({ begun }) => (begun ? `${begun.run.options.rate}/s` : '')],
  ['latency', ({ begun }) => (begun ? `${begun.run.options.latency.mean} ms` : '')],
  ['operations', (run) => numberIn(run, 'stats', 'count')],
  ['messages per operation', (run) => numberIn(run, 'net', 'servers', 'msgs-per-op')],
  [
    'longest until stable',
    (run) => withUnit(numberIn(run, 'workload', 'stable-latencies', '1'), 'ms'),
  ],
  ['seed', ({ begun }) => (begun ? String(begun.run.seed) : '')],
];

const heading = `<thead><tr>${columns.map(([name]) => `<th scope="col">${name}</th>`).join('')}</tr></thead>`;

function toRow(run: ListedRun): string {
  const cells = columns.map(([name, cell]) => `<td data-name="${name}">${cell(run)}</td>`);
  return `<tr>${cells.join('')}</tr>`;
}

const verdicts = new Map<unknown, [name: string, text: string]>([
  [true, ['good', 'valid']],
  [false, ['bad', 'invalid']],
  ['unknown', ['doubt', 'unknown']],
]);

function verdictOf({ begun, outcome }: ListedRun): string {
  const [name, text] = outcome
    ? (verdicts.get(outcome.run.verdict['valid?']) ?? ['doubt', 'unknown'])
    : !begun
      ? ['muted', 'unreadable']
      : begun.isRunning
        ? ['accent', 'running']
        : ['muted', 'broken off'];
  return `<b class="${name}">${text}</b>`;
}

/** What was tested, of which node, why it is not valid, and what was done to it. */
function nameOf(run: ListedRun): string {
  const { workload, begun, outcome } = run;
  const node =
    begun &&
    ` <code title="${escapeHtml(commandOf(begun.run.node))}">${escapeHtml(
      commandOf({ ...begun.run.node, bin: basename(begun.run.node.bin) }),
    )}</code>`;
  const kind = begun?.run.isSimulated ? ' <span class="muted">simulated</span>' : '';
  const reason = outcome?.run.verdict.reason;
  const why = reason ? `<p title="${escapeHtml(reason)}">${escapeHtml(reason)}</p>` : '';
  const faults = Object.keys(struckIn(run)).join(', ');
  const under = faults && `<p>under ${escapeHtml(faults)}</p>`;
  return `<b>${escapeHtml(workload)}</b>${node ?? ''}${kind}${why}${under}`;
}

function commandOf({ bin, args }: SavedRun['node']): string {
  return [bin, ...args].join(' ');
}

/** When it began, where the reader is: that is where the server is, too. */
function beginOf({ workload, name, begun, hasReport }: ListedRun): string {
  const iso = begun?.run.startedAt ?? instantOf(name);
  const text = `<time datetime="${escapeHtml(iso)}">${escapeHtml(localTime(iso))}</time>`;
  const link = `/${encodeURIComponent(workload)}/${encodeURIComponent(name)}/`;
  return hasReport ? `<a href="${link}">${text}</a>` : text;
}

/** The moment that a run is named for, such as `20260131T120000.000Z`, in ISO 8601. */
function instantOf(name: string): string {
  return name.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\d\.\d{3}Z).*$/, '$1-$2-$3:$4:$5');
}

/** `2026-01-31 13:00:00`. */
function localTime(iso: string): string {
  return new Date(iso).toLocaleString('sv-SE');
}

function duration(seconds: number): string {
  if (seconds < 100) return `${Number(seconds.toFixed(1))} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

function struckIn({ outcome }: ListedRun): object {
  const { nemesis } = (outcome?.results ?? {}) as { nemesis?: { struck?: object } };
  return nemesis?.struck ?? {};
}

/** A number of a run's results; empty when it has none at that place. */
function numberIn({ outcome }: ListedRun, ...path: string[]): string {
  const found = path.reduce<unknown>(
    (part, key) => (part as Record<string, unknown> | undefined)?.[key],
    outcome?.results,
  );
  return typeof found === 'number' ? String(Number(found.toFixed(2))) : '';
}

function withUnit(text: string, unit: string): string {
  return text && `${text} ${unit}`;
}
