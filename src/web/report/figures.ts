import type { ReportData } from '../../lab/report/report-data.ts';

type Part = Record<string, unknown>;

/** The numbers that readers look for first; those that a workload has. */
export function figuresOf({ results }: ReportData): [name: string, figure: string][] {
  const { stats, availability, net, workload } = results as Record<string, Part | undefined>;
  const perOperation = (net?.servers as Part | undefined)?.['msgs-per-op'];
  const latencies = workload?.['stable-latencies'] as Part | undefined;
  const figures: [string, unknown, (value: number) => string][] = [
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
