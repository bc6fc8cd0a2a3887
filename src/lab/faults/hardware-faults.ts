import type { EndpointId } from '../../wire/message.ts';
import type { SimulatedDisks } from '../disks/simulated-disks.ts';
import type { WallClocks } from '../time-and-chance/wall-clocks.ts';
import { type Fault, type FaultOfKind, simulatedFaultKinds } from './fault.ts';

/** The faults of what nodes run on. */
export type HardwareFault = FaultOfKind<'slow-disk' | 'full-disk' | 'clock'>;

export function isHardwareFault(fault: Fault): fault is HardwareFault {
  return simulatedFaultKinds.includes(fault.kind);
}

/** What the faults of hardware strike. What is simulated has it, and nothing else. */
export interface Hardware {
  disks?: SimulatedDisks | undefined;
  wallClocks?: WallClocks | undefined;
}

/** The faults that disks and clocks have at the moment, and what they have done so far. */
export class HardwareFaults {
  readonly #hardware: Hardware;
  readonly #active = new Set<HardwareFault>();

  constructor(hardware: Hardware) {
    this.#hardware = hardware;
  }

  /** How many syncs took longer, and how many starts had a clock that was wrong. */
  get struck(): Record<'slow-disk' | 'clock', number> {
    const { disks, wallClocks } = this.#hardware;
    return { 'slow-disk': disks?.slowed ?? 0, clock: wallClocks?.misled ?? 0 };
  }

  begin(fault: HardwareFault): void {
    this.#active.add(fault);
    for (const node of fault.nodes) this.#adjust(node);
  }

  end(fault: HardwareFault): void {
    this.#active.delete(fault);
    for (const node of fault.nodes) this.#adjust(node);
  }

  /** Whether a node's disk has room. */
  hasRoom(node: EndpointId): boolean {
    return !this.#strikingAt(node).some(({ kind }) => kind === 'full-disk');
  }

  /** Lets a node's disk and clock be as all that goes on says. */
  #adjust(node: EndpointId): void {
    const striking = this.#strikingAt(node);
    const total = (amounts: number[]) => amounts.reduce((sofar, amount) => sofar + amount, 0);
    const { disks, wallClocks } = this.#hardware;
    disks?.of(node).fill(!this.hasRoom(node));
    const delaysMs = striking.map((fault) => (fault.kind === 'slow-disk' ? fault.delayMs : 0));
    disks?.of(node).slowDown(total(delaysMs));
    const skewsMs = striking.map((fault) => (fault.kind === 'clock' ? fault.skewMs : 0));
    wallClocks?.skew(node, total(skewsMs));
  }

  #strikingAt(node: EndpointId): HardwareFault[] {
    return [...this.#active].filter(({ nodes }) => nodes.includes(node));
  }
}
