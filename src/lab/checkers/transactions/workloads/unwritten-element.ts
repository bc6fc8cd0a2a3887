import type { Scalar } from '../history/transaction.ts';
import { show } from '../versions/show.ts';

/** A list whose order cannot be told, because nobody appended one of its elements. */
export class UnwrittenElement extends Error {
  constructor(key: Scalar, element: Scalar) {
    super(`no transaction appended ${show(element)} to key ${show(key)}, where it was read`);
    this.name = 'UnwrittenElement';
  }
}
