import type { NodeProgram } from '../../kit/define-node.ts';
import { NodeActor } from '../../runtime/node-actor.ts';
import type { DiskSurroundings } from '../../runtime/node-disk.ts';
import type { Store } from '../../store/store.ts';
import type { Body, EndpointId, Message } from '../../wire/message.ts';
import type { Inspection } from '../../inspect/inspection.ts';
import type { Hardware } from '../faults/hardware-faults.ts';
import type { Violation } from '../network/violation.ts';
import { type LabClock, NANOSECONDS_PER_MS } from '../time-and-chance/clock.ts';
import { PausableClock } from '../time-and-chance/pausable-clock.ts';
import type { Random } from '../time-and-chance/random.ts';
import type { Host, HostedNode, NodeCallbacks } from './host.ts';

export interface MachineHostOptions {
  /** What every node runs. */
  program: NodeProgram;
  clock: LabClock;
  /** Where the seeds of the nodes' own randomness come from. */
  random: Random;
  /** What nodes keep outlives them on its disks, if they are to keep anything; they go by its clocks. */
  hardware?: Hardware;
  /** Told what a machine logs. */
  onLog?: (node: EndpointId, text: string) => void;
  /** Lets somebody look into a node that is launched. */
  inspect?: ((node: EndpointId) => Inspection) | undefined;
}

/** Runs each node as an actor in this process: the very machine that the node's binary runs. */
export class MachineHost implements Host {
  readonly #options: MachineHostOptions;

  constructor(options: MachineHostOptions) {
    this.#options = options;
  }

  launch(id: EndpointId, callbacks: NodeCallbacks): HostedNode {
    const { program, clock, random, hardware = {}, onLog, inspect } = this.#options;
    const inspection = inspect?.(id);
    const nodeClock = new PausableClock(clock);
    const trueNow = () => clock.now() / NANOSECONDS_PER_MS;
    const skewMs = hardware.wallClocks?.skewOfStart(id, trueNow()) ?? 0;
    const now = () => trueNow() + skewMs;
    const disk = hardware.disks?.of(id);
    let failure: string | undefined;
    const node = new NodeActor(program, {
      clock: nodeClock,
      inspection,
      log: (text) => onLog?.(id, text),
      send: (message) => callbacks.onMessage(toWire(message)),
      drawSeed: () => random.index(2 ** 32) | 0,
      disk:
        disk &&
        ({
          store: whileRunning(disk.storeOfStart(), nodeClock),
          soon: (callback) => nodeClock.setTimeout(callback, 0),
          now,
          onFailure: (problem) => (failure = problem),
        } satisfies DiskSurroundings),
    });
    node.actor.subscribe({
      complete: () => {
        if (failure === undefined) return;
        inspection?.stop();
        if (disk?.hasRefused) callbacks.onStopped?.();
        else callbacks.onViolation(violationOfStop(id, failure));
      },
      error: (error) =>
        callbacks.onViolation({
          node: id,
          problem: `threw an error: ${(error as Error).message}`,
          advice: String((error as Error).stack),
        }),
    });
    node.actor.start();
    return {
      deliver: (src: EndpointId, body: Body) =>
        nodeClock.whenRunning(() => node.take({ src, dest: id, body }, now())),
      pause: () => nodeClock.pause(),
      resume: () => nodeClock.resume(),
      kill: () => {
        failure = undefined; // whatever it was, the node did not live to tell
        node.actor.stop();
        disk?.crash();
        inspection?.stop();
      },
    };
  }
}

function violationOfStop(node: EndpointId, failure: string): Violation {
  return {
    node,
    problem: `stopped: ${failure}`,
    advice: 'A node that cannot keep what it acknowledges has to stop.',
  };
}

/** A store whose syncs a node that stands still hears of when it goes on. */
function whileRunning(store: Store, clock: PausableClock): Store {
  return {
    ...store,
    write: (batch, done) => store.write(batch, (problem) => clock.whenRunning(() => done(problem))),
  };
}

/** The message as it would come out of its JSON text: nothing in it changes any more. */
function toWire({ src, dest, body }: Message): Message {
  const plain: Body = { type: body.type };
  for (const key in body) {
    const part = body[key] as { toJSON?: () => unknown } | null;
    if (part !== undefined) plain[key] = typeof part?.toJSON === 'function' ? part.toJSON() : part;
  }
  return { src, dest, body: plain };
}
