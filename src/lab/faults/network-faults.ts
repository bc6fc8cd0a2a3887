import type { EndpointId } from '../../wire/message.ts';
import { isService } from '../services/services.ts';
import type { Random } from '../time-and-chance/random.ts';
import type { Fault, FaultOfKind, NamedMessage } from './fault.ts';

const networkKinds = [
  'partition',
  'one-way',
  'loss',
  'duplicate',
  'reorder',
  'slow',
  'service-slow',
] as const;

/** The faults that a network can have; nodes and what they run on have the others. */
export type NetworkFault = FaultOfKind<(typeof networkKinds)[number]>;

export function isNetworkFault(fault: Fault): fault is NetworkFault {
  return (networkKinds as readonly string[]).includes(fault.kind);
}

/** Told of a message that a fault has lost. */
export type OnLost = (fault: NetworkFault, message: NamedMessage) => void;

/** What becomes of a message on its way between two nodes. */
export interface Fate {
  isLost: boolean;
  /** How much longer it takes than the link's latency. */
  delayMs: number;
  /** How much later it comes a second time, if it does. */
  repeatAfterMs: number | undefined;
}

const unharmed: Fate = { isLost: false, delayMs: 0, repeatAfterMs: undefined };

/** The faults that the network has at the moment, and what they have done so far. */
export class NetworkFaults {
  /** How many messages each kind of fault has struck. */
  readonly struck: Record<NetworkFault['kind'], number> = {
    partition: 0,
    'one-way': 0,
    loss: 0,
    duplicate: 0,
    reorder: 0,
    slow: 0,
    'service-slow': 0,
  };
  readonly #active = new Set<NetworkFault>();
  /** For each loss that goes on, how many messages each link has carried since it began. */
  readonly #carried = new Map<NetworkFault, Map<string, number>>();
  readonly #random: Random;
  readonly #onLost: OnLost | undefined;

  /** @param onLost told of every message that is lost */
  constructor(random: Random, onLost?: OnLost) {
    this.#random = random;
    this.#onLost = onLost;
  }

  begin(fault: NetworkFault): void {
    this.#active.add(fault);
    if (fault.kind === 'loss') this.#carried.set(fault, new Map());
  }

  end(fault: NetworkFault): void {
    this.#active.delete(fault);
    this.#carried.delete(fault);
  }

  /** Decides what becomes of a message that is sent now. */
  draw(src: EndpointId, dest: EndpointId): Fate {
    if (this.#active.size === 0) return unharmed;
    const fate = { ...unharmed };
    const service = isService(src) ? src : isService(dest) ? dest : undefined;
    if (service) return this.#drawForService(service, fate);
    for (const fault of this.#active) {
      if (this.#strikes(fault, src, dest)) this.#apply(fault, fate);
    }
    return fate;
  }

  /** Only faults of its own strike a service. */
  #drawForService(service: EndpointId, fate: Fate): Fate {
    for (const fault of this.#active) {
      if (fault.kind === 'service-slow' && fault.services.includes(service))
        this.#apply(fault, fate);
    }
    return fate;
  }

  /** Whether a message that has come to its receiver is dropped there, because the link is cut. */
  cuts(src: EndpointId, dest: EndpointId): boolean {
    if (isService(src) || isService(dest)) return false;
    for (const fault of this.#active) {
      if (fault.kind !== 'partition' && fault.kind !== 'one-way') continue;
      if (!fault.cuts[dest]?.includes(src)) continue;
      this.struck[fault.kind]++;
      return true;
    }
    return false;
  }

  #strikes(fault: NetworkFault, src: EndpointId, dest: EndpointId): boolean {
    if (fault.kind === 'slow') return fault.nodes.includes(src) || fault.nodes.includes(dest);
    if (fault.kind === 'loss') return this.#loses(fault, src, dest);
    return 'probability' in fault && this.#random.below(1) < fault.probability;
  }

  #loses(fault: FaultOfKind<'loss'>, src: EndpointId, dest: EndpointId): boolean {
    const link = `${src} ${dest}`;
    const carried = this.#carried.get(fault);
    const nth = (carried?.get(link) ?? 0) + 1;
    carried?.set(link, nth);
    const { probability, messages } = fault;
    const isLost = messages
      ? messages.some((named) => named.src === src && named.dest === dest && named.nth === nth)
      : this.#random.below(1) < (probability ?? 0);
    if (isLost) this.#onLost?.(fault, { src, dest, nth });
    return isLost;
  }

  #apply(fault: NetworkFault, fate: Fate): void {
    this.struck[fault.kind]++;
    if (fault.kind === 'loss') fate.isLost = true;
    if (fault.kind === 'duplicate') fate.repeatAfterMs = this.#random.below(fault.delayMs);
    if (fault.kind === 'reorder') fate.delayMs += this.#random.below(fault.delayMs);
    if (fault.kind === 'slow' || fault.kind === 'service-slow') fate.delayMs += fault.delayMs;
  }
}
