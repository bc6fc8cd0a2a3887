import type { Message } from '../../../wire/message.ts';
import { isClient } from '../../network/network.ts';
import { valuesIn } from '../../run/spread-tracker.ts';
import type { ValueRegister } from './value-register.ts';

/** Which of the values that clients broadcast a message carries. */
export interface Carried {
  values: readonly number[];
  /** Stands for the messages of one type from one node. */
  chain?: object;
  /** How many of the values, from the first on, are all that the chain's last message carried. */
  kept: number;
}

/** The last message of its type from a node. */
interface Chain {
  /** All that stood in it, whether it was broadcast or not. */
  found: readonly unknown[];
  values: readonly number[];
}

/** How many chains there may be; whoever invents more types of messages gets none for them. */
const MAX_CHAINS = 4000;

/**
 * Finds which values messages carry. Nodes tend to send all they know, in the order in which they
 * learnt it: then only what has been added since their last message is looked up.
 */
export class CarriedValues {
  readonly #register: ValueRegister;
  readonly #chains = new Map<string, Chain>();

  constructor(register: ValueRegister) {
    this.#register = register;
  }

  in({ src, body }: Message): Carried {
    if (this.#register.values.length === 0) return { values: [], kept: 0 };
    const found = valuesIn(body);
    if (found.length === 0) return { values: [], kept: 0 };
    const key = `${src} ${body.type}`;
    const chain = this.#chains.get(key);
    if (chain) return this.#goOn(chain, found);
    const values = this.#lookUp(found, 0);
    if (isClient(src) || this.#chains.size >= MAX_CHAINS) return { values, kept: 0 };
    const begun = { found, values };
    this.#chains.set(key, begun);
    return { values, chain: begun, kept: 0 };
  }

  #goOn(chain: Chain, found: readonly unknown[]): Carried {
    const { found: before, values: old } = chain;
    const isMore = startsWith(found, before);
    const added = this.#lookUp(found, isMore ? before.length : 0);
    chain.found = found;
    if (!isMore) chain.values = added;
    else if (added.length > 0) chain.values = [...old, ...added];
    return { values: chain.values, chain, kept: isMore ? old.length : 0 };
  }

  #lookUp(found: readonly unknown[], from: number): number[] {
    const numbers: number[] = [];
    for (let index = from; index < found.length; index++) {
      const number = this.#register.idOf(found[index]);
      if (number !== undefined) numbers.push(number);
    }
    return numbers;
  }
}

function startsWith(list: readonly unknown[], start: readonly unknown[]): boolean {
  for (let index = 0; index < start.length; index++) {
    if (list[index] !== start[index]) return false;
  }
  return true;
}
