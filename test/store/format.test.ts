import { describe, expect, it } from '@jest/globals';
import fc from '../support/fast-check.ts';
import { encodeBatch, headerOf, readLog } from '../../src/store/format.ts';
import { type Batch, StoreProblem } from '../../src/store/store.ts';

const bytesOf = (bytes: Buffer) => ({
  size: bytes.length,
  read: (offset: number, length: number) => bytes.subarray(offset, offset + length),
});
const header = headerOf('g-set');
const read = (bytes: Buffer) => readLog(bytesOf(bytes), 'n0/log', 'g-set');

/** What is read, or why it cannot be. */
function outcomeOf(bytes: Buffer): unknown {
  try {
    return read(bytes);
  } catch (error) {
    if (!(error instanceof StoreProblem)) throw error;
    return error.message;
  }
}

const texts = fc.array(fc.json(), { minLength: 1, maxLength: 3 });
const batches = fc.array(
  fc.record(
    { records: texts, incarnation: fc.nat(), snapshot: fc.json() },
    { requiredKeys: ['records'] },
  ),
  { minLength: 1, maxLength: 6 },
) as fc.Arbitrary<Batch[]>;

/** What is kept once these were written, by a model that knows nothing of bytes. */
function keptOf(written: readonly Batch[]) {
  let kept: { incarnation: number; snapshot?: unknown; records: unknown[] } = {
    incarnation: 0,
    records: [],
  };
  for (const { incarnation = kept.incarnation, snapshot, records } of written) {
    const parsed = records.map((text) => JSON.parse(text));
    kept =
      snapshot === undefined
        ? { ...kept, incarnation, records: [...kept.records, ...parsed] }
        : { incarnation, snapshot: JSON.parse(snapshot), records: parsed };
  }
  return kept;
}

describe('the log of a store', () => {
  it('should hold what was written, and of a batch that was cut short nothing', () => {
    fc.assert(
      fc.property(batches, fc.nat(), (written, place) => {
        const frames = written.map(encodeBatch);
        const whole = Buffer.concat([header, ...frames]);
        expect(read(whole)).toEqual({ kept: keptOf(written), end: whole.length });
        const cut = header.length + (place % (whole.length - header.length));
        let [end, count] = [header.length, 0];
        while (end + (frames[count]?.length ?? Infinity) <= cut) end += frames[count++]!.length;
        const torn = read(whole.subarray(0, cut));
        expect(torn).toEqual({ kept: keptOf(written.slice(0, count)), end });
      }),
    );
  });

  it('should refuse a byte that has changed before the last batch, and say where', () => {
    let refused = 0;
    fc.assert(
      fc.property(batches, fc.nat(), fc.integer({ min: 1, max: 255 }), (written, place, change) => {
        const frames = written.map(encodeBatch);
        const whole = Buffer.concat([header, ...frames]);
        const at = header.length + (place % (whole.length - header.length));
        whole[at] = (whole[at] as number) ^ change;
        let [start, index] = [header.length, 0];
        while (start + frames[index]!.length <= at) start += frames[index++]!.length;
        const next = start + frames[index]!.length;
        const isLast = index === frames.length - 1;
        if (!isLast) refused++;
        const damaged = `damaged at byte ${start}, and goes on at byte ${next}`;
        const cut = { kept: keptOf(written.slice(0, index)), end: start };
        const outcome = outcomeOf(whole);
        const found = typeof outcome === 'string' ? /damaged[^:]*/.exec(outcome)?.[0] : outcome;
        expect(found).toEqual(isLast ? cut : damaged);
      }),
    );
    expect(refused).toBeGreaterThan(10);
  });

  it('should be refused when a later version has written it, or it is something else', () => {
    const problemOf = (text: string) => outcomeOf(Buffer.from(text));
    expect(problemOf('maelstate-log 2\nwhatever')).toMatch(/n0\/log has format 2.*later than 1/);
    expect(problemOf('{"a": 1}')).toMatch(/n0\/log is no log of a node: it begins with/);
    expect(problemOf('')).toMatch(/is no log/);
    expect(problemOf('maelstate-log 1\n')).toMatch(/is no log/);
  });

  it('should be refused when another kind of node has written it', () => {
    const readBy = (kind: string) => outcomeOf(headerOf(kind));
    expect(readBy('broadcast')).toMatch(
      /n0\/log was written by a node of the kind broadcast.*kind g-set/,
    );
    expect(readBy('über set\n'.repeat(50))).toMatch(/of the kind %C3%BCber%20set%0A/);
    const damaged = Buffer.from(headerOf('set').toString().replace('set', '%zz'));
    expect(outcomeOf(damaged)).toMatch(/of the kind %zz, and this one is of the kind g-set/);
    expect(readBy('g-set')).toEqual({ kept: { incarnation: 0, records: [] }, end: header.length });
  });
});
