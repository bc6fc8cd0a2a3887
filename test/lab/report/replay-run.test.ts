import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordSimulation } from '../../../src/lab/commands/running/record-simulation.ts';
import { saveBegin, saveEnd } from '../../../src/lab/commands/running/save-run.ts';
import { buildReport } from '../../../src/lab/report/build-report.ts';
import { replayRun } from '../../../src/lab/report/replay-run.ts';
import type { ReportData } from '../../../src/lab/report/report-data.ts';
import { type Recording, ReportRecorder } from '../../../src/lab/report/report-recorder.ts';
import { openRunFolder, type RunFolder } from '../../../src/lab/report/run-folder.ts';
import { Store } from '../../../src/lab/store/store.ts';
import { oneOfEach, programOf, soundTest } from '../../support/simulated-test.ts';

const root = mkdtempSync(join(tmpdir(), 'report-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('the report of a simulated test with faults of all kinds', () => {
  let run: RunFolder;
  let watched: Recording;
  let report: ReportData;

  beforeAll(async () => {
    const options = {
      ...soundTest,
      timeLimitSeconds: 8,
      latency: { mean: 30, distribution: 'uniform' as const },
      schedule: oneOfEach(2, 5),
    };
    const store = new Store(root, 'broadcast', new Date());
    const outcome = await recordSimulation({ options, program: programOf(), seed: 3 }, store);
    const node = { bin: 'bin/broadcast', args: [] };
    const begin = { options, seed: 3, isSimulated: true, node, command: 'bin/lab test' };
    const verdict = { 'valid?': outcome.results['valid?'], reason: null };
    await saveEnd(store, saveBegin(store, begin), { outcome, verdict });
    watched = store.watch.result();
    run = openRunFolder(store.folder);
    report = buildReport(run, watched);
  });

  it('should be the same whether the run was watched or is read back', () => {
    const recorder = new ReportRecorder();
    replayRun(run, recorder);
    expect(recorder.result()).toEqual(watched);
  });

  it('should agree with what the checkers counted', () => {
    const { stats, net, workload } = report.results as Record<string, any>;
    expect(report.operations.total).toBe(stats.count);
    expect(report.messages.idStep).toHaveLength(net.all['msg-count']);
    expect(report.values?.total).toBe(workload['attempt-count']);
    const ended = report.operations.rates.series.flatMap(({ counts }) => counts);
    expect(ended.reduce((sum, count) => sum + count, 0)).toBe(stats.count);
  });

  it('should show messages that were lost, and some that came twice', () => {
    const { travel, again } = report.messages;
    expect(travel.filter((time) => time === null).length).toBeGreaterThan(10);
    expect(again.length).toBeGreaterThan(10);
    expect(travel.every((time) => time === null || time >= 0)).toBe(true);
  });

  it('should show that all values have got everywhere, each to the asked node first', () => {
    const { values, convergence } = report;
    expect(values?.delay).toHaveLength(5 * (values?.texts.length ?? 0));
    expect(values?.delay.filter((delay) => delay === null)).toEqual([]);
    expect(convergence?.known.at(-1)).toBe(convergence?.due.at(-1));
    expect(convergence?.known.some((known, index) => known < (convergence.due[index] ?? 0))).toBe(
      true,
    );
  });

  it('should name faults as the terminal does', () => {
    expect(report.faults).toHaveLength(8);
    expect(report.faults[0]).toEqual({
      kind: 'partition',
      from: 2e6,
      to: 5e6,
      text: 'one: n0 ⊬ n1 n2 n3 n4',
    });
    expect(report.faults[7]).toMatchObject({ kind: 'kill', nodes: ['n3'] });
  });

  it('should begin later when it is told to', () => {
    const recorder = new ReportRecorder({ from: 6 });
    replayRun(run, recorder);
    const { messages, operations } = recorder.result();
    expect(messages.sentStep[0]).toBeGreaterThanOrEqual(6e6);
    expect(messages.before + messages.idStep.length).toBe(watched.messages.idStep.length);
    expect(operations).toEqual(watched.operations);
  });
});
