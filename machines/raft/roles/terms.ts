import { enterTerm } from '../state/stable.ts';
import type { Step } from './step.ts';

/** Comes to a later term, of which nothing is known yet: neither who leads, nor what it has. */
export function enterLaterTerm({ state }: Step, term: number): void {
  state.stable = enterTerm(state.stable, term);
  state.leader = null;
  state.matched = 0;
}
