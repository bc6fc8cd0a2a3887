import type { CheckResult } from '../checkers/checker.ts';
import { counted, type Row, texts } from '../terminal/rows/rows.ts';
import type { Fault, NamedMessage } from './fault.ts';

type Counts = Record<string, number>;

/** What the nemesis says of its work. */
type NemesisResult = CheckResult & { struck: Counts; 'in-vain'?: Counts };

/** How many faults a summary lists. */
const MAX_LISTED = 12;

/** A schedule as a timeline for people, with what its faults struck. */
export function faultRows(schedule: readonly Fault[], result: unknown): Row[] {
  if (schedule.length === 0) return [];
  const { struck, 'in-vain': inVain = {} } = result as NemesisResult;
  const faults = schedule.slice(0, MAX_LISTED).map((fault, index): Row => {
    const { from, to, kind } = fault;
    const text = `${time(from)} – ${time(to)} s  ${kind.padEnd(9)}  ${details(fault)}`;
    return [index === 0 ? 'faults' : '', text];
  });
  const rest = schedule.length - MAX_LISTED;
  const more: Row[] = rest > 0 ? [['', `and ${rest} more in schedule.json`]] : [];
  const counts = Object.entries(struck).map(
    ([kind, count]) =>
      `${kind} ${counted(count, unitOf(kind))}${inVain[kind] ? ` (and ${inVain[kind]} with nothing to lose)` : ''}`,
  );
  const idle = Object.keys(struck).filter((kind) => struck[kind] === 0);
  const untested = `${idle.join(', ')} struck nothing that could matter, so this run says nothing about it`;
  return [
    ...faults,
    ...more,
    ['struck', counts.join(', ')],
    ...(idle.length > 0 ? [['untested', untested, 'doubt'] satisfies Row as Row] : []),
  ];
}

function time(seconds: number): string {
  return seconds.toFixed(1).padStart(5);
}

function unitOf(kind: string): string {
  if (kind === 'slow-disk') return 'sync';
  return ['pause', 'kill', 'full-disk', 'clock'].includes(kind) ? 'node' : 'message';
}

/** What a fault does, beside its kind and its times. */
export function details(fault: Fault): string {
  if ('cuts' in fault) return `${fault.shape}: ${describeCuts(fault.cuts)}`;
  if (fault.kind === 'loss' && fault.messages) return describeLosses(fault.messages);
  const { kind: _kind, from: _from, to: _to, ...parts } = fault;
  return Object.entries(parts)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(' ') : value}`)
    .join(', ');
}

/** Which messages are lost: `n0 → n4, third message`. */
function describeLosses(messages: readonly NamedMessage[]): string {
  return texts(
    messages.map(({ src, dest, nth }) => `${src} → ${dest}, ${ordinal(nth)} message`),
    messages.length,
    '; ',
  );
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

function ordinal(number: number): string {
  return ordinals[number - 1] ?? `number ${number},`;
}

/** Who does not hear whom; nodes that miss the same ones together. */
function describeCuts(cuts: Record<string, string[]>): string {
  if (Object.keys(cuts).length === 0) return 'cuts nothing';
  const groups = new Map<string, string[]>();
  for (const [node, unheard] of Object.entries(cuts)) {
    const key = unheard.toSorted().join(' ');
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  const parts = [...groups].map(([unheard, nodes]) => `${nodes.toSorted().join(' ')} ⊬ ${unheard}`);
  return parts.slice(0, 3).join('; ') + (parts.length > 3 ? '; …' : '');
}
