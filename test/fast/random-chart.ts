import { stateIn } from 'xstate';
import { Chance } from './chance.ts';
import { actionNames, guardNames, type Trace } from './vocabulary.ts';

export const eventTypes = ['a', 'b', 'c', 'd', 'mouse.up', 'mouse.down', 'later', 'mouse', 'other'];
const descriptors = ['a', 'a', 'b', 'b', 'c', 'd', 'later', 'mouse.up', 'mouse.*', '*', 'b.*'];

type Config = Record<string, unknown>;

/** A random statechart of at most about `size` states, as the config of a machine. */
export function randomChart(seed: number, size: number, trace: Trace): Config {
  const chart = new RandomChart(new Chance(seed), size, trace);
  return chart.create();
}

class RandomChart {
  readonly #chance: Chance;
  readonly #trace: Trace;
  /** With both, what an actor tells of itself could start it anew, and so on for ever. */
  readonly #hasWildcards: boolean;
  #budget: number;
  #count = 0;
  /** The ids of states, and of the history states among them. */
  readonly #ids: string[] = [];
  readonly #late: (() => void)[] = [];

  constructor(chance: Chance, size: number, trace: Trace) {
    this.#chance = chance;
    this.#budget = size;
    this.#trace = trace;
    this.#hasWildcards = chance.is(60);
  }

  create(): Config {
    const chance = this.#chance;
    const root = this.#state(0, 'root');
    for (const fill of this.#late) fill();
    return {
      ...root,
      id: 'root',
      context: { n: chance.below(4), fuel: 6, kids: [] },
      output: ({ context, event }: any) => ({ n: context.n, event }),
      options: { maxIterations: 40 },
    };
  }

  #state(depth: number, parentType: string): Config {
    const chance = this.#chance;
    const id = depth === 0 ? 'root' : `s${++this.#count}`;
    this.#budget--;
    const type = this.#typeAt(depth, parentType);
    const config: Config = { id };
    if (type === 'history') {
      this.#ids.push(id, id, id); // few of them, but worth a visit
      return { ...config, type, history: chance.pick(['shallow', 'deep']) };
    }
    if (depth > 0) this.#ids.push(id);
    if (chance.is(40)) config['entry'] = this.#actions(2);
    if (chance.is(40)) config['exit'] = this.#actions(2);
    if (chance.is(20)) config['tags'] = [`tag${chance.below(3)}`];
    if (chance.is(10)) config['meta'] = { id };
    if (type === 'final') {
      if (chance.is(50)) config['output'] = ({ context }: any) => context.n;
      return { ...config, type };
    }
    if (type !== 'atomic') this.#addStates(config, type, depth);
    this.#addTransitions(config, id, type);
    if (chance.is(8)) config['invoke'] = this.#invoke(id);
    return config;
  }

  #typeAt(depth: number, parentType: string): string {
    const chance = this.#chance;
    if (depth > 3 || (depth > 0 && this.#budget <= 0)) return 'atomic';
    if (depth === 0) return chance.pick(['compound', 'compound', 'parallel']);
    const kinds = ['atomic', 'atomic', 'compound', 'compound', 'parallel'];
    if (parentType === 'compound') return chance.pick([...kinds, 'final', 'history']);
    if (parentType === 'parallel') return chance.pick([...kinds, ...kinds, 'final', 'history']);
    return chance.pick(kinds);
  }

  #addStates(config: Config, type: string, depth: number): void {
    const chance = this.#chance;
    const states: Record<string, Config> = {};
    const count = type === 'parallel' ? 1 + chance.below(3) : 2 + chance.below(3);
    for (let index = 0; index < count; index++) {
      // Keys like numbers come first in an object, whatever their place.
      const key = chance.is(10) ? String(9 - index) : `k${index}`;
      states[key] = this.#state(depth + 1, type);
    }
    const proper = Object.keys(states).filter((key) => states[key]?.['type'] !== 'history');
    if (proper.length === 0) states['k9'] = { id: `s${++this.#count}` };
    config['states'] = states;
    if (type === 'parallel') config['type'] = 'parallel';
    else config['initial'] = this.#initial(proper[0] ?? 'k9');
    for (const state of Object.values(states)) {
      if (state['type'] !== 'history' || !chance.is(60)) continue;
      state['target'] = chance.pick(proper.length > 0 ? proper : ['k9']);
    }
    if (chance.is(30)) config['onDone'] = this.#transition('compound');
  }

  #initial(target: string): unknown {
    return this.#chance.is(30) ? { target, actions: this.#actions(2) } : target;
  }

  #addTransitions(config: Config, id: string, type: string): void {
    const chance = this.#chance;
    const on: Record<string, unknown> = {};
    for (const descriptor of chance.some(4, () => chance.pick(descriptors))) {
      if (descriptor === '*' && !this.#hasWildcards) continue;
      on[descriptor] = chance.is(4)
        ? undefined
        : chance.is(30)
          ? chance.some(3, () => this.#transition(type))
          : this.#transition(type);
    }
    config['on'] = on;
    if (chance.is(15)) config['always'] = chance.some(2, () => this.#eventless(type));
    if (chance.is(15)) {
      config['after'] = {
        [chance.pick(['10', 'wait', 'fixed'])]: chance.is(50)
          ? [this.#transition(type)]
          : this.#transition(type),
      };
    }
    if (id !== 'root' && chance.is(5)) config['route'] = chance.is(50) ? {} : { guard: 'isEven' };
  }

  #transition(type: string): Config {
    const chance = this.#chance;
    const config: Config = {};
    if (chance.is(45)) config['guard'] = this.#guard();
    if (chance.is(75)) config['actions'] = chance.is(10) ? 'note' : this.#actions(3);
    if (chance.is(15)) config['reenter'] = true;
    if (chance.is(60)) this.#fill(config, type);
    return config;
  }

  #fill(config: Config, type: string): void {
    const chance = this.#chance;
    const isMany = chance.is(8);
    const draws = [chance.below(1000), chance.below(1000)];
    this.#late.push(() => {
      const ids = draws.map((draw) => `#${this.#ids[draw % this.#ids.length]}`);
      config['target'] = isMany ? [...new Set(ids)] : ids[0];
    });
    void type;
  }

  /** It burns fuel, mostly: what goes round for ever is found out, and is the end. */
  #eventless(type: string): Config {
    const chance = this.#chance;
    const config = this.#transition(type);
    if (chance.is(90)) {
      config['guard'] = chance.pick(['hasFuel', 'both', 'hasFuel']);
      config['actions'] = ['burn', ...((config['actions'] as unknown[] | undefined) ?? [])].flat();
    }
    return config;
  }

  #invoke(id: string): Config {
    const chance = this.#chance;
    return {
      src: chance.pick(['kid', 'talker']),
      id: `invoked-${id}`,
      input: ({ context }: any) => context.n,
      ...(chance.is(50) && { onDone: this.#transition('atomic') }),
      ...(chance.is(50) && { onError: this.#transition('atomic') }),
      ...(!this.#hasWildcards && chance.is(60) && { onSnapshot: { actions: 'note' } }),
    };
  }

  #actions(most: number): unknown[] {
    return this.#chance.some(most, () => this.#action());
  }

  #action(): unknown {
    const chance = this.#chance;
    if (chance.is(1)) return 'fail';
    if (chance.is(12)) return { type: 'note', params: { p: chance.below(9) } };
    if (chance.is(6))
      return { type: 'note', params: ({ context, event }: any) => [context.n, event.type] };
    if (chance.is(6)) return { type: 'bump', params: { by: chance.below(3) } };
    if (chance.is(6)) return ({ context }: any) => void this.#trace.push(['inline', context.n]);
    return chance.pick(actionNames);
  }

  #guard(): unknown {
    const chance = this.#chance;
    if (chance.is(1)) return 'fails';
    if (chance.is(20)) return { type: 'below', params: { limit: chance.below(8) } };
    if (chance.is(10)) return { type: 'below', params: () => ({ limit: 4 }) };
    if (chance.is(6)) return 'alias';
    if (chance.is(10)) return stateIn(`#${this.#ids[0] ?? 'root'}` as never);
    if (chance.is(10)) {
      return ({ context, event }: any) => {
        this.#trace.push(['guard', context.n, event.type]);
        return context.n % 3 !== 0;
      };
    }
    return chance.pick(guardNames);
  }
}
