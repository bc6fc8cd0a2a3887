import type { NodeProgram } from '../../kit/define-node.ts';
import type { CheckResult, Validity } from '../checkers/checker.ts';
import { type TestPlan, testOptionsOf } from '../run/test-plan.ts';
import { simulate } from '../simulation/simulate.ts';

/** What is kept of one run among many. */
export interface ExploredRun {
  seed: number;
  'valid?': Validity;
  /** The largest stable latency, in milliseconds, when the workload has any. */
  worstLatencyMs: number | null;
  /** Messages between nodes for each operation. */
  messagesPerOperation: number;
}

/** One run among many. */
export interface SeededRun {
  plan: TestPlan;
  maxMessages: number;
  program: NodeProgram;
  seed: number;
}

/** Simulates the test that a seed determines. */
export function runSeed({ plan, maxMessages, program, seed }: SeededRun): ExploredRun {
  const options = testOptionsOf(plan, seed);
  const { results } = simulate({ options, program, seed, maxMessages });
  const { net, workload } = results as CheckResult & {
    net: { servers: Record<string, number> };
    workload: { 'stable-latencies'?: Record<string, number> };
  };
  return {
    seed,
    'valid?': results['valid?'],
    worstLatencyMs: workload['stable-latencies']?.['1'] ?? null,
    messagesPerOperation: net.servers['msgs-per-op'] as number,
  };
}
