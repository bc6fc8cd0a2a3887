/** The part of the outbox that a clock needs to know. */
interface Gate {
  onceDrained(callback: () => void): void;
}

interface Timer {
  handle: NodeJS.Timeout;
  cleared: boolean;
}

/**
 * The clock of a node on a wire: a timer that comes due while the output is full waits until there
 * is room. So a reader that stops reading stops the node, timers included, and no gossip piles up.
 */
export function createHeldClock(gate: Gate) {
  return {
    setTimeout(callback: () => void, delayMs: number): Timer {
      const fire = () => {
        if (!timer.cleared) callback();
      };
      const timer: Timer = {
        handle: setTimeout(() => gate.onceDrained(fire), delayMs),
        cleared: false,
      };
      return timer;
    },
    clearTimeout(timer: Timer): void {
      timer.cleared = true;
      clearTimeout(timer.handle);
    },
  };
}
