import { type Static, Type } from 'typebox';
import { DeltaMessage } from '../gossip/delta.ts';
import { JsonValue } from '../../src/wire/json-value.ts';
import { InitMessage, MsgId, recordOf } from '../../src/wire/schemas.ts';

/**
 * What a broadcast node takes in, by the type of the message's body: Maelstrom's requests, which
 * carry a `msg_id` and are answered, and what nodes tell each other, which is not: in the protocol
 * `full` all they know (`gossip`), otherwise what the other is not known to have (`delta`).
 */
export const broadcastMessages = {
  init: InitMessage,
  topology: Type.Object({
    type: Type.Literal('topology'),
    msg_id: MsgId,
    topology: recordOf(Type.Array(Type.String())),
  }),
  broadcast: Type.Object({
    type: Type.Literal('broadcast'),
    msg_id: MsgId,
    message: JsonValue,
  }),
  read: Type.Object({
    type: Type.Literal('read'),
    msg_id: MsgId,
  }),
  gossip: Type.Object({
    type: Type.Literal('gossip'),
    known: Type.Array(JsonValue),
  }),
  delta: DeltaMessage,
};

/** The body of each message a broadcast node takes in, by type. */
export type BroadcastBodies = {
  [T in keyof typeof broadcastMessages]: Static<(typeof broadcastMessages)[T]>;
};
