import { type AnyEventObject, createActor, fromCallback } from 'xstate';
import type { Decode } from '../../kit/decode.ts';
import type { Body, EndpointId } from '../../wire/message.ts';
import type { SendEvent } from '../../kit/node-event.ts';
import { createNumbering } from '../../wire/numbering.ts';
import type { NodeProgram } from '../../kit/define-node.ts';
import type { Inspection } from '../../inspect/inspection.ts';
import { type LabClock, NANOSECONDS_PER_MS } from '../time-and-chance/clock.ts';
import type { Host, HostedNode, NodeCallbacks } from './host.ts';
import { PausableClock } from '../time-and-chance/pausable-clock.ts';

export interface MachineHostOptions {
  /** What every node runs. */
  program: NodeProgram;
  clock: LabClock;
  /** Told what a machine logs. */
  onLog?: (node: EndpointId, text: string) => void;
  /** Lets somebody look into a node that is launched. */
  inspect?: ((node: EndpointId) => Inspection) | undefined;
}

/** Runs each node as an actor in this process: the very machine that the node's binary runs. */
export class MachineHost implements Host {
  readonly #options: MachineHostOptions;
  readonly #decode: Decode;

  constructor(options: MachineHostOptions) {
    this.#options = options;
    this.#decode = options.program.protocol.createDecoder();
  }

  launch(id: EndpointId, callbacks: NodeCallbacks): HostedNode {
    const { program, clock, onLog, inspect } = this.#options;
    const inspection = inspect?.(id);
    const number = createNumbering();
    const nodeClock = new PausableClock(clock);
    let send: (event: AnyEventObject) => void = () => {};
    const input = fromCallback(({ sendBack }) => {
      send = sendBack;
      return () => {
        send = () => {}; // what is still on its way finds nobody
      };
    });
    const actor = createActor(program.machine.provide({ actors: { input } }), {
      clock: nodeClock,
      logger: (...parts: unknown[]) => onLog?.(id, parts.join(' ')),
      ...(inspection && { inspect: inspection.observe }),
    });
    actor.on('*', (event) => {
      inspection?.sent(event as unknown as SendEvent);
      callbacks.onMessage(number(toWire(event as unknown as SendEvent)));
    });
    actor.subscribe({
      error: (error) =>
        callbacks.onViolation({
          node: id,
          problem: `threw an error: ${(error as Error).message}`,
          advice: String((error as Error).stack),
        }),
    });
    actor.start();
    return {
      deliver: (src: EndpointId, body: Body) =>
        nodeClock.whenRunning(() => {
          const at = clock.now() / NANOSECONDS_PER_MS;
          send(this.#decode({ src, dest: id, body }, at));
        }),
      pause: () => nodeClock.pause(),
      resume: () => nodeClock.resume(),
      kill: () => {
        actor.stop();
        inspection?.stop();
      },
    };
  }
}

/** The message as it would come out of its JSON text: nothing in it changes any more. */
function toWire({ src, dest, body }: SendEvent): Pick<SendEvent, 'src' | 'dest' | 'body'> {
  const plain: Body = { type: body.type };
  for (const key in body) {
    const part = body[key] as { toJSON?: () => unknown } | null;
    if (part !== undefined) plain[key] = typeof part?.toJSON === 'function' ? part.toJSON() : part;
  }
  return { src, dest, body: plain };
}
