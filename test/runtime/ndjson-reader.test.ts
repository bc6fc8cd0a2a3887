import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from '../support/fast-check.ts';
import { NdjsonReader } from '../../src/runtime/ndjson-reader.ts';

/** Reads everything out of chunks; gives back the values and what was reported. */
async function readAll(
  chunks: Iterable<string | Buffer>,
): Promise<{ values: unknown[]; problems: string[] }> {
  const input = new PassThrough();
  const values: unknown[] = [];
  const problems: string[] = [];
  const reader = new NdjsonReader(input, (problem) => problems.push(problem));
  reader.onReadable = () => {
    for (let value = reader.read(); value !== undefined; value = reader.read()) values.push(value);
  };
  const end = new Promise<void>((resolve) => {
    reader.onEnd = resolve;
  });
  for (const chunk of chunks) if (!input.write(chunk)) await once(input, 'drain');
  input.end();
  await end;
  return { values, problems };
}

describe('NdjsonReader', () => {
  it('should read a value a line: CRLF, blank lines, no newline at the end', async () => {
    const { values, problems } = await readAll([
      '1\r\n\n{"a":"b"}\r\n',
      '\r\n[2]\nfalse\n0\n""\ntrue',
    ]);
    expect(values).toEqual([1, { a: 'b' }, [2], false, 0, '', true]);
    expect(problems).toEqual([]);
  });

  it('should leave out lines that are not JSON, say so, and go on', async () => {
    const { values, problems } = await readAll(['1\nnonsense\n{"a":\n2\n', '}\n3']);
    expect(values).toEqual([1, 2, 3]);
    expect(problems).toHaveLength(3);
    expect(problems[0]).toMatch(/not JSON.*nonsense/);
  });

  it('should not be stopped by lines that are just null', async () => {
    const { values, problems } = await readAll([
      'null\n1\n null \r\nnull\n',
      '[null]\n"null"\nnull',
    ]);
    expect(values).toEqual([1, [null], 'null']);
    expect(problems).toHaveLength(4);
  });

  it('should refuse a line of more than 16 MiB, and read the next', async () => {
    const long = `"${'x'.repeat(16 * 1024 * 1024 - 2)}"`;
    const { values, problems } = await readAll([`${long}\n`, `${long}y\n`, '1\n']);
    expect(values).toEqual([long.slice(1, -1), 1]);
    expect(problems).toEqual([expect.stringMatching(/longer than 16777216 bytes/)]);
  });

  it('should read the same values however the bytes are cut, inside a character too', async () => {
    const values = fc.array(fc.jsonValue().filter((value) => value !== null));
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 9 }), async (expected, size) => {
        const bytes = Buffer.from(expected.map((value) => `${JSON.stringify(value)}\n`).join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        expect((await readAll(chunks)).values).toEqual(JSON.parse(JSON.stringify(expected)));
      }),
    );
  });

  it('should still give what it had read when it is stopped, and then end', async () => {
    const input = new PassThrough();
    const reader = new NdjsonReader(input, () => {});
    const ended = new Promise<void>((resolve) => {
      reader.onEnd = resolve;
    });
    input.write('1\n2\n3');
    await new Promise(setImmediate);
    reader.stop();
    expect([reader.read(), reader.read(), reader.read()]).toEqual([1, 2, undefined]);
    await ended;
  });
});
