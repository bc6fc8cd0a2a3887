import type { HistoryEvent } from '../../../src/lab/history/history.ts';
import type { Host } from '../../../src/lab/hosts/host.ts';
import type { Parcel } from '../../../src/lab/network/network.ts';
import type { TestOptions } from '../../../src/lab/run/test-options.ts';
import { type TestOutcome, TestRun } from '../../../src/lab/run/test-run.ts';
import { Random } from '../../../src/lab/time-and-chance/random.ts';
import { SimulatedClock } from '../../../src/lab/time-and-chance/simulated-clock.ts';
import { answer, type Behaviour } from './plain-program.ts';

/** Runs all nodes as one function, which is handed whatever comes, replies of services included. */
function createPlainHost(behave: Behaviour): Host {
  return {
    launch: (id, { onMessage }) => ({
      deliver(src, body) {
        const sent = body.type === 'init' ? [answer(src, body)] : behave(id, src, body);
        for (const message of sent) onMessage({ src: id, ...message });
      },
      pause() {},
      resume() {},
      kill() {},
    }),
  };
}

/** A whole test of such nodes in simulated time, with all that could be seen of it. */
export function runPlain(options: TestOptions, behave: Behaviour, seed = 1) {
  const clock = new SimulatedClock();
  const history: HistoryEvent[] = [];
  const sent: Parcel[] = [];
  let outcome: TestOutcome | undefined;
  const surroundings = {
    clock,
    random: Random.fromSeed(seed),
    host: createPlainHost(behave),
    onEvent: (event: HistoryEvent) => void history.push(event),
    journals: [{ sent: (parcel: Parcel) => void sent.push(parcel), received: () => {} }],
  };
  const run = new TestRun(options, surroundings, (end) => {
    outcome = end;
  });
  run.start();
  while (outcome === undefined && clock.step()); // eslint-disable-line no-unmodified-loop-condition
  if (!outcome) throw new Error('the test came to no end');
  return { results: outcome.results as Record<string, any>, history, sent };
}
