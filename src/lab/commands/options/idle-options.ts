import type { Command } from 'commander';
import type { FaultKind } from '../../faults/fault.ts';
import { faultKindsOf } from '../../faults/reason-against.ts';
import type { TestPlan } from '../../run/test-plan.ts';
import { UsageError } from '../../usage-error.ts';
import { findWorkload } from '../../workloads/workloads.ts';
import type { TestFlags } from './test-flags.ts';

/** The options that say how hard a fault strikes, by the fault. */
const faultOptions: Partial<Record<FaultKind, readonly string[]>> = {
  loss: ['--loss'],
  duplicate: ['--duplicate', '--duplicate-delay'],
  reorder: ['--reorder', '--reorder-delay'],
  slow: ['--slow-nodes', '--slow-delay'],
  'service-slow': ['--service-delay'],
  pause: ['--pause-nodes'],
  kill: ['--kill-nodes'],
  'slow-disk': ['--slow-disk-nodes', '--slow-disk-delay'],
  'full-disk': ['--full-disk-nodes'],
  clock: ['--clock-skew'],
};

/** The names of the options that were given to a command, such as `--loss`. */
export function givenOptions(command: Command): Set<string> {
  const given = command.options.filter(
    (option) => command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  return new Set(given.map(({ long }) => long ?? ''));
}

/**
 * Refuses options that would do nothing: whoever gives one expects something of it.
 *
 * @param given the options that were given
 */
export function refuseIdleOptions(
  given: ReadonlySet<string>,
  flags: TestFlags & { simulate?: boolean },
  plan: TestPlan,
): void {
  const reason = [...given].map((option) => reasonWhyIdle(option, flags, plan)).find(Boolean);
  if (reason !== undefined) throw new UsageError(reason);
}

function reasonWhyIdle(
  option: string,
  flags: TestFlags & { simulate?: boolean },
  plan: TestPlan,
): string | undefined {
  const { name, setUp, operations, hasFinalOperations } = findWorkload(plan.workload);
  const [fault] = Object.entries(faultOptions).find(([, own]) => own.includes(option)) ?? [];
  const isFaultOption = fault !== undefined || ['--nemesis', '--nemesis-interval'].includes(option);
  if (flags.schedule && isFaultOption) {
    return `${option} does nothing beside --schedule, which says what faults strike, and how hard`;
  }
  if (fault && !flags.nemesis.includes(fault as FaultKind)) {
    return `${option} does nothing without --nemesis ${fault}`;
  }
  const kinds = faultKindsOf(plan);
  const reasons: Record<string, string | false> = {
    '--nemesis-interval': kinds.length === 0 && 'without --nemesis',
    '--kill-when':
      (!kinds.includes('kill') && 'without --nemesis kill') ||
      (flags.killWhen === 'spread' &&
        !('broadcast' in operations) &&
        `as spread here: it follows what clients broadcast, and ${name} has nothing of the kind`),
    '--disk':
      flags.simulate === false &&
      flags.disk !== 'keep' &&
      `as ${flags.disk} without --simulate: the system keeps what a process has written`,
    '--rate': flags.operations !== undefined && 'beside --operations, which says when each is due',
    '--latency-dist': flags.latency === 0 && 'without --latency: all messages take no time',
    '--topology': !setUp && `here: nodes are offered no neighbours in ${name}`,
    '--quiet-time': !hasFinalOperations && `here: ${name} has no final operations to wait for`,
    '--max-messages':
      flags.simulate === false && 'without --simulate: processes need no such limit',
    '--speed': flags.simulate === false && 'without --simulate: processes run in real time',
  };
  const why = reasons[option];
  return why ? `${option} does nothing ${why}` : undefined;
}
