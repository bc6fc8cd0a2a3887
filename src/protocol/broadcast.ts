import { type Static, type TSchema, Type } from 'typebox';
import { JsonValue } from './json-value.ts';

const msgId = Type.Integer();

/**
 * What a broadcast node takes in, by the type of the message's body: Maelstrom's requests, which
 * carry a `msg_id` and are answered, and `gossip` between nodes, which is not.
 */
export const broadcastMessages = {
  init: Type.Object({
    type: Type.Literal('init'),
    msg_id: msgId,
    node_id: Type.String({ minLength: 1 }),
    node_ids: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
  }),
  topology: Type.Object({
    type: Type.Literal('topology'),
    msg_id: msgId,
    topology: recordOf(Type.Array(Type.String())),
  }),
  broadcast: Type.Object({
    type: Type.Literal('broadcast'),
    msg_id: msgId,
    message: JsonValue,
  }),
  read: Type.Object({
    type: Type.Literal('read'),
    msg_id: msgId,
  }),
  gossip: Type.Object({
    type: Type.Literal('gossip'),
    known: Type.Array(JsonValue),
  }),
};

/** The body of each message a broadcast node takes in, by type. */
export type BroadcastBodies = {
  [T in keyof typeof broadcastMessages]: Static<(typeof broadcastMessages)[T]>;
};

/** `Type.Record` says the same, but doubles what a node has to load before it can answer `init`. */
function recordOf<S extends TSchema>(schema: S) {
  return Type.Unsafe<Record<string, Static<S>>>({ type: 'object', additionalProperties: schema });
}

const inReplyTo = Type.Integer();

/** What a broadcast node's clients accept as replies, by the type of the request. */
export const broadcastReplies = {
  topology: replyOf('topology_ok', {}),
  broadcast: replyOf('broadcast_ok', {}),
  read: replyOf('read_ok', { messages: Type.Array(Type.Unknown()) }),
};

function replyOf<P extends Record<string, TSchema>>(type: string, parts: P) {
  return Type.Object(
    { type: Type.Literal(type), in_reply_to: inReplyTo, msg_id: Type.Optional(msgId), ...parts },
    { additionalProperties: false },
  );
}
