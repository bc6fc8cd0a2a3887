import { type Static, type TSchema, Type } from 'typebox';

/** The number of a request, unique at its sender. */
export const MsgId = Type.Integer();

/** The first request to every node: who it is, and who is in the cluster. */
export const InitMessage = Type.Object({
  type: Type.Literal('init'),
  msg_id: MsgId,
  node_id: Type.String({ minLength: 1 }),
  node_ids: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
});

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

/** `Type.Record` says the same, but doubles what a node has to load before it can answer `init`. */
export function recordOf<S extends TSchema>(schema: S) {
  return Type.Unsafe<Record<string, Static<S>>>({ type: 'object', additionalProperties: schema });
}
