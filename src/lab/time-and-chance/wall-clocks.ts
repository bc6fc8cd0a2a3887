import type { EndpointId } from '../../wire/message.ts';

/**
 * How wrong the nodes' clocks are. A node looks at its clock when it is started, and counts from there:
 * what becomes of the clock later strikes only its next start.
 */
export class WallClocks {
  readonly #skews = new Map<EndpointId, number>();
  #misled = 0;

  /** How many starts had a clock that was wrong. */
  get misled(): number {
    return this.#misled;
  }

  /** From now on, a node's clock is wrong by so much. */
  skew(node: EndpointId, skewMs: number): void {
    this.#skews.set(node, skewMs);
  }

  /**
   * What a start of a node is to add to the true time. No clock is set to a time before 1970, which is
   * where one without a battery begins whenever it has lost power.
   *
   * @param nowMs the true time, in milliseconds
   */
  skewOfStart(node: EndpointId, nowMs: number): number {
    const skewMs = Math.max(-nowMs, this.#skews.get(node) ?? 0);
    if (skewMs !== 0) this.#misled++;
    return skewMs;
  }
}
