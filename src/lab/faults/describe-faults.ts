import type { CheckResult } from '../checkers/checker.ts';
import type { Fault } from './fault.ts';

/** How many faults a summary lists. */
const MAX_LISTED = 12;

/** A schedule as a timeline for people, with what its faults struck; empty when there are none. */
export function describeFaults(schedule: readonly Fault[], result: unknown): string {
  if (schedule.length === 0) return '';
  const { struck } = result as CheckResult & { struck: Record<string, number> };
  const rows = schedule.slice(0, MAX_LISTED).map((fault, index) => {
    const label = (index === 0 ? 'faults' : '').padStart(10);
    const { from, to, kind } = fault;
    return `${label}  ${time(from)} – ${time(to)} s  ${kind.padEnd(9)}  ${details(fault)}`;
  });
  const rest = schedule.length - MAX_LISTED;
  if (rest > 0) rows.push(`${''.padStart(10)}  and ${rest} more in schedule.json`);
  const counts = Object.entries(struck).map(
    ([kind, count]) => `${kind} ${count} ${unitOf(kind, count)}`,
  );
  rows.push(`${'struck'.padStart(10)}  ${counts.join(', ')}`);
  return rows.join('\n');
}

function time(seconds: number): string {
  return seconds.toFixed(1).padStart(5);
}

function unitOf(kind: string, count: number): string {
  const unit = kind === 'pause' || kind === 'kill' ? 'node' : 'message';
  return count === 1 ? unit : `${unit}s`;
}

/** What a fault does, beside its kind and its times. */
export function details(fault: Fault): string {
  if ('cuts' in fault) return `${fault.shape}: ${describeCuts(fault.cuts)}`;
  const { kind: _kind, from: _from, to: _to, ...parts } = fault;
  return Object.entries(parts)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(' ') : value}`)
    .join(', ');
}

/** Who does not hear whom; nodes that miss the same ones together. */
function describeCuts(cuts: Record<string, string[]>): string {
  const groups = new Map<string, string[]>();
  for (const [node, unheard] of Object.entries(cuts)) {
    const key = unheard.toSorted().join(' ');
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  const parts = [...groups].map(([unheard, nodes]) => `${nodes.toSorted().join(' ')} ⊬ ${unheard}`);
  return parts.slice(0, 3).join('; ') + (parts.length > 3 ? '; …' : '');
}
