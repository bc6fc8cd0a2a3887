import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { AvailabilityChecker } from '../../../src/lab/checkers/availability.ts';
import { SetFullChecker } from '../../../src/lab/checkers/set-full.ts';
import { StatsChecker } from '../../../src/lab/checkers/stats.ts';

const folder = join(import.meta.dirname, '../conformance');
const cases = readdirSync(folder).filter((name) => !name.endsWith('.md'));

function readHistory(name: string) {
  const text = readFileSync(join(folder, name, 'history.ndjson'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('checkers against what Maelstrom recorded', () => {
  it('should have cases', () => expect(cases).toHaveLength(10));

  it.each(cases)('%s', (name) => {
    const recorded = JSON.parse(readFileSync(join(folder, name, 'results.json'), 'utf8'));
    const isEcho = name === 'echo';
    const checkers = {
      stats: new StatsChecker(),
      availability: new AvailabilityChecker(),
      ...(!isEcho && { workload: new SetFullChecker() }),
    };
    for (const event of readHistory(name)) {
      for (const checker of Object.values(checkers)) checker.add(event);
    }
    const results = Object.entries(checkers).map(([key, checker]) => [key, checker.result()]);
    expect(recorded).toMatchObject(Object.fromEntries(results));
  });
});
