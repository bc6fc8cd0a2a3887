import type { Body, EndpointId } from '../../wire/message.ts';
import type { PrintedLine, Violation } from '../network/violation.ts';

/** A node that a host runs. */
export interface HostedNode {
  /** Hands a message to the node. */
  deliver(src: EndpointId, body: Body): void;
  /** Lets the node stand still: it does nothing and hears nothing until it is resumed. */
  pause(): void;
  resume(): void;
  /** Ends the node at once, whatever it is doing; nothing is heard of it any more. */
  kill(): void;
}

/** What a host tells of a node. */
export interface NodeCallbacks {
  /** The node sent this, as yet unchecked; `line` is where it printed it, if it prints. */
  onMessage(message: unknown, line?: PrintedLine): void;
  onViolation(violation: Violation): void;
  /** The node has stopped by itself, as it has to when its disk is full. */
  onStopped?(): void;
}

/** Runs nodes: as processes, or as actors in simulated time. */
export interface Host {
  launch(id: EndpointId, callbacks: NodeCallbacks): HostedNode;
}
