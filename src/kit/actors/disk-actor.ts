import type { ActorRef, ActorSystem, Snapshot } from 'xstate';
import type { Json } from '../../wire/message.ts';

/** What a node asks of its disk. All that one turn of its host's event loop asks is written at once. */
export type DiskRequest =
  /** Keep these after all that was kept before. */
  | { type: 'disk.append'; records: readonly Json[] }
  /** Keep this in place of all that was appended so far. */
  | { type: 'disk.snapshot'; snapshot: Json }
  /** This is the node's incarnation, once it is on disk. The kit asks so at `init`. */
  | { type: 'disk.start'; incarnation: number };

/** What the disk tells the node's machine. Times are those of `WireEvent`. */
export type DiskEvent =
  /**
   * So many of the records that were appended since `init` are on disk, counted from the first; and so
   * is this incarnation, if one was waiting to be.
   */
  | { type: 'disk.synced'; upTo: number; incarnation?: number; at: number }
  /** Nothing can be kept any more. Once the machine has taken this, its host ends the node. */
  | { type: 'disk.failed'; problem: string; at: number };

/** What a node finds on its disk when it is started. */
export interface Kept {
  /** The incarnation of its last start; 0 when there was none. */
  incarnation: number;
  /** What stands for all that was appended before `records`, if anything does. */
  snapshot?: Json;
  records: readonly Json[];
}

/**
 * The actor that stands for the node's disk, as the target of `sendTo`. Only a node that has one may
 * send to it: see `NodeContext.disk`.
 *
 * @example
 * sendTo(disk, ({ event }) => ({ type: 'disk.append', records: [event.body.message] }))
 */
export function disk({
  system,
}: {
  system: ActorSystem<any>;
}): ActorRef<Snapshot<unknown>, DiskRequest> {
  return system.get('disk');
}
