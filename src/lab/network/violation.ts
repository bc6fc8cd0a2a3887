import type { EndpointId } from '../../wire/message.ts';

/** A line on a node's stdout. */
export interface PrintedLine {
  /** Counted from 1. */
  number: number;
  text: string;
}

/** A node broke the rules: what it did, and what its author may want to look at. */
export interface Violation {
  node: EndpointId;
  /** What happened, in a sentence. */
  problem: string;
  /** The line that shows it, if the node printed one. */
  line?: PrintedLine;
  /** What the author may have meant, and what to do. */
  advice: string;
}
