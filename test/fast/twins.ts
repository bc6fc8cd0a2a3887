import {
  type Actor,
  type AnyActorRef,
  type AnyStateMachine,
  createActor,
  SimulatedClock,
} from 'xstate';
import type { Trace } from './vocabulary.ts';

/** What is done to an actor. */
export type Deed =
  | { send: { type: string; [key: string]: unknown } }
  | { pass: number }
  | 'restart';

/** Makes a machine that writes down in the trace what it does. */
export type CreateMachine = (trace: Trace) => AnyStateMachine;

/** How XState's machine is made the one that is compared with it. */
export type Make = (machine: AnyStateMachine) => AnyStateMachine;

/** All that can be seen of a machine while these things are done to it: deed by deed, as text. */
export function watch(create: CreateMachine, make: Make, deeds: readonly Deed[]): string[] {
  const trace: Trace = [];
  const machine = make(create(trace));
  const clock = new SimulatedClock();
  const names = new Map<string, string>();
  const start = (snapshot?: unknown): Actor<AnyStateMachine> => {
    const actor = createActor(machine, {
      clock,
      logger: (...parts: unknown[]) => trace.push(['log', ...parts]),
      ...(snapshot !== undefined && { snapshot: snapshot as never }),
      input: 5 as never,
    });
    actor.on('*', (event) => trace.push(['emitted', event, actor.getSnapshot().value]));
    actor.subscribe({
      next: (next) => trace.push(['next', next.value]),
      error: (error) => trace.push(['error', (error as Error).message]),
      complete: () => trace.push(['complete']),
    });
    return actor.start();
  };
  let actor = start();
  const views = [show({ trace: trace.splice(0), view: viewOf(actor.getSnapshot()) }, names)];
  for (const deed of deeds) {
    const before = actor.getSnapshot();
    if (deed === 'restart') actor = start(persisted(actor));
    else if ('pass' in deed) clock.increment(deed.pass);
    else actor.send(deed.send);
    const after = actor.getSnapshot();
    const view = { trace: trace.splice(0), isSame: before === after, view: viewOf(after) };
    views.push(show(view, names), show(after.toJSON?.(), names));
  }
  const children = Object.values(actor.getSnapshot().children ?? {}) as (AnyActorRef | undefined)[];
  actor.stop();
  const left = children.map((child) => child && viewOf(child.getSnapshot()));
  views.push(show({ trace: trace.splice(0), view: viewOf(actor.getSnapshot()), left }, names));
  return views;
}

/** What is kept of an actor, if it can be: one that has failed cannot be started again. */
function persisted(actor: Actor<AnyStateMachine>): unknown {
  if (actor.getSnapshot().status !== 'active') return undefined;
  try {
    return JSON.parse(JSON.stringify(actor.getPersistedSnapshot()));
  } catch {
    return undefined; // a child without a name, for instance
  } finally {
    actor.stop();
  }
}

function viewOf(snapshot: any): unknown {
  const { value, status, output, error, context, tags, historyValue, children, _nodes } = snapshot;
  return {
    keys: Object.keys(snapshot),
    status,
    value,
    context,
    output,
    error: error instanceof Error ? error.message : error,
    tags: tags && [...tags],
    nodes: _nodes?.map(({ id }: { id: string }) => id),
    history:
      historyValue &&
      Object.entries(historyValue).map(([id, nodes]: any) => [
        id,
        ...nodes.map((node: any) => node.id),
      ]),
    meta: snapshot.getMeta?.(),
    children: Object.entries(children ?? {}).map(([id, child]) => [
      id,
      child ? viewOf((child as AnyActorRef).getSnapshot()) : null,
    ]),
  };
}

/** Text in which actors stand as their ids, and sessions are numbered by their first appearance. */
function show(value: unknown, names: Map<string, string>): string {
  const text = JSON.stringify(value, (_key, part) => {
    if (part instanceof Error) return `${part.name}: ${part.message}`;
    return part && typeof part === 'object' && 'sessionId' in part ? `actor ${part.id}` : part;
  });
  return String(text).replaceAll(/x:\d+/g, (name) => {
    if (!names.has(name)) names.set(name, `session-${names.size}`);
    return names.get(name) as string;
  });
}

/** The first thing in which two actors differ that the same was done to; nothing, if they do not. */
export function difference(
  create: CreateMachine,
  make: Make,
  deeds: readonly Deed[],
): string | undefined {
  const expected = watch(create, (machine) => machine, deeds);
  const actual = watch(create, make, deeds);
  const at = expected.findIndex((view, index) => view !== actual[index]);
  if (at === -1) return undefined;
  return `view ${at} of ${JSON.stringify(deeds)}:\nXState  ${expected[at]}\n  fast  ${actual[at]}`;
}
