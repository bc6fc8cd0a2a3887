import { type ActorRefFrom, createActor, fromCallback } from 'xstate';
import type { EndpointId } from '../../wire/message.ts';
import type { Checker, CheckResult } from '../checkers/checker.ts';
import { NetStats } from '../checkers/net-stats.ts';
import { Clients } from './clients/client.ts';
import { type LabClock, type Nanoseconds, NANOSECONDS_PER_MS } from '../time-and-chance/clock.ts';
import { type Hardware, HardwareFaults } from '../faults/hardware-faults.ts';
import { counted } from '../terminal/rows/rows.ts';
import { Cluster, violationOfDemand } from './cluster.ts';
import { Stakes } from '../faults/stakes.ts';
import { Nemesis } from '../faults/nemesis.ts';
import type { OnLost } from '../faults/network-faults.ts';
import { History, type HistoryEvent } from '../history/history.ts';
import type { Host } from '../hosts/host.ts';
import { conclude } from './conclude.ts';
import { createJudges } from './judges.ts';
import { type Load, PlannedLoad, RandomLoad } from './clients/load.ts';
import { type Journal, Network } from '../network/network.ts';
import type { Random } from '../time-and-chance/random.ts';
import { ServiceDesk } from '../services/service-desk.ts';
import { SpreadTracker } from './spread-tracker.ts';
import { DEFAULT_QUIET_SECONDS, type TestLifeEvent, testLifeMachine } from './test-life.ts';
import type { TestOptions } from './test-options.ts';
import { buildTopology, type Topology } from '../network/topologies.ts';
import type { Violation } from '../network/violation.ts';
import { REPLY_TIMEOUT_MS, Worker } from './clients/worker.ts';
import { FinalPhase } from './clients/final-phase.ts';
import type { OperationSource } from '../workloads/workload.ts';

/** What a test runs on, and who hears of it. */
export interface TestSurroundings {
  clock: LabClock;
  random: Random;
  host: Host;
  onEvent: (event: HistoryEvent) => void;
  journals: readonly Journal[];
  /** The disks and clocks that faults can strike, if there are any. */
  hardware?: Hardware;
  /** Told of the messages that faults lose. */
  onLost?: OnLost | undefined;
}

/** What came of a test. */
export interface TestOutcome {
  /** Whether it ran to its end, a node broke the rules, or somebody stopped it. */
  end: 'completed' | 'failed' | 'interrupted';
  violation: Violation | null;
  /** Why it was stopped before its time, if not by a person. */
  reason: string | null;
  /** When the load began, by the clock: the history counts from then on. */
  loadBeganAt: Nanoseconds;
  /** How many operations a second there were, as long as the load went on. */
  pace?: number;
  /** By checker, and `valid?`. */
  results: CheckResult;
}

/** Where a running test stands. */
export interface TestProgress {
  phase: string;
  /** What has been done so far, in the workload's own words: `310 ids, 62 a second`. */
  done: string;
  serverMessages: number;
}

const NANOSECONDS_PER_SECOND = 1000 * NANOSECONDS_PER_MS;

type SendBack = (event: TestLifeEvent) => void;

/** One test: launches nodes, asks them what the workload says, and judges what they answer. */
export class TestRun {
  readonly #options: TestOptions;
  readonly #surroundings: TestSurroundings;
  readonly #nodeIds: EndpointId[];
  readonly #topology: Topology;
  readonly #workers: Worker[] = [];
  readonly #netStats = new NetStats();
  readonly #checkers: Record<string, Checker>;
  readonly #history: History;
  readonly #clients: Clients;
  readonly #cluster: Cluster;
  readonly #nemesis: Nemesis;
  readonly #life: ActorRefFrom<typeof testLifeMachine>;
  #source: OperationSource | undefined;
  #operations = 0;
  /** Once the load is over. */
  #pace: number | undefined;
  #onOperationEnd: () => void = () => {};

  /** @param onEnd called once, when every node has been stopped */
  constructor(
    options: TestOptions,
    surroundings: TestSurroundings,
    onEnd: (outcome: TestOutcome) => void,
  ) {
    this.#options = options;
    this.#surroundings = surroundings;
    const { clock, random, host, onEvent, journals } = surroundings;
    const { workload, latency, schedule } = options;
    this.#nodeIds = Array.from({ length: options.nodeCount }, (_, index) => `n${index}`);
    this.#topology = buildTopology(options.topology, this.#nodeIds);
    this.#checkers = {
      ...createJudges(workload, options.settings, options.availability),
      net: this.#netStats,
    };
    const spread = options.killOnlySpread ? new SpreadTracker() : undefined;
    const listeners = [...Object.values(this.#checkers), ...(spread ? [spread] : [])];
    const stakes = new Stakes(options);
    this.#history = new History(clock, [
      stakes.add,
      ...listeners.map((l) => l.add.bind(l)),
      (event) => this.#source?.observe?.(event),
      onEvent,
    ]);
    const network = new Network({
      clock,
      random: random.fork(),
      latency,
      journals: [this.#netStats, ...(spread ? [spread] : []), ...journals],
      onLost: surroundings.onLost,
      onDropped: ({ dest }) => this.#nemesis.missed(dest),
    });
    const services = new ServiceDesk(network, clock, random.aside());
    this.#clients = new Clients(network, clock);
    this.#cluster = new Cluster({
      nodeIds: this.#nodeIds,
      workload,
      topology: this.#topology,
      host,
      network,
      clients: this.#clients,
      onViolation: (violation) => this.#life.send({ type: 'violation', violation }),
      onMissed: (id) => this.#nemesis.missed(id),
      onStopped: (id) => this.#nemesis.stopped(id),
    });
    this.#nemesis = new Nemesis({
      schedule,
      clock,
      network: network.faults,
      hardware: new HardwareFaults(surroundings.hardware ?? {}),
      cluster: this.#cluster,
      services,
      history: this.#history,
      stakes,
      ...(spread && { spread }),
    });
    this.#life = createActor(this.#createLife(), { clock });
    this.#life.subscribe({ complete: () => onEnd(this.#conclude()) });
  }

  start(): void {
    this.#life.start();
  }

  /** Stops the test before its time, for a reason that the outcome repeats. */
  interrupt(reason?: string): void {
    this.#life.send({ type: 'interrupt', ...(reason && { reason }) });
  }

  get progress(): TestProgress {
    return {
      phase: this.#life.getSnapshot().value,
      done: this.#describeDone(),
      serverMessages: this.#netStats.serverMessages,
    };
  }

  #describeDone(): string {
    const count = counted(this.#operations, this.#options.workload.noun);
    if (!this.#source) return count;
    const pace = this.#pace ?? this.#paceSoFar();
    const more = this.#source.describeDone?.();
    return `${count}, ${pace.toFixed(0)} a second${more ? `, ${more}` : ''}`;
  }

  #createLife() {
    const { timeLimitSeconds, quietSeconds = DEFAULT_QUIET_SECONDS, workload } = this.#options;
    return testLifeMachine.provide({
      actors: {
        launchNodes: phase((done) => this.#cluster.launch(done)),
        setUp: phase((done, sendBack) => this.#setUp(done, sendBack)),
        applyLoad: phase(() => this.#applyLoad()),
        awaitReplies: phase((done) => this.#awaitReplies(done)),
        performFinalOperations: phase((done) => this.#performFinalOperations(done).stop),
      },
      delays: { timeLimit: timeLimitSeconds * 1000, quietTime: quietSeconds * 1000 },
      guards: { hasFinalOperations: () => workload.hasFinalOperations },
    });
  }

  #setUp(done: () => void, sendBack: SendBack): void {
    const { workerCount, workload, latency } = this.#options;
    for (let process = 0; process < workerCount; process++) {
      const worker = new Worker({
        process,
        node: this.#nodeIds[process % this.#nodeIds.length] as EndpointId,
        workload,
        patienceMs: workload.patienceMs?.(latency.mean) ?? REPLY_TIMEOUT_MS,
        history: this.#history,
        createClient: () => this.#clients.create(),
        nextProcess: (old) => old + workerCount,
      });
      this.#workers.push(worker);
    }
    if (!workload.setUp) return done();
    const oneDone = countdown(this.#workers.length, done);
    for (const worker of this.#workers) {
      const request = workload.setUp(worker.node, this.#topology);
      worker.ask(request, (reply) => {
        const violation = violationOfDemand(worker.node, request, reply, REPLY_TIMEOUT_MS);
        if (violation) sendBack({ type: 'violation', violation });
        else oneDone();
      });
    }
  }

  #applyLoad(): () => void {
    this.#history.begin();
    for (const journal of this.#surroundings.journals) journal.loadBegan?.(this.#history.zero);
    this.#nemesis.start();
    const load = this.#createLoad();
    return () => {
      load.stop();
      this.#nemesis.heal();
      this.#pace = this.#paceSoFar();
    };
  }

  /** How many operations a second have ended since the load began. */
  #paceSoFar(): number {
    const seconds = (this.#surroundings.clock.now() - this.#history.zero) / NANOSECONDS_PER_SECOND;
    return seconds > 0 ? this.#operations / seconds : 0;
  }

  #createLoad(): Load {
    const { clock, random } = this.#surroundings;
    const { rate, workload, operations, nodeCount, workerCount, settings } = this.#options;
    const workers = this.#workers;
    const onOperationEnd = () => {
      this.#operations++;
      this.#onOperationEnd();
    };
    const context = { random: random.fork(), nodeCount, workerCount, settings };
    const source = workload.createSource(context);
    this.#source = source;
    if (operations) return new PlannedLoad({ clock, workers, operations, onOperationEnd });
    return new RandomLoad({ clock, random: random.fork(), workers, rate, source, onOperationEnd });
  }

  #awaitReplies(done: () => void): void {
    const open = this.#workers.filter(({ busy }) => busy).length;
    if (open === 0) return done();
    this.#onOperationEnd = countdown(open, done);
  }

  #performFinalOperations(done: () => void): FinalPhase {
    return new FinalPhase({
      clock: this.#surroundings.clock,
      workers: this.#workers,
      source: this.#source as OperationSource,
      onOperationEnd: () => this.#operations++,
      done,
    });
  }

  #conclude(): TestOutcome {
    this.#cluster.stop();
    this.#clients.leaveAll();
    const { value, context } = this.#life.getSnapshot();
    const end = value as TestOutcome['end'];
    const { violation, reason } = context;
    return {
      end,
      violation,
      reason,
      loadBeganAt: this.#history.zero,
      ...(this.#pace !== undefined && { pace: this.#pace }),
      results: this.#judge(end, violation),
    };
  }

  /** A test that was interrupted proves nothing: what looks lost may have been on its way. */
  #judge(end: TestOutcome['end'], violation: Violation | null): CheckResult {
    const results: Record<string, CheckResult> = Object.fromEntries(
      Object.entries(this.#checkers).map(([name, checker]) => [name, checker.result()]),
    );
    if (this.#options.schedule.length > 0) results.nemesis = this.#nemesis.result();
    const { reason } = this.#life.getSnapshot().context;
    if (end === 'interrupted') return conclude(results, reason ?? 'interrupted before its end');
    const concluded = conclude(results);
    return violation ? { ...concluded, 'valid?': false, violation } : concluded;
  }
}

/** The actor of a phase: `run` starts it, and may return what stops it. */
function phase(run: (done: () => void, sendBack: SendBack) => void | (() => void)) {
  return fromCallback<TestLifeEvent>(({ sendBack }) =>
    run(() => sendBack({ type: 'phase.done' }), sendBack as SendBack),
  );
}

/** A function that calls `done` when it has been called `count` times. */
function countdown(count: number, done: () => void): () => void {
  let left = count;
  return () => {
    if (--left === 0) done();
  };
}
