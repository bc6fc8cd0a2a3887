import { type AnyActorRef, createActor } from 'xstate';
import type { Work } from './step.ts';
import { implementationsOf } from '../xstate.ts';

interface SpawnOptions {
  id?: string;
  systemId?: string;
  syncSnapshot?: boolean;
  input?: unknown;
}

type Spawned = AnyActorRef & { _processingStatus: number; start(): void };

/** `_processingStatus` of an actor that was stopped, be it before it was started. */
const STOPPED = 2;

/** The function `spawn` that `assign` is called with, made once for an actor. */
export class Spawner {
  /** The actors that were spawned since this was last cleared, by id. */
  spawned: Record<string, AnyActorRef> | undefined;
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  readonly spawn = (src: unknown, options?: SpawnOptions): AnyActorRef => {
    const { scope } = this.#work;
    const actor = createActor(
      this.#logicOf(src) as never,
      {
        id: options?.id,
        parent: scope.self,
        syncSnapshot: options?.syncSnapshot,
        input: typeof src === 'string' ? this.#inputOf(options) : options?.input,
        src,
        systemId: options?.systemId,
      } as never,
    ) as unknown as Spawned;
    this.spawned = { ...this.spawned, [actor.id]: actor };
    scope.defer(() => {
      if (actor._processingStatus !== STOPPED) actor.start();
    });
    return actor;
  };

  #logicOf(src: unknown): unknown {
    if (typeof src !== 'string') return src;
    const { machine } = this.#work.snapshot;
    const inline = /^xstate\.invoke\.(\d+)\.(.*)/.exec(src);
    if (inline) {
      const { invoke } = machine.getStateNodeById(inline[2] as string).config;
      return (Array.isArray(invoke) ? invoke[Number(inline[1])] : invoke).src;
    }
    const logic = implementationsOf(machine).actors[src];
    if (logic) return logic;
    throw new Error(`Actor logic '${src}' not implemented in machine '${machine.id}'`);
  }

  #inputOf(options: SpawnOptions | undefined): unknown {
    if (typeof options?.input !== 'function') return options?.input;
    const { snapshot, event, scope } = this.#work;
    return options.input({ context: snapshot.context, event, self: scope.self });
  }
}
