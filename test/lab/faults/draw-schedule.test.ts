import { describe, expect, it } from '@jest/globals';
import fc from '../../support/fast-check.ts';
import Schema from 'typebox/schema';
import {
  defaultIntensities,
  drawSchedule,
  MAELSTROMS_INTERVAL_SECONDS,
} from '../../../src/lab/faults/draw-schedule.ts';
import {
  type Fault,
  type FaultKind,
  faultKinds,
  faultSchemas,
} from '../../../src/lab/faults/fault.ts';
import { Random } from '../../../src/lab/time-and-chance/random.ts';

interface Drawing {
  kinds: readonly FaultKind[];
  nodeCount: number;
  timeLimitSeconds: number;
  intervalSeconds: number;
  seed: number;
}

function schedule({ seed, nodeCount, ...options }: Drawing): Fault[] {
  const nodes = Array.from({ length: nodeCount }, (_, index) => `n${index}`);
  return drawSchedule(
    { ...options, nodes, intensities: defaultIntensities },
    Random.fromSeed(seed),
  );
}

const drawing = fc.record<Drawing>({
  kinds: fc.shuffledSubarray([...faultKinds]),
  nodeCount: fc.integer({ min: 1, max: 9 }),
  timeLimitSeconds: fc.double({ min: 0.1, max: 100, noNaN: true }),
  intervalSeconds: fc.double({ min: 0.5, max: 30, noNaN: true }),
  seed: fc.integer(),
});

/** How long it takes from each begin or end of some faults to the next. */
function gapsIn(faults: readonly Fault[]): number[] {
  const times = faults.flatMap(({ from, to }) => [from, to]);
  return times.slice(1).map((time, index) => time - (times[index] as number));
}

const minute: Drawing = {
  kinds: faultKinds,
  nodeCount: 5,
  timeLimitSeconds: 60,
  intervalSeconds: 5,
  seed: 1,
};

describe('drawSchedule', () => {
  it('should draw faults that --schedule takes, within the time limit and by the time they begin', () => {
    const validators = new Map(
      faultKinds.map((kind) => [kind, Schema.Compile(faultSchemas[kind])]),
    );
    fc.assert(
      fc.property(drawing, (options) => {
        const faults = schedule(options);
        for (const fault of faults) {
          expect(validators.get(fault.kind)?.Errors(fault)).toEqual([true, []]);
          expect(fault.from).toBeLessThanOrEqual(fault.to);
          expect(fault.to).toBeLessThanOrEqual(options.timeLimitSeconds + 0.0005);
        }
        const begins = faults.map(({ from }) => from);
        expect(begins).toEqual(begins.toSorted((a, b) => a - b));
      }),
    );
  });

  it("should let Maelstrom's partitions begin at once, and take turns with quiet times", () => {
    const maelstroms = {
      kinds: ['partition' as const],
      intervalSeconds: MAELSTROMS_INTERVAL_SECONDS,
    };
    fc.assert(
      fc.property(drawing, (options) => {
        const faults = schedule({ ...options, ...maelstroms });
        expect(faults[0]?.from).toBe(0);
        const gaps = gapsIn(faults);
        expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...gaps)).toBeLessThan(2 * MAELSTROMS_INTERVAL_SECONDS + 0.002);
      }),
    );
  });

  it('should let all others begin after some load, last for some time, and strike in short tests, too', () => {
    fc.assert(
      fc.property(drawing, (options) => {
        const interval = Math.min(options.intervalSeconds, options.timeLimitSeconds / 4);
        fc.pre(options.intervalSeconds !== MAELSTROMS_INTERVAL_SECONDS);
        for (const kind of options.kinds) {
          const own = schedule(options).filter((fault) => fault.kind === kind);
          expect(own[0]?.from).toBeGreaterThan(interval / 4 - 0.002);
          const whole = gapsIn(own).slice(0, -1); // the time limit ends the last one
          expect(whole.length).toBeGreaterThanOrEqual(1);
          expect(Math.min(...whole)).toBeGreaterThan(interval / 2 - 0.002);
          expect(Math.max(...whole)).toBeLessThan(interval * 1.5 + 0.002);
        }
      }),
    );
  });

  it('should space begin and end by the interval on average', () => {
    const times = schedule({ ...minute, kinds: ['loss'], timeLimitSeconds: 20_000 });
    expect(Math.abs(times.length - 2000)).toBeLessThan(100);
    const lasted = times.reduce((sum, { from, to }) => sum + to - from, 0);
    expect(Math.abs(lasted / times.length - 5)).toBeLessThan(0.3);
  });

  it('should draw the same from the same seed, and something else from another', () => {
    expect(schedule(minute)).toEqual(schedule(minute));
    expect(schedule({ ...minute, seed: 2 })).not.toEqual(schedule(minute));
  });

  it('should draw each kind without regard to the others', () => {
    fc.assert(
      fc.property(drawing, (options) => {
        const all = schedule({ ...options, kinds: faultKinds });
        const some = schedule(options);
        expect(some).toEqual(all.filter(({ kind }) => options.kinds.includes(kind)));
      }),
    );
  });

  it('should go on from where it was when there is more time', () => {
    const longer = schedule({ ...minute, timeLimitSeconds: 120 });
    const inTime = longer.filter(({ from }) => from < 60);
    expect(schedule(minute)).toEqual(
      inTime.map((fault) => ({ ...fault, to: Math.min(fault.to, 60) })),
    );
  });

  it('should name as many nodes as it is told, all of them when there are fewer', () => {
    const intensities = { ...defaultIntensities, kill: { nodeCount: 2 } };
    const draw = (nodes: string[]) =>
      drawSchedule({ ...minute, kinds: ['kill'], nodes, intensities }, Random.fromSeed(1));
    for (const fault of draw(['n0', 'n1', 'n2'])) {
      expect(new Set((fault as { nodes: string[] }).nodes).size).toBe(2);
    }
    for (const fault of draw(['n0'])) expect(fault).toMatchObject({ nodes: ['n0'] });
  });
});
