import type { ReportData } from '../../lab/report/report-data.ts';
import { formatDuration } from '../shared/format.ts';
import { formatLocalTime } from '../shared/local-time.ts';
import { figuresOf } from './figures.ts';
import { Repetition } from './repetition.tsx';
import { Summary } from './summary.tsx';

const verdicts = new Map<unknown, { name: string; text: string }>([
  [true, { name: 'good', text: 'Valid' }],
  [false, { name: 'bad', text: 'Invalid' }],
  ['unknown', { name: 'doubt', text: 'Unknown' }],
]);

const ends = {
  completed: '',
  failed: 'A node broke the rules before the test was over.',
  interrupted: 'The test was interrupted: this is what was seen until then.',
};

/** Verdict and numbers, and how to repeat the run. */
export function Overview({ data }: { data: ReportData }) {
  const { run, results } = data;
  const verdict = verdicts.get(run.verdict['valid?']) ?? { name: 'doubt', text: 'Unknown' };
  const { reason } = run.verdict;
  const began = new Date(run.startedAt);
  return (
    <header class="overview">
      <h1>
        <span class={`verdict ${verdict.name}`}>{verdict.text}</span> {run.workload}{' '}
        <small>
          {run.nodes.length} {run.nodes.length === 1 ? 'node' : 'nodes'},{' '}
          {run.isSimulated ? 'simulated time' : 'real processes'}
        </small>
      </h1>
      {reason !== null && <p class={`reason ${verdict.name}`}>{reason}</p>}
      <p class="begin">
        <time dateTime={run.startedAt} title={run.startedAt}>
          {formatLocalTime(began)}
        </time>
        , took {formatDuration(run.durationSeconds)}, seed {run.seed}
      </p>
      {ends[run.end] && <p>{ends[run.end]}</p>}
      <Violation results={results} />
      <ul class="figures">
        {figuresOf(data).map(([name, figure]) => (
          <li key={name}>
            <b>{figure}</b> {name}
          </li>
        ))}
      </ul>
      <Summary rows={data.summary} />
      <Repetition run={run} />
      <details>
        <summary>Results in full, under Maelstrom's names</summary>
        <pre tabIndex={0}>{JSON.stringify(results, null, 2)}</pre>
      </details>
    </header>
  );
}

/** What a node did wrong, when that ended the test. */
function Violation({ results }: Pick<ReportData, 'results'>) {
  if (!results.violation) return null;
  const { node, problem, line, advice } = results.violation as Record<string, string> & {
    line?: { number: number; text: string };
  };
  return (
    <div class="violation">
      <p>
        <b>
          Node {node} {problem}
        </b>
      </p>
      {line && (
        <p>
          stdout, line {line.number}: <code>{line.text}</code>
        </p>
      )}
      <p>{advice}</p>
    </div>
  );
}
