import type { AnyEventObject, AnyStateNode, StateValue } from 'xstate';
import { candidatesOf } from './candidates.ts';
import { isEnabled, passes } from './steps/guards.ts';
import { ancestorsOf, isAtomic } from './plan/tree.ts';
import type { Snapshot, Transition, Transitions } from './xstate.ts';
import { Selection } from './selection.ts';

/** The part of the active states that has transitions for some event: innermost come first. */
interface Chooser {
  inner: readonly Chooser[];
  candidates: readonly Transition[];
}

/** States that are active together, and what events can do then, as far as it is known. */
export class Configuration<Microstep> {
  readonly nodes: AnyStateNode[];
  readonly value: StateValue;
  readonly tags: Set<string>;
  readonly #none = new Selection<Microstep>([]);
  /** For each active state without states of its own: what is tried, in order, without an event. */
  readonly #eventless: readonly (readonly Transition[])[];
  readonly #root: AnyStateNode;
  readonly #choosers = new Map<string, Chooser | null>();

  constructor(
    nodes: AnyStateNode[],
    root: AnyStateNode,
    { value, tags }: Pick<Snapshot, 'value' | 'tags'>,
  ) {
    this.nodes = nodes;
    this.value = value as StateValue;
    this.tags = tags as Set<string>;
    this.#root = root;
    this.#eventless = nodes
      .filter(isAtomic)
      .map((node) => [node, ...ancestorsOf(node, undefined)].flatMap(alwaysOf))
      .filter((candidates) => candidates.length > 0);
  }

  /** The transitions that an event triggers. */
  select(event: AnyEventObject, snapshot: Snapshot): Selection<Microstep> {
    let chooser = this.#choosers.get(event.type);
    if (chooser === undefined) {
      chooser = chooserOf(this.#root, this.value, event.type);
      this.#choosers.set(event.type, chooser);
    }
    return chooser ? choose(chooser, this.#none, event, snapshot) : this.#none;
  }

  /** The transitions that are taken without an event; `event` is the last that there was. */
  selectEventless(event: AnyEventObject, snapshot: Snapshot): Selection<Microstep> {
    let selection = this.#none;
    for (const candidates of this.#eventless) {
      for (const candidate of candidates) {
        const { guard } = candidate;
        if (guard !== undefined && !passes(guard, event, snapshot)) continue;
        if (!selection.transitions.includes(candidate)) selection = selection.and(candidate);
        break;
      }
    }
    return selection;
  }
}

/** Adds what an event triggers in some states: of each, only what nothing inside of it takes first. */
function choose<Microstep>(
  { inner, candidates }: Chooser,
  before: Selection<Microstep>,
  event: AnyEventObject,
  snapshot: Snapshot,
): Selection<Microstep> {
  let selection = before;
  for (const chooser of inner) selection = choose(chooser, selection, event, snapshot);
  if (selection !== before) return selection;
  for (const candidate of candidates) {
    if (isEnabled(candidate, event, snapshot)) return selection.and(candidate);
  }
  return selection;
}

function chooserOf(node: AnyStateNode, value: StateValue, eventType: string): Chooser | null {
  const parts: [string, StateValue | undefined][] =
    typeof value === 'string' ? [[value, {}]] : Object.entries(value);
  const inner = parts.flatMap(([key, part]) => {
    const child = node.states[key] as AnyStateNode;
    return chooserOf(child, part ?? {}, eventType) ?? [];
  });
  const candidates = candidatesOf(node, eventType);
  return inner.length > 0 || candidates.length > 0 ? { inner, candidates } : null;
}

function alwaysOf(node: AnyStateNode): readonly Transition[] {
  return (node as unknown as Transitions).always ?? [];
}
