/** A machine that draws within so many milliseconds keeps up with a screen of 60 pictures a second. */
const FRAME_BUDGET_MS = 20;

/**
 * Calls something in animation frames to come: in every frame where pictures are drawn as fast as the
 * screen shows them. Where drawing takes longer, it rests as long as it drew, for the nodes that are
 * looked at may need the same processor.
 */
export class Pace {
  readonly #act: () => void;
  #request = 0;
  #restUntil = 0;

  constructor(act: () => void) {
    this.#act = act;
  }

  /** Asks for one call, however often it is asked before that. */
  ask(): void {
    this.#request ||= requestAnimationFrame(this.#onFrame);
  }

  stop(): void {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
  }

  readonly #onFrame = (now: number): void => {
    this.#request = 0;
    if (now < this.#restUntil) return this.ask();
    requestAnimationFrame((next) => {
      const took = next - now;
      if (took > FRAME_BUDGET_MS) this.#restUntil = next + took;
    });
    this.#act();
  };
}
