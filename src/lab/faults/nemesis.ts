import type { EndpointId } from '../../wire/message.ts';
import { type CheckResult, worstOf } from '../checkers/checker.ts';
import type { LabClock, Timer } from '../time-and-chance/clock.ts';
import type { Cluster } from '../run/cluster.ts';
import type { History } from '../history/history.ts';
import type { ServiceDesk } from '../services/service-desk.ts';
import type { SpreadTracker } from '../run/spread-tracker.ts';
import type { Stakes } from './stakes.ts';
import type { Fault, FaultKind } from './fault.ts';
import { type HardwareFaults, isHardwareFault } from './hardware-faults.ts';
import { isNetworkFault, type NetworkFaults } from './network-faults.ts';

export interface NemesisOptions {
  schedule: readonly Fault[];
  clock: LabClock;
  network: NetworkFaults;
  hardware: HardwareFaults;
  cluster: Cluster;
  services: ServiceDesk;
  history: History;
  /** Which nodes have something to lose. */
  stakes: Stakes;
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
  /** For each node that stands still or is down, whether that matters so far. */
  readonly #mattered = {
    pause: new Map<EndpointId, boolean>(),
    kill: new Map<EndpointId, boolean>(),
  };
  readonly #nodesStruck = { pause: 0, kill: 0, 'full-disk': 0 };
  /** The nodes that have stopped by themselves, for their disks are full. */
  readonly #stopped = new Set<EndpointId>();
  /** Nodes that stood still or were down with nothing to miss and nothing to lose. */
  readonly #struckInVain = { pause: 0, kill: 0 };

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
    this.#startStopped();
  }

  /** Takes note that a node was sent something that it did not get, or not at once. */
  readonly missed = (node: EndpointId): void => {
    for (const nodes of Object.values(this.#mattered)) {
      if (nodes.has(node)) nodes.set(node, true);
    }
  };

  /** Takes note that a node's disk was full, so that it has stopped: it is started when there is room. */
  readonly stopped = (node: EndpointId): void => {
    this.#nodesStruck['full-disk']++;
    this.#stopped.add(node);
    this.#after(0, () => this.#startStopped());
  };

  /**
   * What each kind of fault has struck: messages, or nodes that it mattered to. One that struck
   * nothing proves nothing.
   */
  result(): CheckResult {
    const { network, hardware, services } = this.#options;
    const counts: Record<FaultKind, number> = {
      ...network.struck,
      ...this.#nodesStruck,
      'service-pause': services.heldUp,
      ...hardware.struck,
    };
    const kinds = [...new Set(this.#options.schedule.map(({ kind }) => kind))];
    const struck = Object.fromEntries(kinds.map((kind) => [kind, counts[kind]]));
    return {
      'valid?': worstOf(kinds.map((kind) => (counts[kind] > 0 ? true : 'unknown'))),
      struck,
      'in-vain': Object.fromEntries(
        Object.entries(this.#struckInVain).filter(([, count]) => count > 0),
      ),
    };
  }

  #begin(fault: Fault): void {
    const { network, hardware, cluster, services } = this.#options;
    this.#record(`start-${fault.kind}`, shortOf(fault));
    this.#active.add(fault);
    if (isNetworkFault(fault)) network.begin(fault);
    if (isHardwareFault(fault)) hardware.begin(fault);
    if (fault.kind === 'pause') {
      for (const node of fault.nodes) {
        cluster.pause(node);
        if (!this.#mattered.pause.has(node)) this.#mattered.pause.set(node, false);
      }
    }
    if (fault.kind === 'service-pause') services.pause(fault.services);
    if (fault.kind === 'kill') for (const node of fault.nodes) this.#killWhenAllowed(fault, node);
    this.#record(`start-${fault.kind}`, outcomeOf(fault));
  }

  #end(fault: Fault): void {
    if (!this.#active.delete(fault)) return;
    const { network, hardware, cluster, services } = this.#options;
    this.#record(`stop-${fault.kind}`, null);
    if (isNetworkFault(fault)) network.end(fault);
    if (isHardwareFault(fault)) hardware.end(fault);
    if (fault.kind === 'service-pause') services.resume(fault.services);
    if (fault.kind === 'pause') {
      for (const node of fault.nodes) this.#count('pause', node);
      for (const node of this.#onlyStruckBy(fault)) {
        cluster.resume(node);
        this.#mattered.pause.delete(node);
      }
    }
    if (fault.kind === 'full-disk') this.#startStopped();
    for (const node of this.#killed.get(fault) ?? []) {
      this.#count('kill', node);
      this.#mattered.kill.delete(node);
      cluster.restart(node);
    }
    this.#killed.delete(fault);
    this.#record(
      `stop-${fault.kind}`,
      `${fault.kind === 'partition' ? 'network' : fault.kind}-healed`,
    );
  }

  /** Counts a node that has stood still or been down: it proves something, or nothing. */
  #count(kind: 'pause' | 'kill', node: EndpointId): void {
    const isStruck = this.#mattered[kind].get(node);
    (isStruck ? this.#nodesStruck : this.#struckInVain)[kind]++;
  }

  #killWhenAllowed(fault: Fault, node: EndpointId): void {
    if (!this.#active.has(fault) || this.#isDown(node)) return;
    const { cluster, spread, stakes } = this.#options;
    if (spread && !spread.isKnownElsewhere(node)) {
      this.#after(KILL_RETRY_MS, () => this.#killWhenAllowed(fault, node));
      return;
    }
    cluster.kill(node);
    spread?.forget(node);
    this.#killed.set(fault, [...(this.#killed.get(fault) ?? []), node]);
    this.#mattered.kill.set(node, stakes.has(node));
  }

  #startStopped(): void {
    const { cluster, hardware } = this.#options;
    for (const node of this.#stopped) {
      if (!hardware.hasRoom(node)) continue;
      this.#stopped.delete(node);
      cluster.restart(node);
    }
  }

  #isDown(node: EndpointId): boolean {
    if (this.#stopped.has(node)) return true;
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
