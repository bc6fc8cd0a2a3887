import type { AnyStateNode } from 'xstate';
import { domainOf, effectiveTargets, historyDefault, type Recollection } from './targets.ts';
import { ancestorsOf, childrenOf, isDescendant, isHistory } from './tree.ts';
import type { Transition } from '../xstate.ts';

/**
 * The states that transitions enter, and for which of them the actions of their `initial` are due:
 * those entered without one of their states being named. See `computeEntrySet` in SCXML's algorithm
 * (https://www.w3.org/TR/scxml/#AlgorithmforSCXMLInterpretation), which XState follows with ways of
 * its own; this follows XState.
 */
export class EntrySet {
  readonly entered = new Set<AnyStateNode>();
  readonly byDefault = new Set<AnyStateNode>();
  readonly #recall: Recollection;

  constructor(transitions: readonly Transition[], recall: Recollection) {
    this.#recall = recall;
    for (const transition of transitions) this.#addTargets(transition);
  }

  #addTargets(transition: Transition): void {
    const { source, reenter } = transition;
    const domain = domainOf(transition, this.#recall);
    for (const target of transition.target ?? []) {
      const isEntered = source !== target || source !== domain || reenter;
      if (!isHistory(target) && isEntered) this.#addByDefault(target);
      this.#addDescendants(target);
    }
    const limit = !source.parent && reenter ? undefined : domain;
    for (const target of effectiveTargets(transition, this.#recall)) {
      const ancestors = ancestorsOf(target, domain);
      if (domain?.type === 'parallel') ancestors.push(domain);
      this.#addAncestors(ancestors, limit);
    }
  }

  #addByDefault(node: AnyStateNode): void {
    this.entered.add(node);
    this.byDefault.add(node);
  }

  #addDescendants(node: AnyStateNode): void {
    if (isHistory(node)) this.#addRecalled(node);
    else if (node.type === 'compound') this.#addInitial(node);
    else if (node.type === 'parallel') this.#addRegions(node, true);
  }

  #addRecalled(history: AnyStateNode): void {
    const parent = history.parent as AnyStateNode;
    const recalled = this.#recall.of(history);
    const standIn = recalled ? { target: recalled } : historyDefault(history);
    if (standIn === parent.initial) this.byDefault.add(parent);
    for (const node of standIn.target ?? []) {
      this.entered.add(node);
      this.#addDescendants(node);
    }
    for (const node of standIn.target ?? []) this.#addAncestors(ancestorsOf(node, parent));
  }

  #addInitial(node: AnyStateNode): void {
    const [initial] = node.initial.target as unknown as [AnyStateNode];
    if (!isHistory(initial)) this.#addByDefault(initial);
    this.#addDescendants(initial);
    this.#addAncestors(ancestorsOf(initial, node));
  }

  #addRegions(node: AnyStateNode, byDefault: boolean): void {
    for (const child of childrenOf(node)) {
      if ([...this.entered].some((other) => isDescendant(other, child))) continue;
      this.entered.add(child);
      if (byDefault) this.byDefault.add(child);
      this.#addDescendants(child);
    }
  }

  #addAncestors(ancestors: readonly AnyStateNode[], limit?: AnyStateNode): void {
    for (const ancestor of ancestors) {
      if (!limit || isDescendant(ancestor, limit)) this.entered.add(ancestor);
      if (ancestor.type === 'parallel') this.#addRegions(ancestor, false);
    }
  }
}
