/** Where whoever loads a built node waits for what it would run. */
const RECEIVER = Symbol.for('maelstate.receiver');

const place = globalThis as { [RECEIVER]?: (node: unknown) => void };

/**
 * Loads a built node, which hands over what it would run when it is started as a process.
 *
 * @param load must load it before it returns
 * @returns nothing when what was loaded handed nothing over
 */
export function receiveNode(load: () => void): unknown {
  let received: unknown;
  place[RECEIVER] = (node) => {
    received = node;
  };
  try {
    load();
  } finally {
    delete place[RECEIVER];
  }
  return received;
}

/** Hands a node over to whoever loads it; says whether there was anybody. */
export function handOver(node: unknown): boolean {
  place[RECEIVER]?.(node);
  return place[RECEIVER] !== undefined;
}
