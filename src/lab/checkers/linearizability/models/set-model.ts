import { toCanonicalJson } from '../../../../wire/canonical-json.ts';
import { quote } from '../../../../wire/quote.ts';
import { type Call, type Model, REFUSED } from '../model.ts';

export type SetInput =
  | { f: 'add'; element: unknown }
  | { f: 'contains'; element: unknown }
  | { f: 'read' };

/** Of `contains` whether the element was there; of `read` all elements, in any order. */
export type SetOutput = boolean | unknown[];

/** A set that only grows. Its state is its elements' canonical JSON texts, sorted. */
export const setModel: Model<readonly string[], SetInput, SetOutput> = {
  name: 'set',
  initial: [],
  step(state, input, output) {
    if (input.f === 'read') {
      if (output === undefined) return state;
      return toCanonicalJson(state) === toCanonicalJson(textsOf(output)) ? state : REFUSED;
    }
    const element = toCanonicalJson(input.element);
    const isThere = state.includes(element);
    if (input.f === 'contains') {
      return output === undefined || output === isThere ? state : REFUSED;
    }
    return isThere ? state : [...state, element].toSorted();
  },
  stateKey: (state) => state.join(','),
  /** What was added stays, so that a read that lacks it comes too late. */
  rulesOut: (applied, other) => applied.input.f === 'add' && lacks(other, applied.input.element),
  describe(input, output) {
    const asked = input.f === 'read' ? 'read' : `${input.f} ${quote(input.element)}`;
    return output === undefined ? asked : `${asked} → ${quote(output)}`;
  },
  describeState: (state) => `{${state.join(', ')}}`,
};

/** Whether an operation saw that an element was not there. */
function lacks({ input, output }: Call<SetInput, SetOutput>, element: unknown): boolean {
  const text = toCanonicalJson(element);
  if (input.f === 'read') return output !== undefined && !textsOf(output).includes(text);
  return input.f === 'contains' && output === false && toCanonicalJson(input.element) === text;
}

function textsOf(output: SetOutput): string[] {
  return (output as unknown[]).map((element) => toCanonicalJson(element)).toSorted();
}
