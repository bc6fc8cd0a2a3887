import { escapeHtml } from '../report/report-page.ts';
import type { ListedRun, RunList } from './list-runs.ts';

const verdicts = new Map<unknown, [name: string, text: string]>([
  [true, ['good', 'valid']],
  [false, ['bad', 'invalid']],
  ['unknown', ['doubt', 'unknown']],
]);

const style = `
  :root { color-scheme: light dark; --good: light-dark(#1a7f4b, #4fc88a);
    --bad: light-dark(#c62f3b, #ff7b83); --doubt: light-dark(#a86500, #eab04d); }
  body { max-width: 1100px; margin: 24px auto; padding: 0 24px; font: 14px/1.45 system-ui, sans-serif;
    background: light-dark(#fdfdfc, #15181c); color: light-dark(#1d2126, #e6e8ea); }
  .runs { overflow-x: auto; }
  table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
  th, td { padding: 5px 10px 5px 0; text-align: left; border-bottom: 1px solid light-dark(#dfe0dc, #31363d); }
  td { white-space: nowrap; }
  th { font-weight: normal; color: light-dark(#6a7078, #959ca5); }
  a { color: light-dark(#2458c5, #7fa8ff); }
  .good { color: var(--good); } .bad { color: var(--bad); } .doubt { color: var(--doubt); }
`;

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
<style>${style}</style>
<h1>Runs</h1>
${runs.length === 0 ? empty : `<div class="runs"><table>\n${heading}\n${rows}\n</table></div>`}
${older > 0 ? `<p>and ${older} older</p>` : ''}
</html>
`;
}

const heading = `<tr>${['verdict', 'workload', 'run', 'nodes', 'rate', 'latency', 'faults', 'operations', 'messages per operation', 'longest until stable'].map((name) => `<th>${name}</th>`).join('')}</tr>`;

function toRow(run: ListedRun): string {
  const { workload, name, hasReport, outcome } = run;
  const link = `/${encodeURIComponent(workload)}/${encodeURIComponent(name)}/`;
  const title = escapeHtml(name);
  const cells = [
    outcome ? verdictOf(outcome.results['valid?']) : 'not ended',
    escapeHtml(workload),
    hasReport ? `<a href="${link}">${title}</a>` : title,
    ...(outcome ? figuresOf(outcome).map((figure) => escapeHtml(figure)) : Array(7).fill('')),
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function verdictOf(valid: unknown): string {
  const [name, text] = verdicts.get(valid) ?? ['doubt', 'unknown'];
  return `<b class="${name}">${text}</b>`;
}

type Part = Record<string, unknown>;

/** What tells runs apart, as texts; empty where a run has no such number. */
function figuresOf({ run, results }: NonNullable<ListedRun['outcome']>): string[] {
  const { stats, net, workload, nemesis } = results as Record<string, Part | undefined>;
  const { nodeCount, rate, latency } = run.options;
  const perOperation = (net?.servers as Part | undefined)?.['msgs-per-op'];
  const longest = (workload?.['stable-latencies'] as Part | undefined)?.['1'];
  return [
    String(nodeCount),
    `${rate} Hz`,
    `${latency.mean} ms`,
    Object.keys(nemesis?.struck ?? {}).join(' '),
    String(stats?.count ?? ''),
    typeof perOperation === 'number' ? perOperation.toFixed(2) : '',
    longest === undefined ? '' : `${String(longest)} ms`,
  ];
}
