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
  const ends = `{"src":${named(src)},"dest":${named(dest)},"body":{`;
  if (msgId === undefined) return `${ends}${encodeMembers(body)}}}`;
  const members = encodeMembers(body.msg_id === undefined ? body : { ...body, msg_id: undefined });
  return `${ends}${members}${members && ','}"msg_id":${msgId}}}`;
}

function encodeMembers(body: Body): string {
  let members = '';
  for (const key in body) {
    if (!Object.hasOwn(body, key)) continue;
    const part = body[key];
    const text = key === 'type' && typeof part === 'string' ? named(part) : encodePart(part);
    if (text === undefined) continue; // as `JSON.stringify` leaves members out
    members += members === '' ? `${named(key)}:${text}` : `,${named(key)}:${text}`;
  }
  return members;
}

function encodePart(part: unknown): string | undefined {
  if (typeof part === 'string') return quoted(part);
  if (typeof part === 'number' && Number.isFinite(part)) return `${part}`;
  return isEncoded(part) ? part.toJsonText() : JSON.stringify(part);
}

/** As many names as clusters and protocols have; of others, the text is not kept. */
const MAX_NAMES = 1000;
const names = new Map<string, string>();

/** The text of a string of which there are few, and those again and again. */
function named(name: string): string {
  let text = names.get(name);
  if (text === undefined) {
    text = JSON.stringify(name);
    if (names.size < MAX_NAMES) names.set(name, text);
  }
  return text;
}

/** What means in JSON what it is. */
const PLAIN = /^[\w .:-]*$/;

function quoted(text: string): string {
  return text.length <= 32 && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

function isEncoded(part: unknown): part is Encoded {
  return typeof (part as Partial<Encoded> | null)?.toJsonText === 'function';
}
