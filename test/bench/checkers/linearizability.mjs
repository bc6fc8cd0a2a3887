// How long does it take to judge registers? `node test/bench/checkers/linearizability.mjs` prints the answer;
// `npm run bench:checkers` prints that of transactions as well.
import { median, printTable } from '../parts/compare.mjs';
import { loadSource } from '../parts/load-source.mjs';
import { timed } from '../parts/process-time.mjs';
import { seeded } from '../parts/seeded.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const HISTORIES = Number(process.env.BENCH_HISTORIES ?? 100);
const CLIENTS = 20;
const KEYS = 10;
const VALUES = 5;
const TIME_LIMIT_MS = 20_000;

const { checkLinearizability } = await loadSource(
  'src/lab/checkers/linearizability/check-linearizability.ts',
);
const { createRegisterModel } = await loadSource(
  'src/lab/checkers/linearizability/models/register-model.ts',
);
const model = createRegisterModel();

/**
 * What clients see of registers that do one thing at a time, in Maelstrom's mix: half reads, a sixth
 * writes, a third compare-and-set. Each takes effect at some moment between its call and its return.
 *
 * @param {number} open the share of operations without an answer; half of them take effect
 */
function runRegisters({ size, random, open = 0, keys = KEYS }) {
  const busyUntil = Array.from({ length: CLIENTS }, random);
  const drafts = Array.from({ length: size }, () => {
    const client = busyUntil.indexOf(Math.min(...busyUntil));
    const call = busyUntil[client];
    const effect = call + random();
    const end = effect + random();
    busyUntil[client] = end + random();
    return { process: client, call, effect, return: end, input: drawInput(random, keys) };
  });
  const registers = new Map();
  return drafts
    .toSorted((a, b) => a.effect - b.effect)
    .flatMap(({ process, call, return: end, input }, index) => {
      if (random() < open) {
        if (random() < 0.5) perform(registers, input);
        return [{ process: `${process}/${index}`, call, return: null, input }];
      }
      const output = perform(registers, input);
      return [{ process, call, return: end, input, ...(output !== undefined && { output }) }];
    });
}

function drawInput(random, keys) {
  const key = Math.floor(random() * keys);
  const value = () => Math.floor(random() * VALUES);
  const kind = random();
  if (kind < 1 / 2) return { f: 'read', key };
  if (kind < 2 / 3) return { f: 'write', key, value: value() };
  return { f: 'cas', key, from: value(), to: value() };
}

function perform(registers, { f, key, value, from, to }) {
  const before = registers.get(key) ?? null;
  if (f === 'read') return before;
  if (f === 'write') return void registers.set(key, value);
  if (before === from) return void registers.set(key, to);
  return before === null ? 'absent' : 'mismatch';
}

/** One read in the middle returns another value than it saw. */
function withWrongRead(operations, random) {
  const reads = operations.filter(({ input, output }) => input.f === 'read' && output !== null);
  const wrong = reads[Math.floor(reads.length * (0.4 + random() / 5))];
  return operations.map((operation) =>
    operation === wrong ? { ...operation, output: (operation.output + 1) % VALUES } : operation,
  );
}

/** How several histories of one kind were judged. */
function measure(name, size, { count, draw }) {
  const results = Array.from({ length: count }, (_, seed) => {
    const operations = draw(seeded(seed + 1));
    return timed(() => checkLinearizability(model, operations, { timeLimitMs: TIME_LIMIT_MS }));
  });
  const times = results.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const verdicts = results.map(({ value }) => value.valid);
  const share = (verdict) => String(verdicts.filter((one) => one === verdict).length);
  return [
    name,
    String(size),
    String(count),
    share(true),
    share(false),
    share('unknown'),
    `${(median(times) / 1000).toFixed(2)} s`,
    `${(times.at(-1) / 1000).toFixed(2)} s`,
    `${Math.max(...results.map(({ heapMiB }) => heapMiB)).toFixed(0)} MiB`,
  ];
}

const header = [
  `registers, ${KEYS} keys, ${CLIENTS} clients`,
  'operations',
  'histories',
  'valid',
  'invalid',
  'unknown',
  'median',
  'longest',
  'heap',
];
const sound = (size, open, keys) => (random) => runRegisters({ size, random, open, keys });
measure('warm-up', 1000, { count: 1, draw: sound(1000) });
printTable([
  header,
  measure('all answered', 10_000, { count: ROUNDS, draw: sound(10_000) }),
  measure('the same, ten times as many', 100_000, { count: 1, draw: sound(100_000) }),
  measure('one wrong read', 10_000, {
    count: ROUNDS,
    draw: (random) => withWrongRead(runRegisters({ size: 10_000, random }), random),
  }),
  measure('1 % open', 10_000, { count: HISTORIES, draw: sound(10_000, 0.01) }),
  measure('1 % open, one wrong read', 10_000, {
    count: Math.ceil(HISTORIES / 4),
    draw: (random) => withWrongRead(runRegisters({ size: 10_000, random, open: 0.01 }), random),
  }),
  measure('a third open, one key', 160, { count: HISTORIES, draw: sound(160, 1 / 3, 1) }),
]);
process.stdout.write(
  `  Times are the processor's. A history is given ${TIME_LIMIT_MS / 1000} s, and then unknown.\n`,
);
