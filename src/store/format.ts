import { crc32 } from 'node:zlib';
import type { Kept } from '../kit/actors/disk-actor.ts';
import type { Json } from '../wire/message.ts';
import { type Batch, StoreProblem } from './store.ts';

/**
 * A log, byte by byte: the header, which says of what kind the node is that keeps it, then one frame for
 * each batch. A frame is a byte that UTF-8 text
 * never holds, the length of its text, the checksum of the length and the text, and the text: JSON.
 */
const FORMAT = 1;
const HEADER = /^maelstate-log (\d+)(?: (\S+))?\n/;
const MARK = 0xff;
const LENGTH_AT = 1;
const CHECKSUM_AT = 5;
const TEXT_AT = 9;

/** The head of every log of nodes of a kind, such as `g-set`. */
export function headerOf(kind: string): Buffer {
  return Buffer.from(`maelstate-log ${FORMAT} ${encodeURIComponent(kind)}\n`);
}

/** Bytes that can be read anywhere. */
export interface Bytes {
  readonly size: number;
  /** The bytes from `offset` on, `length` of them or as many as there are; valid until the next call. */
  read(offset: number, length: number): Buffer;
}

/** A batch as the bytes of its frame. */
export function encodeBatch({ incarnation, snapshot, records }: Batch): Buffer {
  const members = [
    ...(incarnation === undefined ? [] : [`"incarnation":${incarnation}`]),
    ...(snapshot === undefined ? [] : [`"snapshot":${snapshot}`]),
    ...(records.length === 0 ? [] : [`"records":[${records.join(',')}]`]),
  ];
  const text = `{${members.join(',')}}`;
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(TEXT_AT + length);
  frame[0] = MARK;
  frame.writeUInt32LE(length, LENGTH_AT);
  frame.write(text, TEXT_AT);
  frame.writeUInt32LE(checksumOf(frame.subarray(TEXT_AT), frame), CHECKSUM_AT);
  return frame;
}

/** What a log holds. */
export interface Contents {
  kept: Kept;
  /** Where the last good frame ends: what follows is a batch that never was wholly written. */
  end: number;
}

/**
 * Reads a log. What is not good at its end is a batch that a crash has cut short, as there is only
 * one on its way to the disk at a time; nobody was told that it is there.
 *
 * @param place the log, as problems name it
 * @param kind of what kind the node is that reads it
 * @throws StoreProblem when it is no log, of a later format, of another kind of node, or not good
 *   before its end
 */
export function readLog(bytes: Bytes, place: string, kind: string): Contents {
  checkHeader(bytes, place, kind);
  const contents = {
    incarnation: 0,
    snapshot: undefined as Json | undefined,
    records: [] as Json[],
  };
  let at = headerOf(kind).length;
  for (let text = textAt(bytes, at); text; text = textAt(bytes, at)) {
    at += TEXT_AT + text.length;
    take(contents, JSON.parse(text.toString()));
  }
  const next = findFrame(bytes, at + 1);
  if (next !== undefined) throw new StoreProblem(explainDamage(place, at, next));
  const { snapshot, ...kept } = contents;
  return { kept: { ...kept, ...(snapshot !== undefined && { snapshot }) }, end: at };
}

interface Batched {
  incarnation?: number;
  snapshot?: Json;
  records?: Json[];
}

function take(
  contents: { incarnation: number; snapshot: Json | undefined; records: Json[] },
  { incarnation, snapshot, records = [] }: Batched,
): void {
  if (incarnation !== undefined) contents.incarnation = incarnation;
  if (snapshot !== undefined) {
    contents.snapshot = snapshot;
    contents.records = [];
  }
  for (const record of records) contents.records.push(record);
}

const LONGEST_HEADER = 4096;

function checkHeader(bytes: Bytes, place: string, kind: string): void {
  const head = bytes.read(0, LONGEST_HEADER).toString('latin1');
  const [, format, writer] = HEADER.exec(head) ?? [];
  const version = Number(format);
  if (version === FORMAT && writer !== undefined) return checkWriter(writer, place, kind);
  if (version > FORMAT) {
    throw new StoreProblem(
      `${place} has format ${version}, and this node knows none later than ${FORMAT}: it was ` +
        'written by a newer version, which has to be used here, too',
    );
  }
  throw new StoreProblem(
    `${place} is no log of a node: it begins with ${JSON.stringify(head.slice(0, 20))}. ` +
      'Was another folder meant? If not, move this one away, and the node starts with nothing',
  );
}

function checkWriter(writer: string, place: string, kind: string): void {
  if (writer === encodeURIComponent(kind)) return;
  throw new StoreProblem(
    `${place} was written by a node of the kind ${writer}, and this one is of the ` +
      `kind ${kind}: name another folder, one for each kind of node`,
  );
}

/** The text of the frame at an offset, if a good one is there. */
function textAt(bytes: Bytes, offset: number): Buffer | undefined {
  const head = bytes.read(offset, TEXT_AT);
  if (head.length < TEXT_AT || head[0] !== MARK) return undefined;
  const length = head.readUInt32LE(LENGTH_AT);
  if (offset + TEXT_AT + length > bytes.size) return undefined;
  const frame = bytes.read(offset, TEXT_AT + length);
  const text = frame.subarray(TEXT_AT);
  return frame.readUInt32LE(CHECKSUM_AT) === checksumOf(text, frame) ? text : undefined;
}

/** Of the text, and of its length as the frame has it. */
function checksumOf(text: Buffer, frame: Buffer): number {
  return crc32(text, crc32(frame.subarray(LENGTH_AT, CHECKSUM_AT)));
}

const LOOKED_THROUGH_AT_ONCE = 1024 * 1024;

/** Where the first good frame at or after an offset is. */
function findFrame(bytes: Bytes, offset: number): number | undefined {
  for (let from = offset; from < bytes.size; from += LOOKED_THROUGH_AT_ONCE) {
    for (const at of marksIn(bytes.read(from, LOOKED_THROUGH_AT_ONCE))) {
      if (textAt(bytes, from + at)) return from + at;
    }
  }
  return undefined;
}

function marksIn(chunk: Buffer): number[] {
  const marks: number[] = [];
  for (let at = chunk.indexOf(MARK); at !== -1; at = chunk.indexOf(MARK, at + 1)) marks.push(at);
  return marks;
}

function explainDamage(place: string, at: number, next: number): string {
  return (
    `${place} is damaged at byte ${at}, and goes on at byte ${next}: what was kept between is lost, ` +
    'and this node may have promised it. Move the folder away, and the node starts with nothing ' +
    'and catches up from its peers'
  );
}
