import { createActor, fromCallback, type ActorRefFrom } from 'xstate';
import type { Body, EndpointId } from '../protocol/message.ts';
import { quote } from '../protocol/quote.ts';
import { AvailabilityChecker } from './checkers/availability.ts';
import { type Checker, type CheckResult, worstOf } from './checkers/checker.ts';
import { NetStats } from './checkers/net-stats.ts';
import { StatsChecker } from './checkers/stats.ts';
import { Client } from './client.ts';
import type { LabClock } from './clock.ts';
import type { Fault } from './fault.ts';
import { History, type HistoryEvent } from './history.ts';
import type { Host, HostedNode } from './hosts/host.ts';
import { Load } from './load.ts';
import { createMessageCheck } from './message-check.ts';
import { Network } from './network.ts';
import type { Random } from './random.ts';
import { testLifeMachine, type TestLifeEvent } from './test-life.ts';
import type { TestOptions } from './test-options.ts';
import { buildTopology } from './topologies.ts';
import { Worker } from './worker.ts';
import type { Operation } from './workloads/workload.ts';

/** How long a node may take to answer `init`, as Maelstrom allows. */
const INIT_TIMEOUT_MS = 10_000;

/** What a test runs on. */
export interface TestSurroundings {
  clock: LabClock;
  random: Random;
  host: Host;
  /** Told of every event of the history. */
  onEvent: (event: HistoryEvent) => void;
}

/** What came of a test. */
export interface TestOutcome {
  /** Whether it ran to its end, a node broke the rules, or somebody stopped it. */
  end: 'completed' | 'failed' | 'interrupted';
  fault: Fault | null;
  /** By checker, and `valid?`. */
  results: CheckResult;
}

/** Where a running test stands. */
export interface TestProgress {
  phase: string;
  operations: number;
  serverMessages: number;
}

type SendBack = (event: TestLifeEvent) => void;

/** One test: launches nodes, asks them what the workload says, and judges what they answer. */
export class TestRun {
  readonly #options: TestOptions;
  readonly #surroundings: TestSurroundings;
  readonly #nodeIds: EndpointId[];
  readonly #nodes: HostedNode[] = [];
  readonly #clients = new Map<EndpointId, Client>();
  readonly #workers: Worker[] = [];
  readonly #netStats = new NetStats();
  readonly #checkers: Record<string, Checker>;
  readonly #history: History;
  readonly #network: Network;
  readonly #life: ActorRefFrom<typeof testLifeMachine>;
  #clientCount = 0;
  #operations = 0;
  #onOperationEnd: () => void = () => {};

  /** @param onEnd called once, when every node has been stopped */
  constructor(
    options: TestOptions,
    surroundings: TestSurroundings,
    onEnd: (outcome: TestOutcome) => void,
  ) {
    this.#options = options;
    this.#surroundings = surroundings;
    const { clock, random, onEvent } = surroundings;
    const { workload, latency } = options;
    this.#nodeIds = Array.from({ length: options.nodeCount }, (_, index) => `n${index}`);
    this.#checkers = {
      stats: new StatsChecker(),
      availability: new AvailabilityChecker(options.availability),
      net: this.#netStats,
      workload: workload.createChecker(),
    };
    const checkers = Object.values(this.#checkers);
    this.#history = new History(clock, [...checkers.map((c) => c.add.bind(c)), onEvent]);
    this.#network = new Network({ clock, random: random.fork(), latency, journal: this.#netStats });
    this.#life = createActor(this.#createLife(), { clock });
    this.#life.subscribe({
      complete: () => {
        for (const node of this.#nodes) node.kill();
        for (const client of this.#clients.values()) client.leave();
        const { value, context } = this.#life.getSnapshot();
        onEnd({
          end: value as TestOutcome['end'],
          fault: context.fault,
          results: this.#judge(value as TestOutcome['end'], context.fault),
        });
      },
    });
  }

  start(): void {
    this.#life.start();
  }

  /** Stops the test before its time. */
  interrupt(): void {
    this.#life.send({ type: 'interrupt' });
  }

  get progress(): TestProgress {
    return {
      phase: this.#life.getSnapshot().value,
      operations: this.#operations,
      serverMessages: this.#netStats.serverMessages,
    };
  }

  #createLife() {
    const { timeLimitSeconds, workload } = this.#options;
    return testLifeMachine.provide({
      actors: {
        launchNodes: phase((done, sendBack) => this.#launchNodes(done, sendBack)),
        setUp: phase((done, sendBack) => this.#setUp(done, sendBack)),
        applyLoad: phase(() => this.#applyLoad()),
        awaitReplies: phase((done) => this.#awaitReplies(done)),
        performFinalOperations: phase((done) => this.#performFinalOperations(done)),
      },
      delays: { timeLimit: timeLimitSeconds * 1000 },
      guards: { hasFinalOperations: () => workload.finalOperation !== undefined },
    });
  }

  #createClient(): Client {
    const client = new Client(`c${this.#clientCount++}`, this.#network, this.#surroundings.clock);
    this.#clients.set(client.id, client);
    return client;
  }

  #launchNodes(done: () => void, sendBack: SendBack): void {
    const fail = (fault: Fault) => this.#life.send({ type: 'fault', fault });
    const check = createMessageCheck({
      replies: this.#options.workload.replies,
      isEndpoint: (id) => this.#network.knows(id),
      findRequest: (id, msgId) => this.#clients.get(id)?.findRequest(msgId),
    });
    for (const id of this.#nodeIds) {
      const node = this.#surroundings.host.launch(id, {
        onMessage: (sent, line) => {
          const checked = check(id, sent);
          if ('problem' in checked) fail({ node: id, ...(line && { line }), ...checked });
          else this.#network.send(id, checked.dest, checked.body);
        },
        onFault: fail,
      });
      this.#nodes.push(node);
      this.#network.attach(id, ({ src, body }) => node.deliver(src, body));
    }
    const allDone = countdown(this.#nodeIds.length, done);
    for (const id of this.#nodeIds) this.#initialise(id, allDone, sendBack);
  }

  #initialise(id: EndpointId, done: () => void, sendBack: SendBack): void {
    const client = this.#createClient();
    const body = { type: 'init', node_id: id, node_ids: this.#nodeIds };
    client.request(id, body, INIT_TIMEOUT_MS, (reply) => {
      client.leave();
      if (reply?.type === 'init_ok') done();
      else sendBack({ type: 'fault', fault: faultOfRequest(id, 'init', reply, INIT_TIMEOUT_MS) });
    });
  }

  #setUp(done: () => void, sendBack: SendBack): void {
    const { workerCount, workload, topology } = this.#options;
    const offered = buildTopology(topology, this.#nodeIds);
    for (let process = 0; process < workerCount; process++) {
      const worker = new Worker({
        process,
        node: this.#nodeIds[process % this.#nodeIds.length] as EndpointId,
        workload,
        history: this.#history,
        createClient: () => this.#createClient(),
        nextProcess: (old) => old + workerCount,
      });
      this.#workers.push(worker);
    }
    if (!workload.setUp) return done();
    const allDone = countdown(this.#workers.length, done);
    for (const worker of this.#workers) {
      const request = workload.setUp(worker.node, offered);
      worker.ask(request, (reply) => {
        if (reply && reply.type !== 'error') return allDone();
        sendBack({ type: 'fault', fault: faultOfRequest(worker.node, request.type, reply) });
      });
    }
  }

  #applyLoad(): () => void {
    const { clock, random } = this.#surroundings;
    const { rate, workload } = this.#options;
    this.#history.begin();
    const load = new Load({
      clock,
      random: random.fork(),
      workers: this.#workers,
      rate,
      nextOperation: workload.createLoad(random.fork()),
      onOperationEnd: () => {
        this.#operations++;
        this.#onOperationEnd();
      },
    });
    return () => load.stop();
  }

  #awaitReplies(done: () => void): void {
    const open = this.#workers.filter(({ busy }) => busy).length;
    if (open === 0) return done();
    this.#onOperationEnd = countdown(open, done);
  }

  #performFinalOperations(done: () => void): void {
    const operation = this.#options.workload.finalOperation as Operation;
    const oneDone = countdown(this.#workers.length, done);
    for (const worker of this.#workers) {
      worker.perform(operation, true, () => {
        this.#operations++;
        oneDone();
      });
    }
  }

  /** A test that was interrupted proves nothing: what looks lost may have been on its way. */
  #judge(end: TestOutcome['end'], fault: Fault | null): CheckResult {
    const results = Object.entries(this.#checkers).map(
      ([name, checker]) => [name, checker.result()] as const,
    );
    const verdicts = {
      completed: worstOf(results.map(([, result]) => result['valid?'])),
      failed: false,
      interrupted: 'unknown',
    } as const;
    return { 'valid?': verdicts[end], ...Object.fromEntries(results), ...(fault && { fault }) };
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

function faultOfRequest(
  node: EndpointId,
  request: string,
  reply: Body | undefined,
  timeoutMs = 5000,
): Fault {
  if (reply) {
    return {
      node,
      problem: `answered ${request} with an error: ${quote(reply)}`,
      advice: `A node must serve ${request} for a test to begin.`,
    };
  }
  return {
    node,
    problem: `did not answer ${request} within ${timeoutMs / 1000} s`,
    advice:
      `The reply is {"type": "${request}_ok", "in_reply_to": …}, on one line. ` +
      'Does the node flush its output, and read its input line by line rather than to the end?',
  };
}
