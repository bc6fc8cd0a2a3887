import type { EndpointId } from '../../wire/message.ts';
import type { Random } from '../time-and-chance/random.ts';
import { type Fault, type FaultKind, faultKinds } from './fault.ts';
import { serviceNames } from '../services/services.ts';
import { drawOneWay, drawPartition } from './partition-shapes.ts';

/** How hard faults strike, by kind. */
export interface FaultIntensities {
  /** The part of all messages that is lost, from 0 to 1. */
  loss: { probability: number };
  /** The part of all messages that comes twice, and how much later at most. */
  duplicate: { probability: number; delayMs: number };
  /** The part of all messages that is held up, and for how long at most. */
  reorder: { probability: number; delayMs: number };
  /** How many nodes are slow at a time, and how much longer their messages take. */
  slow: { nodeCount: number; delayMs: number };
  /** How many nodes stand still at a time. */
  pause: { nodeCount: number };
  /** How many nodes are down at a time. */
  kill: { nodeCount: number };
  /** How much longer messages to and from services take. */
  serviceSlow: { delayMs: number };
  /** How many disks are slow at a time, and how much longer their syncs take. */
  slowDisk: { nodeCount: number; delayMs: number };
  /** How many disks are full at a time. */
  fullDisk: { nodeCount: number };
  /** How far clocks are wrong at most, in either direction. */
  clock: { skewMs: number };
}

export const defaultIntensities: FaultIntensities = {
  loss: { probability: 0.2 },
  duplicate: { probability: 0.2, delayMs: 500 },
  reorder: { probability: 0.2, delayMs: 500 },
  slow: { nodeCount: 1, delayMs: 500 },
  pause: { nodeCount: 1 },
  kill: { nodeCount: 1 },
  serviceSlow: { delayMs: 500 },
  slowDisk: { nodeCount: 1, delayMs: 500 },
  fullDisk: { nodeCount: 1 },
  clock: { skewMs: 60_000 },
};

export interface ScheduleOptions {
  kinds: readonly FaultKind[];
  nodes: EndpointId[];
  /** When the load ends, and with it every fault. */
  timeLimitSeconds: number;
  /** The mean time from the begin of a fault to its end, and on to the begin of the next. */
  intervalSeconds: number;
  intensities: FaultIntensities;
}

/** The interval of Maelstrom's nemesis, unless it is told otherwise. */
export const MAELSTROMS_INTERVAL_SECONDS = 10;

/** How many intervals there are in the time limit, at least: what strikes once may prove little. */
const LEAST_INTERVALS = 4;

/**
 * Draws when which faults strike. Faults of one kind begin and end in turn, each kind on its own,
 * whatever other kinds there are.
 *
 * Partitions at Maelstrom's interval come as its nemesis has them: spaced by uniformly random gaps
 * between 0 and twice the interval, the first at once. All others come when there is something to
 * lose, and last long enough to strike: the first after half an interval or so, spaced by gaps between
 * a half and one and a half, with an interval that fits the time limit.
 *
 * @returns the faults by the time they begin
 */
export function drawSchedule(options: ScheduleOptions, random: Random): Fault[] {
  const faults = faultKinds.flatMap((kind) => {
    const ownRandom = random.fork(); // forked for kinds that are not asked for, too
    return options.kinds.includes(kind) ? drawFaults(kind, options, ownRandom) : [];
  });
  return faults.toSorted((a, b) => a.from - b.from);
}

function drawFaults(kind: FaultKind, options: ScheduleOptions, random: Random): Fault[] {
  const { timeLimitSeconds } = options;
  const faults: Fault[] = [];
  const gap = gapsOf(kind, options, random);
  let from = gap.first();
  while (from < timeLimitSeconds) {
    const to = Math.min(from + gap.next(), timeLimitSeconds);
    faults.push(drawFault(kind, { from: toMs(from), to: toMs(to) }, options, random));
    from = to + gap.next();
  }
  return faults;
}

/** Draws how long it takes from a fault's end to the next one's begin, and from begin to end. */
function gapsOf(
  kind: FaultKind,
  { timeLimitSeconds, intervalSeconds }: ScheduleOptions,
  random: Random,
): { first: () => number; next: () => number } {
  if (kind === 'partition' && intervalSeconds === MAELSTROMS_INTERVAL_SECONDS) {
    return { first: () => 0, next: () => random.below(2 * intervalSeconds) };
  }
  const interval = Math.min(intervalSeconds, timeLimitSeconds / LEAST_INTERVALS);
  const around = (mean: number) => mean / 2 + random.below(mean);
  return { first: () => around(interval / 2), next: () => around(interval) };
}

/** Whole milliseconds, so that a saved schedule is easy to read and says it all. */
function toMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

function drawFault(
  kind: FaultKind,
  window: { from: number; to: number },
  { nodes, intensities }: ScheduleOptions,
  random: Random,
): Fault {
  const draw = (count: number) => random.shuffle(nodes).slice(0, count).toSorted();
  switch (kind) {
    case 'partition':
      return { kind, ...window, ...drawPartition(nodes, random) };
    case 'one-way':
      return { kind, ...window, ...drawOneWay(nodes, random) };
    case 'loss':
      return { kind, ...window, ...intensities.loss };
    case 'duplicate':
      return { kind, ...window, ...intensities.duplicate };
    case 'reorder':
      return { kind, ...window, ...intensities.reorder };
    case 'slow': {
      const { nodeCount, delayMs } = intensities.slow;
      return { kind, ...window, nodes: draw(nodeCount), delayMs };
    }
    case 'pause':
    case 'kill':
      return { kind, ...window, nodes: draw(intensities[kind].nodeCount) };
    // All of them: nodes ask one or two, and which is not for the nemesis to know.
    case 'service-pause':
      return { kind, ...window, services: [...serviceNames] };
    case 'service-slow':
      return { kind, ...window, services: [...serviceNames], ...intensities.serviceSlow };
    case 'slow-disk': {
      const { nodeCount, delayMs } = intensities.slowDisk;
      return { kind, ...window, nodes: draw(nodeCount), delayMs };
    }
    case 'full-disk':
      return { kind, ...window, nodes: draw(intensities.fullDisk.nodeCount) };
    // All of them: it strikes whichever is started meanwhile.
    case 'clock': {
      const { skewMs } = intensities.clock;
      return {
        kind,
        ...window,
        nodes: [...nodes],
        skewMs: Math.round(random.below(2 * skewMs) - skewMs),
      };
    }
  }
}
