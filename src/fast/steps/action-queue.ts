import { cancel, emit, raise, sendTo, SpecialTargets, spawnChild, stopChild } from 'xstate';
import { passes } from './guards.ts';
import type { Step, Work } from './step.ts';
import { AssignStep, BuiltinStep } from './steps.ts';
import { type Action, type Builtin, builtin, type Guard } from '../xstate.ts';

const event = { type: '' };
const kinds = {
  cancel: builtin(cancel('')),
  emit: builtin(emit(event)),
  raise: builtin(raise(event)),
  sendTo: builtin(sendTo('', event)),
};

interface Options {
  id?: unknown;
  delay?: unknown;
}

/**
 * The function `enqueue` of `enqueueActions`, made once for an actor instead of once for an event;
 * and what is queued is a step at once, without the functions that XState's action creators make.
 * It does nothing but while the function that it is handed to runs.
 */
export class ActionQueue {
  readonly #work: Work;
  readonly #enqueue: object;
  readonly #check: (guard: Guard) => boolean;
  #steps: Step[] = [];

  constructor(work: Work) {
    this.#work = work;
    this.#check = (guard) => passes(guard, work.event, work.snapshot);
    this.#enqueue = this.#createEnqueue();
  }

  /** Runs a function that queues actions; returns what it has queued. */
  collect(collect: (args: object, params: unknown) => void, params: unknown): readonly Step[] {
    const { snapshot, event: current, scope } = this.#work;
    const steps: Step[] = [];
    this.#steps = steps;
    const args = {
      context: snapshot.context,
      event: current,
      enqueue: this.#enqueue,
      check: this.#check,
      self: scope.self,
      system: scope.system,
    };
    try {
      collect(args, params);
    } finally {
      this.#steps = [];
    }
    return steps;
  }

  #createEnqueue(): object {
    const add = (step: Step) => void this.#steps.push(step);
    const addAction = (action: unknown) => add(this.#work.stepFor(action as Action));
    const addBuiltin = (kind: Builtin, definition: object) =>
      add(new BuiltinStep(kind, definition));
    const addSend = (to: unknown, sent: unknown, options?: Options) =>
      addBuiltin(kinds.sendTo, { to, event: sent, id: options?.id, delay: options?.delay });
    return Object.assign((action: unknown) => addAction(action), {
      assign: (assignment: never) => add(new AssignStep({ assignment })),
      cancel: (sendId: unknown) => addBuiltin(kinds.cancel, { sendId }),
      emit: (emitted: unknown) => addBuiltin(kinds.emit, { event: emitted }),
      raise: (raised: unknown, options?: Options) =>
        addBuiltin(kinds.raise, { event: raised, id: options?.id, delay: options?.delay }),
      sendTo: addSend,
      sendParent: (sent: unknown, options?: Options) =>
        addSend(SpecialTargets.Parent, sent, options),
      spawnChild: (...args: [never]) => addAction(spawnChild(...args)),
      stopChild: (actor: never) => addAction(stopChild(actor)),
    });
  }
}
