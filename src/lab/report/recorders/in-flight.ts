/** The values that a message brings to a node. */
export interface Delivery {
  node: number;
  news: readonly number[];
}

/**
 * Keeps what messages bring until they arrive. Those that never do would pile up, so the oldest are
 * given up when there is too much on its way.
 */
export class InFlight {
  readonly #deliveries = new Map<number, Delivery>();
  readonly #limit: number;
  #values = 0;

  /** @param limit how many values may be on their way */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(message: number, delivery: Delivery): void {
    this.#deliveries.set(message, delivery);
    this.#values += delivery.news.length;
    if (this.#values > this.#limit) this.#giveUpOldest();
  }

  /** What a message brings, the first time it arrives. */
  take(message: number): Delivery | undefined {
    const delivery = this.#deliveries.get(message);
    if (!delivery) return undefined;
    this.#deliveries.delete(message);
    this.#values -= delivery.news.length;
    return delivery;
  }

  #giveUpOldest(): void {
    for (const oldest of this.#deliveries.keys()) {
      if (this.#values <= this.#limit) return;
      this.take(oldest);
    }
  }
}
