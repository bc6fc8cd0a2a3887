import type { Body, Message } from '../wire/message.ts';

/** A value that keeps its own JSON text, which spares encoding it again. */
interface Encoded {
  toJsonText(): string;
}

/**
 * A message as the line that goes on the wire, without its newline. Most are small, and written
 * member by member sooner than `JSON.stringify` finds out what they are.
 *
 * @param msgId the id that the body is given
 */
export function encode({ src, dest, body }: Message, msgId?: number): string {
  const members = encodeMembers(msgId === undefined ? body : withoutId(body));
  const id = msgId === undefined ? '' : `${members && ','}"msg_id":${msgId}`;
  return `{"src":${quoted(src)},"dest":${quoted(dest)},"body":{${members}${id}}}`;
}

/** A body that is to be given another id than the one it has. */
function withoutId(body: Body): Body {
  return body.msg_id === undefined ? body : { ...body, msg_id: undefined };
}

function encodeMembers(body: Body): string {
  let members = '';
  for (const key of Object.keys(body)) {
    const text = encodePart(body[key]);
    if (text === undefined) continue; // as `JSON.stringify` leaves members out
    members += members === '' ? `${quoted(key)}:${text}` : `,${quoted(key)}:${text}`;
  }
  return members;
}

function encodePart(part: unknown): string | undefined {
  if (typeof part === 'string') return quoted(part);
  if (typeof part === 'number' && Number.isFinite(part)) return `${part}`;
  return isEncoded(part) ? part.toJsonText() : JSON.stringify(part);
}

/** Names and ids, which mean in JSON what they are. */
const PLAIN = /^[\w.:-]*$/;

function quoted(text: string): string {
  return text.length <= 32 && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

function isEncoded(part: unknown): part is Encoded {
  return typeof (part as Partial<Encoded> | null)?.toJsonText === 'function';
}
