import type { InspectionEvent } from 'xstate';
import type { Message } from '../wire/message.ts';

/** What the host of a node tells those who look on. */
export interface Inspection {
  /** Told of every inspection event of the node's actors, by XState. */
  observe(event: InspectionEvent): void;
  /** Told of every message that the node sends. */
  sent(message: Message): void;
  /** The node has ended. */
  stop(): void;
}
