import type { Message } from '../wire/message.ts';

/** A value that keeps its own JSON text, which spares encoding it again. */
interface Encoded {
  toJsonText(): string;
}

/** A message as the line that goes on the wire, without its newline. */
export function encode({ src, dest, body }: Message): string {
  return `{"src":${JSON.stringify(src)},"dest":${JSON.stringify(dest)},"body":${encodeBody(body)}}`;
}

function encodeBody(body: Message['body']): string {
  for (const key in body) {
    if (isEncoded(body[key])) return encodeMembers(body);
  }
  return JSON.stringify(body);
}

function encodeMembers(body: Message['body']): string {
  const members = Object.entries(body).map(([key, part]) => {
    const text = isEncoded(part) ? part.toJsonText() : JSON.stringify(part);
    return `${JSON.stringify(key)}:${text}`;
  });
  return `{${members.join(',')}}`;
}

function isEncoded(part: unknown): part is Encoded {
  return typeof (part as Partial<Encoded> | null)?.toJsonText === 'function';
}
