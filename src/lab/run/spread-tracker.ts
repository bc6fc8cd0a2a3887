import type { EndpointId } from '../../wire/message.ts';
import type { HistoryEvent } from '../history/history.ts';
import { isClient, type Journal, type Parcel } from '../network/network.ts';

/**
 * Watches which nodes have heard which values: whatever stands in a list, or as `message`, in what
 * reaches a node counts as heard, whatever the protocol. Values are those that clients broadcast.
 */
export class SpreadTracker implements Journal {
  /** For every value that was broadcast, who has it. */
  readonly #holders = new Map<unknown, Set<EndpointId>>();
  /** By node the values that only it has. */
  readonly #unspread = new Map<EndpointId, Set<unknown>>();
  /** Nodes that have lost their memory and not had an `init` since: what they hear is lost, too. */
  readonly #deaf = new Set<EndpointId>();

  add({ type, f, value }: HistoryEvent): void {
    if (f === 'broadcast' && type === 'invoke') this.#holders.set(value, new Set());
  }

  sent(): void {}

  received({ dest, body }: Parcel): void {
    // Though it were paused, it takes in what follows after the init.
    if (body.type === 'init') this.#deaf.delete(dest);
    if (isClient(dest) || this.#deaf.has(dest)) return;
    for (const value of valuesIn(body)) this.#hear(dest, value);
  }

  /** Whether every value that a node has is at some other node as well. */
  isKnownElsewhere(node: EndpointId): boolean {
    return (this.#unspread.get(node)?.size ?? 0) === 0;
  }

  /** Takes note that a node has lost its memory. */
  forget(node: EndpointId): void {
    this.#deaf.add(node);
    this.#unspread.delete(node);
    for (const [value, holders] of this.#holders) {
      if (!holders.delete(node) || holders.size !== 1) continue;
      const [last] = holders;
      this.#unspreadOf(last as EndpointId).add(value);
    }
  }

  #hear(node: EndpointId, value: unknown): void {
    const holders = this.#holders.get(value);
    if (!holders || holders.has(node)) return;
    const [first] = holders;
    if (holders.size === 0) this.#unspreadOf(node).add(value);
    if (holders.size === 1 && first) this.#unspreadOf(first).delete(value);
    holders.add(node);
  }

  #unspreadOf(node: EndpointId): Set<unknown> {
    const values = this.#unspread.get(node) ?? new Set();
    this.#unspread.set(node, values);
    return values;
  }
}

/** All that stands in a list or under `message` in a message's body, at any depth. */
export function valuesIn(part: unknown): readonly unknown[] {
  if (!isCompound(part)) return [];
  if (Array.isArray(part)) {
    return part.some(isCompound) ? part.flatMap((inner) => [inner, ...valuesIn(inner)]) : part;
  }
  const found: (readonly unknown[])[] = [];
  for (const key in part) {
    const inner = (part as Record<string, unknown>)[key];
    if (key === 'message') found.push([inner]);
    if (isCompound(inner)) found.push(valuesIn(inner));
  }
  return found.length === 1 ? (found[0] as unknown[]) : found.flat(); // most hold one list
}

function isCompound(part: unknown): part is object {
  return typeof part === 'object' && part !== null;
}
