import type { ReportData } from '../../lab/report/report-data.ts';

type Part = Record<string, unknown>;

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

/** Verdict and numbers. */
export function Overview({ data }: { data: ReportData }) {
  const { run, results, summary } = data;
  const verdict = verdicts.get(results['valid?']) ?? { name: 'doubt', text: 'Unknown' };
  return (
    <header>
      <h1>
        <span class={`verdict ${verdict.name}`}>{verdict.text}</span> {run.workload}{' '}
        <small>{run.name}</small>
      </h1>
      {ends[run.end] && <p>{ends[run.end]}</p>}
      <Violation results={results} />
      <ul class="figures">
        {figuresOf(data).map(([name, figure]) => (
          <li key={name}>
            <b>{figure}</b> {name}
          </li>
        ))}
      </ul>
      <dl class="summary">
        {summary.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        <div>
          <dt>options</dt>
          <dd>{describeOptions(run)}</dd>
        </div>
      </dl>
      <details>
        <summary>Results in full, under Maelstrom's names</summary>
        <pre>{JSON.stringify(results, null, 2)}</pre>
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

/** The numbers that readers look for first. */
function figuresOf({ run, results }: ReportData): [name: string, figure: string][] {
  const { stats, availability, net, workload } = results as Record<string, Part | undefined>;
  const perOperation = (net?.servers as Part | undefined)?.['msgs-per-op'];
  const latencies = workload?.['stable-latencies'] as Part | undefined;
  const figures: [string, unknown, (value: number) => string][] = [
    ['nodes', run.nodes.length, String],
    ['operations', stats?.count, String],
    ['available', availability?.['ok-fraction'], (part) => `${round(100 * part)} %`],
    ['messages per operation', perOperation, (count) => String(round(count))],
    ['median until stable', latencies?.['0.5'], (ms) => `${ms} ms`],
    ['longest until stable', latencies?.['1'], (ms) => `${ms} ms`],
    ['lost', workload?.['lost-count'], String],
  ];
  return figures.flatMap(([name, value, show]) =>
    typeof value === 'number' ? [[name, show(value)] as [string, string]] : [],
  );
}

function round(value: number): number {
  return Number(value.toFixed(2));
}

function describeOptions({ options, seed }: ReportData['run']): string {
  const parts = Object.entries<unknown>({ ...options, seed }).flatMap(([name, value]) => {
    if (value === false) return [];
    const text = typeof value === 'object' ? Object.values(value as Part).join(' ') : value;
    return `${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${text}`;
  });
  return parts.join(', ');
}
