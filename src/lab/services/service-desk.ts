import type { EndpointId } from '../../wire/message.ts';
import type { LabClock } from '../time-and-chance/clock.ts';
import { PausableClock } from '../time-and-chance/pausable-clock.ts';
import type { Network } from '../network/network.ts';
import type { Random } from '../time-and-chance/random.ts';
import { services } from './services.ts';

/** Runs the services of a test on its network. */
export class ServiceDesk {
  readonly #clocks = new Map<EndpointId, PausableClock>();
  /** The pauses that go on, by service. */
  readonly #pauses = new Map<EndpointId, number>();
  /** How many requests have had to wait for a service that stood still. */
  heldUp = 0;

  constructor(network: Network, clock: LabClock, random: Random) {
    for (const [name, createService] of Object.entries(services)) {
      const service = createService(random.fork());
      const ownClock = new PausableClock(clock);
      this.#clocks.set(name, ownClock);
      network.attach(name, ({ src, body }) => {
        if (this.#pauses.get(name)) this.heldUp++;
        ownClock.whenRunning(() => {
          const reply = service.serve(src, body);
          if (!reply || body.msg_id === undefined) return;
          network.send(name, src, { ...reply, in_reply_to: body.msg_id });
        });
      });
    }
  }

  /** Lets services stand still: what they are asked waits until nobody pauses them any more. */
  pause(names: readonly EndpointId[]): void {
    for (const name of names) {
      this.#pauses.set(name, (this.#pauses.get(name) ?? 0) + 1);
      this.#clocks.get(name)?.pause();
    }
  }

  resume(names: readonly EndpointId[]): void {
    for (const name of names) {
      const left = (this.#pauses.get(name) ?? 1) - 1;
      this.#pauses.set(name, left);
      if (left === 0) this.#clocks.get(name)?.resume();
    }
  }
}
