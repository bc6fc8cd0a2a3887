import { describe, expect, it } from '@jest/globals';
import fc from '../support/fast-check.ts';
import { LineFramer } from '../../src/runtime/line-framer.ts';

const LIMIT = 10;

/** Pushes chunks through a framer that refuses lines of more than ten bytes. */
function frame(chunks: Buffer[]): { lines: string[]; refused: number } {
  let refused = 0;
  const framer = new LineFramer(() => refused++, LIMIT);
  const pieces = [...chunks.map((chunk) => framer.push(chunk)), framer.end()];
  const text = Buffer.concat(pieces.filter((piece) => piece !== undefined)).toString();
  return { lines: text.split('\n').filter((line) => line !== ''), refused };
}

function cut(text: string, sizes: number[]): Buffer[] {
  const bytes = Buffer.from(text);
  const chunks: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

describe('LineFramer', () => {
  it('should give whole lines only, and the last one at the end', () => {
    const framer = new LineFramer(() => {});
    expect(framer.push(Buffer.from('one\ntw'))?.toString()).toBe('one\n');
    expect(framer.push(Buffer.from('o'))).toBeUndefined();
    expect(framer.push(Buffer.from('\nthree\nfour'))?.toString()).toBe('two\nthree\n');
    expect(framer.end()?.toString()).toBe('four');
    expect(framer.end()).toBeUndefined();
  });

  it('should refuse a line as soon as it is too long, and go on with the next', () => {
    let refused = 0;
    const framer = new LineFramer(() => refused++, LIMIT);
    expect(framer.push(Buffer.from('12345678901'))).toBeUndefined();
    expect(refused).toBe(1);
    expect(framer.push(Buffer.from('still the same line'))).toBeUndefined();
    expect(framer.push(Buffer.from('\nnext\n'))?.toString()).toBe('next\n');
    expect(refused).toBe(1);
  });

  it('should keep the short lines and refuse the long ones, however the bytes are cut', () => {
    const line = fc
      .string({ unit: 'grapheme', maxLength: 15 })
      .map((text) => text.replaceAll('\n', ''));
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(line), sizes, (lines, chunkSizes) => {
        const isShort = (text: string) => Buffer.byteLength(text) <= LIMIT;
        const { lines: kept, refused } = frame(
          cut(lines.map((text) => `${text}\n`).join(''), chunkSizes),
        );
        expect(refused).toBe(lines.filter((text) => !isShort(text)).length);
        expect(kept).toEqual(lines.filter((text) => text !== '' && isShort(text)));
      }),
      { numRuns: 1000 },
    );
  });
});
