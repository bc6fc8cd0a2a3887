import { type Static, type TSchema, Type } from 'typebox';

const MsgId = Type.Integer();

/** The body of a good reply: Maelstrom takes no parts but those it knows. */
export function replyOf<P extends Record<string, TSchema>>(type: string, parts: P) {
  return Type.Object(
    {
      type: Type.Literal(type),
      in_reply_to: MsgId,
      msg_id: Type.Optional(MsgId),
      ...parts,
    },
    { additionalProperties: false },
  );
}

/**
 * An object whose members all fit a schema. `Type.Record` says the same, but doubles what a node has
 * to load before it can answer `init`.
 */
export function recordOf<S extends TSchema>(schema: S) {
  return Type.Unsafe<Record<string, Static<S>>>({ type: 'object', additionalProperties: schema });
}
