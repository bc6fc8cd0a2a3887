import { stringifyExact } from '../../../wire/exact-json.ts';
import type { LinKvResult, RegistersResult } from '../../checkers/registers/lin-kv.ts';
import type { OddRead } from '../../checkers/registers/odd-reads.ts';
import { counted, type NameOfProcess, type Row, texts, type Weight } from './rows.ts';

/** How many keys of each kind are explained. */
const MAX_EXPLAINED = 3;

/** Maelstrom's verdict, and a stricter one. */
export interface RegisterResults {
  workload: LinKvResult;
  registers: RegistersResult;
}

/** What was found of registers: by Maelstrom's rules, and by strict ones. */
export function registerRows(
  { workload, registers }: RegisterResults,
  nameOf: NameOfProcess,
): Row[] {
  const judged = Object.entries(workload.results);
  const open = judged.filter(([, result]) => result['valid?'] === 'unknown').map(([of]) => of);
  const strictly = registers.failures.filter((of) => !workload.failures.includes(of));
  const rows: Row[] = [
    [
      'registers',
      `${counted(judged.length, 'key')}, ${workload.failures.length} not linearizable, ${open.length} undecided`,
    ],
    ...workload.failures
      .slice(0, MAX_EXPLAINED)
      .flatMap((of) => why('failure', of, workload, 'bad')),
    ...open.slice(0, MAX_EXPLAINED).flatMap((of) => why('undecided', of, workload, 'doubt')),
  ];
  if (strictly.length > 0) {
    rows.push(['strictly', `also wrong: ${texts(strictly.map((of) => `key ${of}`))}`, 'bad']);
    rows.push(...why('strictly', strictly[0] as string | number, registers, 'bad'));
  }
  return [...rows, ...readRows(registers, nameOf)];
}

function why(name: string, of: string | number, { results }: LinKvResult, weight: Weight): Row[] {
  return (results[of]?.why ?? []).map((text): Row => [name, `key ${of}: ${text}`, weight]);
}

function readRows(registers: RegistersResult, nameOf: NameOfProcess): Row[] {
  const shown = (reads: readonly OddRead[]) =>
    reads.map(({ key, value, process }) => `${stringifyExact(value)} of ${key} ${nameOf(process)}`);
  const { invented, refused, unread } = registers;
  const rows: Row[] = [
    [
      'invented',
      `values were read that nobody asked for: ${texts(shown(invented), registers['invented-count'])}`,
      'bad',
    ],
    [
      'refused',
      `values were read that only refused operations had asked for: ${texts(shown(refused), registers['refused-count'])}`,
      'bad',
    ],
    [
      'unread',
      `no read succeeded of ${texts(
        unread.map((key) => `key ${key}`),
        registers['unread-count'],
      )}: little is known of them`,
      'doubt',
    ],
  ];
  return rows.filter(([name]) => registers[`${name}-count`]);
}
