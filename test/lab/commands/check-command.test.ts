import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createLab } from '../../support/processes/lab-process.ts';
import { some } from '../../support/runs.ts';

const { folder, run } = createLab();

const conformance = join(import.meta.dirname, '../conformance');
/** Some that are sound and some that are not; all are judged in `test/lab/checkers/conformance.test.ts`. */
const cases = ['echo', 'partition-recovers', 'drops-every-7th-value', 'reads-repeat-values'];
const invalid = new Set(['drops-every-7th-value', 'reads-repeat-values']);

const historyOf = (name: string) => join(conformance, name, 'history.ndjson');
const workloadOf = (name: string) => (name === 'echo' ? 'echo' : 'broadcast');

const event = (parts: object) =>
  JSON.stringify({
    index: 0,
    time: 0,
    type: 'invoke',
    process: 0,
    f: 'read',
    value: null,
    ...parts,
  });

describe('lab check on what Maelstrom recorded', () => {
  it.each(cases)('%s: should come to the verdict, and to what Maelstrom recorded', async (name) => {
    const check = ['check', '-w', workloadOf(name), historyOf(name)];
    const [forPeople, asJson] = await Promise.all([run(check), run([...check, '--json'])]);
    const isInvalid = invalid.has(name);
    expect([forPeople.status, asJson.status]).toEqual(isInvalid ? [1, 1] : [0, 0]);
    const closing = isInvalid ? 'Analysis invalid!' : 'Everything looks good!';
    expect(forPeople.stdout).toContain(`\n\n${closing}`);

    const recorded = JSON.parse(readFileSync(join(conformance, name, 'results.json'), 'utf8'));
    const { stats, availability, workload } = recorded;
    const results = JSON.parse(asJson.stdout);
    expect(results).toMatchObject({ 'valid?': !isInvalid, stats, availability, workload });
  });

  it('should hold the availability against what is asked for', async () => {
    const file = historyOf('one-broadcast-crashes');
    expect((await run(['check', file, '--availability', '0.98'])).status).toBe(0);
    const { status, stdout } = await run(['check', file, '--availability', 'total']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/98\.8 % available, which is less than was asked for/);
  });
});

describe('lab check on the history of a test that was interrupted', () => {
  const lines = readFileSync(historyOf('partition-recovers'), 'utf8').trimEnd().split('\n');
  const isFinal = (line: string) => line.includes('"final?":true');
  const checkLines = (name: string, kept: string[]) => {
    writeFileSync(join(folder, name), `${kept.join('\n')}\n`);
    return run(['check', name]);
  };

  it('without its final reads: should be unknown, say why, and call nothing lost', async () => {
    const before = lines.slice(0, lines.findIndex(isFinal));
    // The last reads that came in have seen next to nothing: what was known before looks lost.
    const { value: _value, ...read } = JSON.parse(
      lines.find((l) => l.includes('"read"')) as string,
    );
    const ends = ['invoke', 'ok'].map((type, at) =>
      JSON.stringify({
        ...read,
        index: 1e6 + at,
        time: 1e12,
        process: 999,
        type,
        value: type === 'ok' ? [] : null,
      }),
    );
    const { status, stdout } = await checkLines('unfinished.ndjson', [...before, ...ends]);
    expect(stdout).toMatch(/^UNKNOWN/);
    expect(stdout).toMatch(/stopped {2}the history ends before the final operations/);
    expect(stdout).toMatch(/[1-9]\d* under way/);
    expect(stdout).not.toMatch(/lost|Analysis invalid/);
    expect(status).toBe(2);
  });

  it('without the end of its final reads: should be unknown, and say how many are open', async () => {
    const lastOk = lines.findLastIndex((line) => line.includes('"ok"'));
    const { status, stdout } = await checkLines('open.ndjson', lines.toSpliced(lastOk, 1));
    expect(stdout).toMatch(/stopped {2}the history ends with 1 operation under way/);
    expect(status).toBe(2);
  });
});

describe('lab check within a time limit', () => {
  it('should call undecided what takes longer', async () => {
    const file = join(conformance, 'lin-kv/many-unanswered/history.ndjson');
    const check = ['check', '-w', 'lin-kv', file];
    expect((await run(check)).status).toBe(0);
    const { status, stdout } = await run([...check, '--checker-time-limit', '0.000001']);
    expect(stdout).toMatch(/undecided {2}key 0: undecided after 0\.0 s of search/);
    expect(status).toBe(2);
  });
});

describe('lab check on what is no history', () => {
  const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

  it.each(
    some(
      [
        ['no JSON', [event({}), 'nonsense'], /line 2: .*not valid JSON/],
        [
          'another JSON',
          ['{"valid?": true}'],
          /line 1: no event of a history: it must have required/,
        ],
        ['no object', ['null'], /line 1: no event of a history: it must be object/],
        [
          'a wrong part',
          [event({ type: 'done' })],
          /line 1: no event of a history: \/type must be/,
        ],
        ['a negative time', [event({ time: -1 })], /line 1: .*\/time must be >= 0/],
        ['blank lines before', ['', '', '{}'], /line 3: no event/],
        ['a read of nothing', [event({ type: 'ok' })], /line 1: no outcome of read.*must be array/],
        [
          'a read of text',
          [event({ type: 'ok', value: 'abc' })],
          /line 1: no outcome of read.*must be array/,
        ],
        [
          'values nested too deeply',
          [event({ value: 'X' }).replace('"X"', nested)],
          /line 1: .*nest deeper/,
        ],
        [
          'operations of another workload',
          [event({ f: 'echo' })],
          /line 1: "echo" is nothing that clients of broadcast do: they do broadcast and read/,
        ],
      ],
      3,
    ),
  )('%s: should name file, line and reason', async (name, lines, text) => {
    const file = `${name}.ndjson`;
    writeFileSync(join(folder, file), `${lines.join('\n')}\n`);
    const { status, stdout, stderr } = await run(['check', file]);
    expect(stderr).toMatch(text);
    expect(stderr).toContain(`lab: ${file}, line `);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(status).toBe(254);
  });

  const read = { value: [] };
  const ofTxn = (value: unknown, parts: object = {}) => event({ f: 'txn', value, ...parts });

  it.each(
    some(
      [
        [
          'broadcast',
          'an end without a beginning',
          [event({ type: 'ok', ...read })],
          1,
          /never began/,
        ],
        [
          'broadcast',
          'the end of something else',
          [event({}), event({ index: 1, type: 'ok', f: 'broadcast', value: 1 })],
          2,
          /process 0 ends a broadcast, but began a read in event 0/,
        ],
        [
          'broadcast',
          'two things at a time',
          [event({}), event({ index: 1 })],
          2,
          /one thing at a time/,
        ],
        [
          'broadcast',
          'a process that had gone',
          [event({}), event({ index: 1, type: 'info' }), event({ index: 2 })],
          3,
          /process 0 goes on, but event 1 left open/,
        ],
        [
          'broadcast',
          'events in disorder',
          [event({ index: 5 }), event({ index: 4, type: 'ok', ...read })],
          2,
          /event 4 comes after event 5/,
        ],
        ['g-set', 'a read of a number', [event({ type: 'ok', value: 3 })], 1, /no outcome of read/],
        ['unique-ids', 'another kind', [event({})], 1, /they do generate/],
        [
          'pn-counter',
          'an add of text',
          [event({ f: 'add', value: 'x' })],
          1,
          /no invocation of add/,
        ],
        ['lin-kv', 'a read without a key', [event({})], 1, /no invocation of read/],
        [
          'kafka',
          'an offset that is none',
          [event({ f: 'send', type: 'ok', value: [['send', '1', ['a', 1]]] })],
          1,
          /no outcome of send/,
        ],
        [
          'txn-rw-register',
          'a write of a list',
          [ofTxn([['w', 1, [2]]])],
          1,
          /no invocation of txn/,
        ],
        [
          'txn-list-append',
          'an append of text',
          [ofTxn([['append', 1, 'x']])],
          1,
          /no invocation of txn/,
        ],
        [
          'txn-list-append',
          'a read of a number',
          [ofTxn([['r', 1, null]]), ofTxn([['r', 1, 4]], { index: 1, type: 'ok' })],
          2,
          /no outcome of txn/,
        ],
      ],
      2,
    ),
  )('%s, %s: should name the line', async (workload, name, lines, number, text) => {
    const file = `${workload}, ${name}.ndjson`;
    writeFileSync(join(folder, file), `${lines.join('\n')}\n`);
    const { status, stderr } = await run(['check', '-w', workload, file]);
    expect(stderr).toMatch(text);
    expect(stderr).toContain(`lab: ${file}, line ${number}: `);
    expect(status).toBe(254);
  });

  it('should say that of echo, too', async () => {
    writeFileSync(join(folder, 'echo.ndjson'), event({ f: 'echo', type: 'ok' }));
    const { status, stderr } = await run(['check', '-w', 'echo', 'echo.ndjson']);
    expect(stderr).toMatch(/echo.ndjson, line 1: no outcome of echo.*must be object/);
    expect(status).toBe(254);
  });

  it.each(
    some(
      [
        ['missing.ndjson', /lab: missing.ndjson: ENOENT: no such file/],
        ['a-folder', /lab: a-folder: EISDIR/],
      ],
      3,
    ),
  )('%s: should say why it cannot be read', async (file, text) => {
    mkdirSync(join(folder, 'a-folder'), { recursive: true });
    const { status, stderr } = await run(['check', file]);
    expect(stderr).toMatch(text);
    expect(status).toBe(254);
  });

  it('should know nothing of an empty history', async () => {
    writeFileSync(join(folder, 'empty.ndjson'), '');
    const { status, stdout } = await run(['check', 'empty.ndjson']);
    expect(stdout).toMatch(/No verdict: the history ends before the final operations/);
    expect(status).toBe(2);
  });
});
