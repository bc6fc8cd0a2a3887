/** Contexts in which ever other keys come and go are copied as XState copies them. */
const MAX_SHAPES = 8;

/** The keys of contexts, in order, and what makes an object with just these out of another. */
interface Shape {
  keys: readonly string[];
  copy(source: object): Record<string, unknown>;
}

/**
 * Merges updates into contexts, as `Object.assign({}, context, update)` does, but some ten times as
 * fast. V8 gives a copy another hidden class than its original, so contexts that are copied from
 * each other again and again are all of different classes: copying them takes the slow way, and so
 * does all that reads them. These come from one object literal for each set of keys.
 */
export class ContextMerge {
  readonly #shapes: Shape[] = [];

  merge(context: object, update: unknown): object {
    const shape = this.#shapeOf(context);
    if (!shape || typeof update !== 'object' || update === null) {
      return Object.assign({ ...context }, update);
    }
    if (hasKeys(update, shape.keys)) return shape.copy(update);
    const merged = shape.copy(context);
    for (const key of Object.keys(update)) merged[key] = (update as typeof merged)[key];
    return merged;
  }

  #shapeOf(context: object): Shape | undefined {
    for (const shape of this.#shapes) if (hasKeys(context, shape.keys)) return shape;
    if (this.#shapes.length >= MAX_SHAPES) return undefined;
    const shape = createShape(Object.keys(context));
    if (!shape || !hasKeys(context, shape.keys)) return undefined;
    this.#shapes.push(shape);
    return shape;
  }
}

/** Whether these are an object's keys, in order: its own, with none inherited and no symbols. */
function hasKeys(object: object, keys: readonly string[]): boolean {
  let at = 0;
  for (const key in object) if (keys[at++] !== key) return false;
  return at === keys.length && Object.getOwnPropertySymbols(object).length === 0;
}

/** None for keys that mean more than their text, and where code must not be made of text. */
function createShape(keys: string[]): Shape | undefined {
  if (keys.some((key) => key === '__proto__' || /^\d/.test(key))) return undefined;
  const members = keys.map((key) => `${JSON.stringify(key)}: source[${JSON.stringify(key)}]`);
  try {
    // oxlint-disable-next-line no-new-func -- a literal, which is the point, with quoted keys only
    const copy = new Function('source', `return { ${members.join()} };`) as Shape['copy'];
    return { keys, copy };
  } catch {
    return undefined;
  }
}
