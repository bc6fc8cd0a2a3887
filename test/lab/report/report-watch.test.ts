import { expect, it } from '@jest/globals';
import { reportOn } from '../../../src/lab/commands/report.ts';
import { ReportRecorder } from '../../../src/lab/report/report-recorder.ts';
import { ReportWatch } from '../../../src/lab/report/report-watch.ts';

const parcel = { id: 0, src: 'n0', dest: 'n1', body: { type: 'gossip' } };

class BrokenRecorder extends ReportRecorder {
  calls = 0;

  override sent(): never {
    this.calls++;
    throw new Error('no room');
  }
}

it('should let a run go on whose report is lost, and say so in the end', () => {
  const recorder = new BrokenRecorder();
  const watch = new ReportWatch(recorder);
  watch.sent(parcel, 0);
  watch.sent(parcel, 1);
  watch.received(parcel, 2);
  expect(recorder.calls).toBe(1);
  expect(reportOn({ folder: '.', watch })).toBe('none: no room');
});

it('should say why a report could not be written', () => {
  const watch = new ReportWatch();
  expect(reportOn({ folder: '/nowhere', watch })).toMatch(
    /^none: \/nowhere is not the folder of a run/,
  );
});
