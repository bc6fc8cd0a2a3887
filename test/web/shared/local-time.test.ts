import { expect, it } from '@jest/globals';
import { beginOfRun, formatLocalTime } from '../../../src/web/shared/local-time.ts';

it.each([
  ['20260131T120000.123Z', '2026-01-31T12:00:00.123Z'],
  ['20260131T120000.123Z-2', '2026-01-31T12:00:00.123Z'],
  ['latest', undefined],
])('the run %s should have begun at %s', (name, iso) => {
  expect(beginOfRun(name)?.toISOString()).toBe(iso);
});

it('should write moments as people do where they are', () => {
  const moment = new Date(2026, 0, 31, 13, 5, 7);
  expect(formatLocalTime(moment)).toMatch(/2026.*05:07/);
});
