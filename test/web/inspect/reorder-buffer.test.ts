import { describe, expect, it } from '@jest/globals';
import type { ViewRecord } from '../../../src/lab/inspect/view-message.ts';
import { ReorderBuffer } from '../../../src/web/inspect/recording/reorder-buffer.ts';

const records = (...times: number[]) =>
  times.map((at) => ({ type: 'node.gone', at }) as ViewRecord);
const timesOf = (taken: ViewRecord[]) => taken.map((record) => 'at' in record && record.at);

describe('the buffer that puts records in order', () => {
  it('should hold back what something else may precede', () => {
    const buffer = new ReorderBuffer();
    buffer.add(records(1000, 1200, 1050));
    expect(timesOf(buffer.take(false))).toEqual([1000, 1050]);
    buffer.add(records(1190, 1400));
    expect(timesOf(buffer.take(false))).toEqual([1190, 1200]);
    expect(timesOf(buffer.take(true))).toEqual([1400]);
    expect(buffer.isEmpty).toBe(true);
  });
});
