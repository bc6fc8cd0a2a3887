import type { Inspection } from '../inspect/inspection.ts';
import type { NodeProgram } from '../kit/define-node.ts';
import type { Store } from '../store/store.ts';
import type { DiskSurroundings } from './node-disk.ts';
import { createHeldClock } from './held-clock.ts';
import { createLog, type Log } from './log.ts';
import { NdjsonReader } from './ndjson-reader.ts';
import { NodeActor } from './node-actor.ts';
import { Outbox } from './outbox.ts';

/** The environment variable that gives a node the seed of its randomness: a 32-bit whole number. */
export const SEED_VARIABLE = 'MAELSTATE_SEED';

/**
 * Runs a machine as a Maelstrom node: messages come in on stdin, go out on stdout, and what people
 * should know goes to stderr. Returns at once; the process ends when the machine does.
 *
 * The machine gets its events from the actor it invokes as `wire`, and from its own timers. The
 * end of stdin, SIGTERM and SIGINT all end the input: what was read is answered first. A second
 * signal ends the process without waiting for whoever reads stdout.
 *
 * @param inspection told of what happens, if anybody looks on
 * @param createStore makes what keeps what the node stores, if it is to store anything
 */
export function runNode(
  program: NodeProgram,
  inspection?: Inspection,
  createStore?: (log: Log) => Store,
): void {
  const { stdin, stdout, stderr } = process;
  const log = createLog(stderr);
  const outbox = new Outbox(stdout);
  const reader = new NdjsonReader(stdin, log);
  const node = new NodeActor(program, {
    clock: createHeldClock(outbox),
    log,
    inspection,
    send: (message) => outbox.send(message),
    sendReply: (reply, msgId) => outbox.send(reply, msgId),
    drawSeed,
    disk: createStore && diskOf(createStore(log)),
    onWire: (isPlugged) => {
      if (!isPlugged) return reader.stop();
      reader.onReadable = pump;
      reader.onEnd = () => node.endInput();
    },
  });

  /** Takes in one line after the other, while there is room for what they lead to. */
  function pump(): void {
    while (!outbox.full && !node.full) {
      const line = reader.read();
      if (line === undefined) return;
      node.take(line, now());
    }
    outbox.onceDrained(() => node.onceRoom(pump));
  }

  function diskOf(store: Store): DiskSurroundings {
    return {
      store,
      soon: setImmediate,
      now,
      onFailure: (problem) => {
        log(`${problem}: this node stops`);
        process.exitCode = 1;
      },
    };
  }

  node.actor.subscribe({ complete: () => outbox.flush(() => inspection?.stop()) });
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Nobody listens any more: there is nobody left to complain to, either.
    if (error.code !== 'EPIPE') {
      log(`stdout cannot be written (${error.message}): this node stops`);
      process.exitCode = 1;
    }
    node.actor.stop();
    reader.stop();
    inspection?.stop();
  });
  process.once('SIGTERM', () => reader.stop());
  process.once('SIGINT', () => reader.stop());
  node.actor.start();
}

/** Milliseconds since 1970, by a clock that never goes back while the process runs. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

function drawSeed(): number {
  const given = Number(process.env[SEED_VARIABLE] || Number.NaN);
  return Number.isInteger(given) ? given | 0 : Math.floor(Math.random() * 2 ** 32) | 0;
}
