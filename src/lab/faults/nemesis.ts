import type { EndpointId } from '../../wire/message.ts';
import { type CheckResult, worstOf } from '../checkers/checker.ts';
import type { LabClock, Timer } from '../time-and-chance/clock.ts';
import type { Cluster } from '../run/cluster.ts';
import type { History } from '../history/history.ts';
import type { ServiceDesk } from '../services/service-desk.ts';
import type { SpreadTracker } from '../run/spread-tracker.ts';
import type { Fault } from './fault.ts';
import { isNetworkFault, type NetworkFaults } from './network-faults.ts';

export interface NemesisOptions {
  schedule: readonly Fault[];
  clock: LabClock;
  network: NetworkFaults;
  cluster: Cluster;
  services: ServiceDesk;
  history: History;
  /** When given, a node's death is put off until some other node has all that it has. */
  spread?: SpreadTracker;
}

/** How long to wait before looking again whether a node may be killed. */
const KILL_RETRY_MS = 10;

/** Carries out a schedule of faults, writes it up in the history, and counts what it struck. */
export class Nemesis {
  readonly #options: NemesisOptions;
  readonly #active = new Set<Fault>();
  readonly #timers = new Set<Timer>();
  /** The nodes that each kill that goes on has really killed. */
  readonly #killed = new Map<Fault, EndpointId[]>();
  readonly #nodesStruck = { pause: 0, kill: 0 };

  constructor(options: NemesisOptions) {
    this.#options = options;
  }

  /** Lets the schedule begin now. */
  start(): void {
    for (const fault of this.#options.schedule) {
      this.#after(fault.from * 1000, () => this.#begin(fault));
      this.#after(fault.to * 1000, () => this.#end(fault));
    }
  }

  /** Ends whatever goes on, and begins nothing any more. */
  heal(): void {
    for (const timer of this.#timers) this.#options.clock.clearTimeout(timer);
    this.#timers.clear();
    for (const fault of this.#active) this.#end(fault);
  }

  /** What each kind of fault has struck: messages or nodes. One that struck nothing proves nothing. */
  result(): CheckResult {
    const { network, services } = this.#options;
    const counts = {
      ...network.struck,
      ...this.#nodesStruck,
      'service-pause': services.heldUp,
    };
    const kinds = [...new Set(this.#options.schedule.map(({ kind }) => kind))];
    const struck = Object.fromEntries(kinds.map((kind) => [kind, counts[kind]]));
    return {
      'valid?': worstOf(kinds.map((kind) => (counts[kind] > 0 ? true : 'unknown'))),
      struck,
    };
  }

  #begin(fault: Fault): void {
    const { network, cluster, services } = this.#options;
    this.#record(`start-${fault.kind}`, shortOf(fault));
    this.#active.add(fault);
    if (isNetworkFault(fault)) network.begin(fault);
    if (fault.kind === 'pause') {
      for (const node of fault.nodes) cluster.pause(node);
      this.#nodesStruck.pause += fault.nodes.length;
    }
    if (fault.kind === 'service-pause') services.pause(fault.services);
    if (fault.kind === 'kill') for (const node of fault.nodes) this.#killWhenAllowed(fault, node);
    this.#record(`start-${fault.kind}`, outcomeOf(fault));
  }

  #end(fault: Fault): void {
    if (!this.#active.delete(fault)) return;
    const { network, cluster, services } = this.#options;
    this.#record(`stop-${fault.kind}`, null);
    if (isNetworkFault(fault)) network.end(fault);
    if (fault.kind === 'service-pause') services.resume(fault.services);
    if (fault.kind === 'pause') {
      for (const node of this.#onlyStruckBy(fault)) cluster.resume(node);
    }
    for (const node of this.#killed.get(fault) ?? []) cluster.restart(node);
    this.#killed.delete(fault);
    this.#record(
      `stop-${fault.kind}`,
      `${fault.kind === 'partition' ? 'network' : fault.kind}-healed`,
    );
  }

  #killWhenAllowed(fault: Fault, node: EndpointId): void {
    if (!this.#active.has(fault) || this.#isDown(node)) return;
    const { cluster, spread } = this.#options;
    if (spread && !spread.isKnownElsewhere(node)) {
      this.#after(KILL_RETRY_MS, () => this.#killWhenAllowed(fault, node));
      return;
    }
    cluster.kill(node);
    spread?.forget(node);
    this.#killed.set(fault, [...(this.#killed.get(fault) ?? []), node]);
    this.#nodesStruck.kill++;
  }

  #isDown(node: EndpointId): boolean {
    return [...this.#killed.values()].some((nodes) => nodes.includes(node));
  }

  /** The nodes of a pause that has ended which no other pause keeps still. */
  #onlyStruckBy(fault: Extract<Fault, { kind: 'pause' }>): EndpointId[] {
    const others = [...this.#active].filter(({ kind }) => kind === 'pause') as (typeof fault)[];
    return fault.nodes.filter((node) => !others.some(({ nodes }) => nodes.includes(node)));
  }

  #after(delayMs: number, callback: () => void): void {
    const timer = this.#options.clock.setTimeout(() => {
      this.#timers.delete(timer);
      callback();
    }, delayMs);
    this.#timers.add(timer);
  }

  #record(f: string, value: unknown): void {
    this.#options.history.record({ type: 'info', process: 'nemesis', f, value });
  }
}

/** What is about to begin, as Maelstrom's history says it. */
function shortOf(fault: Fault): string {
  return 'shape' in fault ? fault.shape : fault.kind;
}

/** What has begun. Jepsen calls the nodes that a node no longer hears isolated from it. */
function outcomeOf(fault: Fault): unknown {
  if ('cuts' in fault) return ['isolated', fault.cuts];
  const { kind: _kind, from: _from, to: _to, ...details } = fault;
  return details;
}
