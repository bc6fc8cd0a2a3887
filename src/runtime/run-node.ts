import { createActor, fromCallback } from 'xstate';
import type { Inspection } from '../inspect/inspection.ts';
import type { Decode } from '../kit/decode.ts';
import type { NodeProgram } from '../kit/define-node.ts';
import type { SendEvent } from '../kit/node-event.ts';
import { createHeldClock } from './held-clock.ts';
import { createLog } from './log.ts';
import { NdjsonReader } from './ndjson-reader.ts';
import { Outbox } from './outbox.ts';

/**
 * Runs a machine as a Maelstrom node: messages come in on stdin, go out on stdout, and what people
 * should know goes to stderr. Returns at once; the process ends when the machine does.
 *
 * The machine gets its events from the actor it invokes as `input`, and from its own timers. The
 * end of stdin, SIGTERM and SIGINT all end the input: what was read is answered first. A second
 * signal ends the process without waiting for whoever reads stdout.
 *
 * @param inspection told of what happens, if anybody looks on
 */
export function runNode({ machine, protocol }: NodeProgram, inspection?: Inspection): void {
  const { stdin, stdout, stderr } = process;
  const log = createLog(stderr);
  const outbox = new Outbox(stdout);
  const reader = new NdjsonReader(stdin, log);
  const input = createInput(reader, protocol.createDecoder(), outbox);

  const actor = createActor(machine.provide({ actors: { input } }), {
    clock: createHeldClock(outbox),
    logger: (...parts: unknown[]) => log(parts.join(' ')),
    ...(inspection && { inspect: inspection.observe }),
  });
  actor.on('*', (event) => outbox.send(event as unknown as SendEvent));
  if (inspection) actor.on('*', (event) => inspection.sent(event as unknown as SendEvent));
  actor.subscribe({ complete: () => outbox.flush(() => inspection?.stop()) });

  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Nobody listens any more: there is nobody left to complain to, either.
    if (error.code !== 'EPIPE') {
      log(`stdout cannot be written (${error.message}): this node stops`);
      process.exitCode = 1;
    }
    actor.stop();
    reader.stop();
    inspection?.stop();
  });
  process.once('SIGTERM', () => reader.stop());
  process.once('SIGINT', () => reader.stop());
  actor.start();
}

/** The actor that turns lines on stdin into events, one after the other, while there is room. */
function createInput(reader: NdjsonReader, decode: Decode, outbox: Outbox) {
  return fromCallback(({ sendBack }) => {
    const pump = () => {
      while (!outbox.full) {
        const line = reader.read();
        if (line === undefined) return;
        sendBack(decode(line, performance.timeOrigin + performance.now()));
      }
      outbox.onceDrained(pump);
    };
    reader.onReadable = pump;
    reader.onEnd = () => sendBack({ type: 'input.end' });
    return () => reader.stop();
  });
}
