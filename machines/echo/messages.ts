import { type Static, Type } from 'typebox';
import { JsonValue } from '../../src/wire/json-value.ts';
import { InitMessage, MsgId } from '../../src/wire/schemas.ts';

/** What an echo node takes in, by the type of the message's body. */
export const echoMessages = {
  init: InitMessage,
  echo: Type.Object({
    type: Type.Literal('echo'),
    msg_id: MsgId,
    echo: JsonValue,
  }),
};

/** The body of each message an echo node takes in, by type. */
export type EchoBodies = {
  [T in keyof typeof echoMessages]: Static<(typeof echoMessages)[T]>;
};
