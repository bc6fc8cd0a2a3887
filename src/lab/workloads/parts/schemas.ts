import { type TSchema, Type } from 'typebox';

/** A list in a reply: `null` passes as an empty one, as it does in Maelstrom. */
export function listOf(schema: TSchema) {
  return Type.Union([Type.Array(schema), Type.Null()]);
}

/** What an operation that takes no argument is invoked with. */
export const nothing = Type.Null();
