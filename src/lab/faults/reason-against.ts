import type { TestPlan } from '../run/test-plan.ts';
import { diskFaultKinds, type FaultKind, simulatedFaultKinds } from './fault.ts';

/** The kinds of faults that a plan has. */
export function faultKindsOf({ faults }: Pick<TestPlan, 'faults'>): readonly FaultKind[] {
  return 'kinds' in faults ? faults.kinds : faults.map(({ kind }) => kind);
}

/** Why the faults of a plan cannot strike, if one of them cannot. */
export function reasonAgainst(
  plan: Pick<TestPlan, 'faults' | 'disk'>,
  isSimulated: boolean,
): string | undefined {
  const kinds = faultKindsOf(plan);
  const simulated = kinds.find((kind) => simulatedFaultKinds.includes(kind));
  if (simulated && !isSimulated) {
    return `${simulated} strikes in simulated time only, where it harms nothing else: add --simulate`;
  }
  const ofDisks = kinds.find((kind) => diskFaultKinds.includes(kind));
  if (!ofDisks || plan.disk) return undefined;
  return `${ofDisks} has nothing to strike, for these nodes have no disks: add --disk keep`;
}
