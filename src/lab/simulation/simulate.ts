import type { Inspection } from '../../inspect/inspection.ts';
import type { NodeProgram } from '../../kit/define-node.ts';
import { NANOSECONDS_PER_MS } from '../time-and-chance/clock.ts';
import type { HistoryEvent } from '../history/history.ts';
import { SimulatedDisks } from '../disks/simulated-disks.ts';
import { MachineHost } from '../hosts/machine-host.ts';
import type { OnLost } from '../faults/network-faults.ts';
import type { Journal } from '../network/network.ts';
import { randomSources } from '../time-and-chance/random.ts';
import { DEFAULT_MAX_MESSAGES, RunawayGuard } from './runaway-guard.ts';
import { WallClocks } from '../time-and-chance/wall-clocks.ts';
import { SimulatedClock } from '../time-and-chance/simulated-clock.ts';
import type { TestOptions } from '../run/test-options.ts';
import { type TestOutcome, type TestProgress, TestRun } from '../run/test-run.ts';

export interface Simulation {
  options: TestOptions;
  /** What every node runs. */
  program: NodeProgram;
  /** Determines everything that is random: a 32-bit whole number. */
  seed: number;
  /** How many messages may be sent before the test is given up, undecided. */
  maxMessages?: number;
  /** Told of every event of the history. */
  onEvent?: (event: HistoryEvent) => void;
  journals?: readonly Journal[];
  /** Told of the messages that faults lose. */
  onLost?: OnLost;
  /** Told what nodes log. */
  onLog?: (node: string, text: string) => void;
  /** Lets somebody look into a node that is launched; `now` is the simulated time in milliseconds. */
  inspect?: (node: string, now: () => number) => Inspection;
}

/** What came of a test in simulated time. */
export interface SimulationOutcome extends TestOutcome {
  simulatedSeconds: number;
}

/**
 * A whole test in this process and in no time: the shipped machine on a simulated clock. The same
 * simulation has the same outcome, event by event, on any machine.
 */
export class SimulatedRun {
  readonly #clock = new SimulatedClock();
  readonly #run: TestRun;
  readonly #guard: RunawayGuard;
  #ended: TestOutcome | undefined;

  constructor({
    options,
    program,
    seed,
    maxMessages,
    onEvent,
    journals,
    onLost,
    onLog,
    inspect,
  }: Simulation) {
    this.#guard = new RunawayGuard(this.#clock, maxMessages ?? DEFAULT_MAX_MESSAGES, (reason) =>
      this.#run.interrupt(reason),
    );
    const { run, nodes, disks: nodeDisks } = randomSources(seed);
    const logging = onLog && { onLog };
    const { disk } = options;
    const disks =
      disk && new SimulatedDisks({ mode: disk, clock: this.#clock, random: nodeDisks, ...logging });
    const hardware = { disks, wallClocks: new WallClocks() };
    const host = new MachineHost({
      program,
      clock: this.#clock,
      random: nodes,
      hardware,
      ...logging,
      inspect: inspect && ((node) => inspect(node, () => this.#clock.now() / NANOSECONDS_PER_MS)),
    });
    const surroundings = {
      clock: this.#clock,
      random: run,
      host,
      onEvent: onEvent ?? (() => {}),
      onLost,
      hardware,
      journals: [this.#guard, ...(journals ?? [])],
    };
    this.#run = new TestRun(options, surroundings, (outcome) => {
      this.#ended = outcome;
    });
    this.#run.start();
  }

  /** What came of the test, once it has ended. */
  get outcome(): SimulationOutcome | undefined {
    return this.#ended && { ...this.#ended, simulatedSeconds: this.seconds };
  }

  /** Where it stands. */
  get progress(): TestProgress {
    return this.#run.progress;
  }

  /** How much simulated time has passed. */
  get seconds(): number {
    return this.#clock.now() / NANOSECONDS_PER_MS / 1000;
  }

  /** When something is due next, in simulated milliseconds. */
  get nextDueMs(): number {
    return this.#clock.nextDueAt / NANOSECONDS_PER_MS;
  }

  /** Goes on to what is due next. */
  step(): void {
    if (this.#clock.step()) this.#guard.timerFired();
    else if (!this.#ended) {
      throw new Error('the simulation has stopped: nothing is due, and the test goes on');
    }
  }

  /** Stops the test before its time. */
  interrupt(): void {
    this.#run.interrupt();
  }
}

/** How many steps of a simulation there are between looks at the clock on the wall. */
const STEPS_BETWEEN_LOOKS = 256;

/**
 * Simulates a test from begin to end.
 *
 * @param lookUp called every now and then; it may throw, and so give the test up
 */
export function simulate(simulation: Simulation, lookUp?: () => void): SimulationOutcome {
  const run = new SimulatedRun(simulation);
  let { outcome } = run;
  for (let steps = 1; !outcome; steps++) {
    run.step();
    if (steps % STEPS_BETWEEN_LOOKS === 0) lookUp?.();
    outcome = run.outcome;
  }
  return outcome;
}
