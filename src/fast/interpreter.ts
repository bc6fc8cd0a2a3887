import { type AnyEventObject, stopChild } from 'xstate';
import { ActionQueue } from './steps/action-queue.ts';
import type { Chart } from './chart.ts';
import type { Configuration } from './configuration.ts';
import type { Microstep } from './microstep.ts';
import type { Completion } from './plan/microstep-plan.ts';
import type { Selection } from './selection.ts';
import { Spawner } from './steps/spawner.ts';
import type { Step, Work } from './steps/step.ts';
import {
  type Action,
  type ActionArgs,
  type Builtin,
  builtin,
  type Extra,
  type Scope,
  type Snapshot,
} from './xstate.ts';

const STOP_CHILD = builtin(stopChild(''));

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Takes an actor's machine from one snapshot to the next.
 *
 * What is being worked on is one snapshot for all microsteps and all assignments: nobody sees it
 * before it is done, for actions and guards are handed its context only. Where XState tells two
 * snapshots apart to find out whether something has changed, changes are counted.
 */
export class Interpreter implements Work {
  readonly chart: Chart;
  readonly scope: Scope;
  snapshot!: Snapshot;
  event!: AnyEventObject;
  readonly extra: Extra = { internalQueue: [], deferredActorIds: undefined };
  retries: { kind: Omit<Builtin, 'type'>; resolved: unknown }[] | undefined;
  #isOwn = false;
  #changes = 0;
  #configuration: Configuration<Microstep> | undefined;
  readonly #spawner = new Spawner(this);
  #queue: ActionQueue | undefined;

  constructor(chart: Chart, scope: Scope) {
    this.chart = chart;
    this.scope = scope;
  }

  /** Processes an event, and all that follows from it without another one. */
  macrostep(snapshot: Snapshot, event: AnyEventObject): Snapshot {
    const { internalQueue } = this.extra;
    internalQueue.length = 0; // what was left when something threw
    this.#begin(snapshot, event);
    this.#take(this.#select());
    const { maxIterations = Infinity } = snapshot.machine.options;
    let mayBeEventless = true;
    for (let iterations = 1; this.snapshot.status === 'active'; iterations++) {
      if (iterations > maxIterations) throw new Error(describeLoop(maxIterations));
      const changesBefore = this.#changes;
      const eventless = mayBeEventless ? this.#selectEventless() : undefined;
      if (eventless) {
        this.#take(eventless);
        mayBeEventless = this.#changes !== changesBefore;
        continue;
      }
      if (internalQueue.length === 0) break;
      this.event = internalQueue.shift() as AnyEventObject;
      this.#take(this.#select());
      mayBeEventless = true;
    }
    // The snapshot of an actor that has ended still shows its children.
    if (this.snapshot.status !== 'active') this.#stopChildren(this.snapshot);
    return this.snapshot;
  }

  /** Ends. XState does the same in time quadratic in the number of children. */
  stop(snapshot: Snapshot): Snapshot {
    this.#stopChildren(snapshot);
    return { ...snapshot, children: {}, status: 'stopped' } as Snapshot;
  }

  args(): ActionArgs {
    const { self, system } = this.scope;
    return { context: this.snapshot.context, event: this.event, self, system };
  }

  assignArgs(): object {
    const { self, system } = this.scope;
    const { context } = this.snapshot;
    this.#spawner.spawned = undefined;
    return { context, event: this.event, spawn: this.#spawner.spawn, self, system };
  }

  assign(update: unknown): void {
    const { spawned } = this.#spawner;
    const next = this.#change();
    next.context = this.chart.contexts.merge(next.context, update);
    if (spawned) next.children = { ...next.children, ...spawned };
  }

  adopt(snapshot: Snapshot): void {
    if (snapshot === this.snapshot) return;
    this.snapshot = snapshot;
    this.#isOwn = false;
    this.#changes++;
  }

  stepFor(action: Action): Step {
    return this.chart.stepFor(action);
  }

  collect(collect: (args: object, params: unknown) => void, params: unknown): readonly Step[] {
    this.#queue ??= new ActionQueue(this);
    return this.#queue.collect(collect, params);
  }

  #begin(snapshot: Snapshot, event: AnyEventObject): void {
    this.snapshot = snapshot;
    this.event = event;
    this.#isOwn = false;
    if (this.#configuration?.nodes !== snapshot._nodes) {
      this.#configuration = this.chart.configurationOf(snapshot._nodes, snapshot);
    }
  }

  /** The snapshot that is being made, about to change. */
  #change(): Mutable<Snapshot> {
    this.#changes++;
    if (!this.#isOwn) {
      this.snapshot = copySnapshot(this.snapshot, this.#configuration as Configuration<Microstep>);
      this.#isOwn = true;
    }
    return this.snapshot;
  }

  #select(): Selection<Microstep> {
    return (this.#configuration as Configuration<Microstep>).select(this.event, this.snapshot);
  }

  #selectEventless(): Selection<Microstep> | undefined {
    const configuration = this.#configuration as Configuration<Microstep>;
    const selection = configuration.selectEventless(this.event, this.snapshot);
    return selection.transitions.length > 0 ? selection : undefined;
  }

  #take(selection: Selection<Microstep>): void {
    if (selection.transitions.length === 0) return;
    const configuration = this.#configuration as Configuration<Microstep>;
    const microstep = this.chart.microstepOf(configuration, selection, this.snapshot);
    this.#run(microstep.steps);
    for (const entry of microstep.entries) this.#enter(entry);
    if (this.snapshot.status === 'done') this.#run(microstep.lastSteps);
    if (!microstep.outcome) return;
    this.#configuration = microstep.outcome.configuration;
    const next = this.#change();
    next._nodes = this.#configuration.nodes;
    next.value = this.#configuration.value;
    next.tags = this.#configuration.tags;
    next.historyValue = microstep.outcome.historyValue ?? next.historyValue;
  }

  #enter({ steps, invokes, completion }: Microstep['entries'][number]): void {
    if (invokes.length === 0) this.#run(steps);
    else this.#runWithInvokes(steps, invokes);
    if (completion) this.#complete(completion);
  }

  /** Events may be sent to actors that the state invokes before they are there. */
  #runWithInvokes(steps: readonly Step[], invokes: readonly string[]): void {
    this.retries = [];
    this.extra.deferredActorIds = invokes;
    try {
      this.#run(steps);
      for (const { kind, resolved } of this.retries) {
        kind.retryResolve?.(this.scope, this.snapshot, resolved);
      }
    } finally {
      this.retries = undefined;
      this.extra.deferredActorIds = undefined;
    }
  }

  #run(steps: readonly Step[]): void {
    for (const step of steps) step.run(this);
  }

  /** A final state was entered: says so to whom it concerns. */
  #complete({ state, parent, parallels, root }: Completion): void {
    const { internalQueue } = this.extra;
    if (parent) internalQueue.push(doneEvent(parent.id, this.#outputOf(state.output, this.event)));
    for (const { id } of parallels) internalQueue.push(doneEvent(id, undefined));
    if (!root) return;
    const { output } = this.chart.machine.root;
    const ofRoot = root.parent ? this.#outputOf(root.output, this.event) : undefined;
    const result =
      output === undefined ? undefined : this.#outputOf(output, doneEvent(root.id, ofRoot));
    const next = this.#change();
    next.status = 'done' as never;
    next.output = result as never;
  }

  #outputOf(output: unknown, event: AnyEventObject): unknown {
    if (typeof output !== 'function') return output;
    return output({ context: this.snapshot.context, event, self: this.scope.self });
  }

  #stopChildren({ children }: Snapshot): void {
    for (const child of Object.values(children)) STOP_CHILD.execute?.(this.scope, child);
  }
}

/** A literal, for V8 is slow to copy what was copied before. */
function copySnapshot(snapshot: Snapshot, { nodes }: Configuration<Microstep>): Snapshot {
  return {
    status: snapshot.status,
    output: snapshot.output,
    error: snapshot.error,
    machine: snapshot.machine,
    context: snapshot.context,
    _nodes: nodes,
    value: snapshot.value,
    tags: snapshot.tags,
    children: snapshot.children,
    historyValue: snapshot.historyValue,
    matches: snapshot.matches,
    hasTag: snapshot.hasTag,
    can: snapshot.can,
    getMeta: snapshot.getMeta,
    toJSON: snapshot.toJSON,
  } as Snapshot;
}

function doneEvent(id: string, output: unknown): AnyEventObject {
  return { type: `xstate.done.state.${id}`, output };
}

function describeLoop(maxIterations: number): string {
  return (
    `Infinite loop detected: the machine has processed more than ${maxIterations} microsteps ` +
    "without reaching a stable state. This usually happens when there's a cycle of transitions " +
    '(e.g., eventless transitions or raised events causing state A -> B -> C -> A).'
  );
}
