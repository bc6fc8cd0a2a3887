import { type TSchema, Type } from 'typebox';
import Schema from 'typebox/schema';
import type { Body, EndpointId, Message } from '../../wire/message.ts';
import { quote } from '../../wire/quote.ts';
import type { Violation } from './violation.ts';
import { isClient } from './network.ts';
import { schemaProblem } from '../history/schema-problem.ts';

const envelope = Schema.Compile(
  Type.Object(
    {
      id: Type.Optional(Type.Integer()),
      src: Type.String(),
      dest: Type.String(),
      body: Type.Object({
        type: Type.String(),
        msg_id: Type.Optional(Type.Integer()),
        in_reply_to: Type.Optional(Type.Integer()),
      }),
    },
    { additionalProperties: false },
  ),
);

const errorReply = Type.Object({
  type: Type.Literal('error'),
  in_reply_to: Type.Integer(),
  code: Type.Integer(),
  text: Type.Optional(Type.String()),
});

const initReply = Type.Object(
  {
    type: Type.Literal('init_ok'),
    in_reply_to: Type.Integer(),
    msg_id: Type.Optional(Type.Integer()),
  },
  { additionalProperties: false },
);

export interface MessageCheckOptions {
  /** The schema of a good reply by the type of the request, for the workload's requests. */
  replies: Record<string, TSchema>;
  isEndpoint: (id: EndpointId) => boolean;
  /** The request that client `id` sent under `msgId`, while it waits for the reply. */
  findRequest: (id: EndpointId, msgId: number) => Body | undefined;
}

/**
 * Makes the function that checks what a node sends, as strictly as Maelstrom does.
 *
 * @returns a function of the node's id and what it sent that gives back the message, or what is
 *   wrong with it
 */
export function createMessageCheck({ replies, isEndpoint, findRequest }: MessageCheckOptions) {
  const errorValidator = Schema.Compile(errorReply);
  const validators = new Map(
    Object.entries({ init: initReply, ...replies }).map(([type, schema]) => [
      type,
      Schema.Compile(schema),
    ]),
  );

  return (node: EndpointId, sent: unknown): Message | Omit<Violation, 'node' | 'line'> => {
    if (!envelope.Check(sent)) {
      return {
        problem: `sent what is not a message: ${schemaProblem(envelope, sent)}`,
        advice: 'A message is {"src": …, "dest": …, "body": {"type": …}}, and nothing else.',
      };
    }
    const message = sent as Message;
    const { src, dest, body } = message;
    if (src !== node) {
      return {
        problem: `sent a message in the name of ${quote(src)}`,
        advice: `A node's own id, from init, is the src of all it sends: here ${node}.`,
      };
    }
    if (!isEndpoint(dest)) {
      return {
        problem: `sent a message to ${quote(dest)}, which does not exist`,
        advice:
          'Send to the ids that init and topology give, and answer to the src of the request.',
      };
    }
    return (isClient(dest) && problemOfReply(dest, body)) || message;
  };

  function problemOfReply(client: EndpointId, body: Body) {
    if (body.in_reply_to === undefined) {
      return {
        problem: `sent ${client} a message that answers nothing: in_reply_to is missing`,
        advice: 'Clients only take replies. in_reply_to is the msg_id of the request.',
      };
    }
    const request = findRequest(client, body.in_reply_to);
    if (!request) return undefined; // late, or a second time: tolerated
    const validator =
      body.type === 'error' ? errorValidator : (validators.get(request.type) as Schema.Validator);
    if (validator.Check(body)) return undefined;
    return {
      problem: `answered ${quote(request)} of ${client} with a wrong body: ${schemaProblem(validator, body)}`,
      advice: `A reply to ${request.type} has these parts: ${partsOf(validator)}.`,
    };
  }
}

function partsOf(validator: Schema.Validator): string {
  const { properties } = validator.Schema() as { properties: Record<string, { const?: string }> };
  return Object.entries(properties)
    .map(([key, schema]) => (schema.const === undefined ? key : `${key} "${schema.const}"`))
    .join(', ');
}
