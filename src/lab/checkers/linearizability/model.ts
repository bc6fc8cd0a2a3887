/**
 * What a model answers when an operation could not have happened in a state. It is the same symbol
 * for a user's model that was bundled apart from the checker.
 */
export const REFUSED: unique symbol = Symbol.for('maelstate.refused') as never;

/**
 * What an object does when it is asked one thing at a time: the sequential specification that a
 * history is held against. States, inputs and outputs are JSON values (or a model has a `stateKey`),
 * and a step leaves the state that it is given alone.
 *
 * @example
 * const counter: Model<number, 'add' | 'get', number> = {
 *   name: 'counter',
 *   initial: 0,
 *   step: (count, input, output) => {
 *     if (input === 'add') return count + 1;
 *     return output === undefined || output === count ? count : REFUSED;
 *   },
 *   describe: (input, output) => (input === 'add' ? 'add' : `get → ${output}`),
 * };
 */
export interface Model<State = unknown, Input = unknown, Output = unknown> {
  name: string;
  initial: State;
  /**
   * The state after an operation, or `REFUSED` if it cannot have had this output in this state.
   *
   * @param output `undefined` when nobody knows it, since the operation is open: any output will do
   */
  step(state: State, input: Input, output: Output | undefined): State | typeof REFUSED;
  /**
   * Which part of the object the operation concerns, such as a key. Parts know nothing of each
   * other, and each is judged alone. Without it the object is one part.
   */
  partition?(input: Input): string | number;
  /** Equal for equal states only; the canonical JSON text unless given. */
  stateKey?(state: State): string | number;
  /**
   * Whether, once an operation has been applied in some state, another can never be accepted any
   * more, whatever comes between. Saves the search from trying it.
   */
  rulesOut?(applied: Call<Input, Output>, other: Call<Input, Output>): boolean;
  /** An operation in a few words, such as `write 3` or `read → 3`. */
  describe(input: Input, output: Output | undefined): string;
  /** A state in a few words; its JSON text unless given. */
  describeState?(state: State): string;
}

/** What was asked and, when it is known, answered. */
export interface Call<Input = unknown, Output = unknown> {
  input: Input;
  output?: Output | undefined;
}

/** One operation of a history. */
export interface Operation<Input = unknown, Output = unknown> extends Call<Input, Output> {
  process: number | string;
  /** When it was asked; any unit, as long as all operations share it. */
  call: number;
  /** When it was answered; null if it is open: it may take effect at any later time, or never. */
  return: number | null;
  /** What people find it by; `operation` and its place in the list unless given. */
  label?: string;
}
