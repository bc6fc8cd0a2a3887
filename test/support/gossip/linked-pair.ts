import { type ActorRefFrom, createActor, forwardTo, setup } from 'xstate';
import Schema from 'typebox/schema';
import { latencyOf, type Rhythm } from '../../../machines/gossip/link/timing.ts';
import type { Pulses } from '../../../machines/gossip/link/timed.ts';
import type { LinkInput, Relation } from '../../../machines/gossip/link/link-state.ts';
import { learn } from '../../../machines/gossip/node-state.ts';
import type { GossipTunables } from '../../../machines/gossip/tunables.ts';
import {
  createLinkMachine,
  type LinkEvent,
  type LinkReport,
} from '../../../machines/gossip/link/link.ts';
import { EntryLog } from '../../../machines/values/entry-log.ts';
import { NANOSECONDS_PER_MS } from '../../../src/lab/time-and-chance/clock.ts';
import { PausableClock } from '../../../src/lab/time-and-chance/pausable-clock.ts';
import { SimulatedClock } from '../../../src/lab/time-and-chance/simulated-clock.ts';
import { type DeltaBody, DeltaMessage } from '../../../machines/gossip/link/delta.ts';
import type { Json } from '../../../src/wire/message.ts';

/** What the network does to a message: after how many milliseconds copies arrive; none when lost. */
export type Fate = readonly number[];

/** How two nodes are related: each says what the other is to it, and whether it counts on it. */
export interface Kinship {
  relation: Relation;
  wants: boolean;
}

const validator = Schema.Compile(DeltaMessage);

/** The actor that stands for the node: it has one link, and hears what the link has to say. */
function createNode(
  tunables: GossipTunables,
  input: LinkInput,
  onReport: (report: LinkReport) => void,
) {
  return setup({
    types: { events: {} as LinkEvent | LinkReport },
    actors: { link: createLinkMachine(tunables) },
    actions: { note: ({ event }) => onReport(event as LinkReport) },
  }).createMachine({
    invoke: { id: 'link', src: 'link', input },
    on: { 'link.*': { actions: 'note' }, '*': { actions: forwardTo('link') } },
  });
}

/** One of two nodes: a log, and a link to the other. It does with its link what a node does. */
export class End {
  readonly id: string;
  log = EntryLog.empty;
  /** Whether the link has said that the other does not answer. */
  isSuspicious = false;
  /** What the link has reported, in order, since the node was first started. */
  readonly reports: LinkReport[] = [];
  readonly #pair: LinkedPair;
  readonly #peer: string;
  readonly #kinship: Kinship;
  #incarnation = 0;
  #clock!: PausableClock;
  #actor!: ActorRefFrom<ReturnType<typeof createNode>>;
  #promise: Rhythm | null = null;
  #hasHeard = false;

  constructor(pair: LinkedPair, id: string, peer: string, kinship: Kinship) {
    this.id = id;
    this.#pair = pair;
    this.#peer = peer;
    this.#kinship = kinship;
    this.#launch();
  }

  get values(): Json[] {
    return this.log.values.toJSON();
  }

  get link() {
    const { link } = this.#actor.getSnapshot().children;
    return (link as ActorRefFrom<ReturnType<typeof createLinkMachine>>).getSnapshot();
  }

  /** A client hands some values to the node. */
  broadcast(...values: number[]): void {
    this.#whenRunning((at) => {
      this.log = values.reduce(
        (log, value) => log.append(`${this.id}:${this.#incarnation}`, value, null),
        this.log,
      );
      this.#tell({ type: 'news', log: this.log, at, bornAt: at, ...this.#pulses });
    });
  }

  deliver(body: DeltaBody): void {
    this.#whenRunning((at) => {
      this.#hasHeard = true;
      this.log = learn(this.log, body, this.#peer);
      this.#tell({ type: 'heard', body, at, log: this.log, ...this.#pulses });
    });
  }

  sync(): void {
    this.#whenRunning((at) => this.#tell({ type: 'sync', at }));
  }

  want(wanted: boolean): void {
    this.#whenRunning((at) => this.#tell({ type: 'want', wanted, at }));
  }

  pause(): void {
    this.#clock.pause();
  }

  resume(): void {
    this.#clock.resume();
  }

  /** Kills the node and starts it again with empty memory. */
  restart(): void {
    this.#actor.stop();
    this.log = EntryLog.empty;
    this.isSuspicious = false;
    this.#promise = null;
    this.#hasHeard = false;
    this.#launch();
    const { relation } = this.#kinship;
    if (relation !== 'child') return this.sync();
    // A parent lets its children speak first.
    const clock = this.#clock;
    clock.setTimeout(() => {
      if (clock === this.#clock && !this.#hasHeard) this.sync();
    }, 1000);
  }

  get #pulses(): Pulses {
    const worstLatencyMs = latencyOf(this.link.context.timed.roundTrip, this.#pair.tunables);
    return { worstLatencyMs, promise: this.#promise, keepsRhythm: true };
  }

  #launch(): void {
    const { clock, tunables, now } = this.#pair;
    this.#incarnation = Math.max(Math.floor(now), this.#incarnation + 1);
    this.#clock = new PausableClock(clock);
    const incarnation = this.#incarnation;
    const input: LinkInput = {
      nodeId: this.id,
      id: incarnation,
      peer: this.#peer,
      relation: this.#kinship.relation,
      levelsBelow: this.#kinship.relation === 'parent' ? 0 : 1,
      height: 1,
      routeWaitMs: tunables.stalenessMs,
      log: this.log,
      now,
    };
    const machine = createNode(tunables, input, (report) => {
      if (incarnation === this.#incarnation) this.#note(report);
    });
    this.#actor = createActor(machine, { clock: this.#clock });
    this.#actor.start();
    if (this.#kinship.relation === 'route' && this.#kinship.wants) this.want(true);
  }

  #whenRunning(act: (at: number) => void): void {
    this.#clock.whenRunning(() => act(this.#pair.now));
  }

  #tell(event: LinkEvent): void {
    this.#actor.send(event);
  }

  #note(report: LinkReport): void {
    this.reports.push(report);
    if (report.type === 'link.suspected') this.isSuspicious = true;
    if (report.type === 'link.trusted') this.isSuspicious = false;
    if (report.type !== 'link.tell') return;
    const { next, period } = report.body;
    if (next !== undefined && period !== undefined) {
      this.#promise = { pulseAt: report.at + next, periodMs: period };
    }
    this.#pair.carry(this.id, report.body);
  }
}

/** Longer than any test: what is done so rarely is left out. */
const LONG_MS = 1e9;

/** Two nodes that are linked by a network that does to each message as it is told. */
export class LinkedPair {
  readonly clock = new SimulatedClock();
  readonly tunables: GossipTunables;
  readonly ends: readonly [End, End];
  /** All that was sent. */
  readonly sent: { src: string; body: DeltaBody; at: number }[] = [];
  readonly #fateOf: (src: string) => Fate;
  readonly #alter: (body: DeltaBody) => DeltaBody;

  /** @param alter what becomes of a message before it is sent: a bug to plant */
  constructor(
    tunables: GossipTunables,
    [first, second]: readonly [Kinship, Kinship],
    fateOf: (src: string) => Fate,
    alter: (body: DeltaBody) => DeltaBody = (body) => body,
  ) {
    this.tunables = { ...tunables, maxSilenceMs: LONG_MS };
    this.#fateOf = fateOf;
    this.#alter = alter;
    this.ends = [new End(this, 'n0', 'n1', first), new End(this, 'n1', 'n0', second)];
  }

  /** Milliseconds since the beginning. */
  get now(): number {
    return this.clock.now() / NANOSECONDS_PER_MS;
  }

  /** Takes a message that a node sends over the network, as text. */
  carry(src: string, written: DeltaBody): void {
    const body = this.#alter(written);
    if (!validator.Check(body)) {
      throw new Error(`${src} sent what is no delta: ${JSON.stringify(body)}`);
    }
    this.sent.push({ src, body, at: this.now });
    const text = JSON.stringify(body);
    for (const delayMs of this.#fateOf(src)) {
      this.clock.setTimeout(() => this.#receiverOf(src).deliver(JSON.parse(text)), delayMs);
    }
  }

  /**
   * Goes on until nobody waits for anything.
   *
   * @returns when the two agreed for good, and when the last message was sent
   */
  settle(): { agreedAt: number; quietAt: number } {
    const lastStep = 5000;
    let agreedAt = this.now;
    const isOver = () => this.clock.nextDueAt > (LONG_MS / 2) * NANOSECONDS_PER_MS;
    for (let step = 0; !isOver() && this.clock.step(); step++) {
      if (!this.agrees) agreedAt = this.now;
      if (step > lastStep) throw new Error(`not silent after ${lastStep} steps`);
    }
    return { agreedAt, quietAt: this.sent.at(-1)?.at ?? 0 };
  }

  /** Whether both know the same values. */
  get agrees(): boolean {
    const [a, b] = this.ends.map(({ values }) => new Set(values));
    return a?.size === b?.size && [...(a ?? [])].every((value) => b?.has(value));
  }

  #receiverOf(src: string): End {
    return src === 'n0' ? this.ends[1] : this.ends[0];
  }
}
