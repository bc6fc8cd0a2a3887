import type { EndpointId } from '../../wire/message.ts';
import { SimulatedDisk, type SimulatedDiskOptions } from './simulated-disk.ts';

/** The disks of all nodes in simulated time. */
export class SimulatedDisks {
  readonly #options: SimulatedDiskOptions;
  readonly #disks = new Map<EndpointId, SimulatedDisk>();
  #slowed = 0;

  constructor(options: SimulatedDiskOptions) {
    this.#options = { ...options, onSlowed: () => this.#slowed++ };
  }

  /** How many syncs took longer, for a disk was slowed down. */
  get slowed(): number {
    return this.#slowed;
  }

  /** The disk of a node: the same one, however often the node is started. */
  of(node: EndpointId): SimulatedDisk {
    const disk = this.#disks.get(node) ?? new SimulatedDisk(node, this.#options);
    this.#disks.set(node, disk);
    return disk;
  }
}
