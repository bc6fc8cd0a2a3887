import type { NodeProgram } from '../../kit/define-node.ts';
import type { CheckResult, Validity } from '../checkers/checker.ts';
import type { TestFlags } from '../commands/options/test-flags.ts';
import { toTestOptions } from '../commands/options/to-test-options.ts';
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

/** Simulates the test that a seed determines. */
export function runSeed(flags: TestFlags, program: NodeProgram, seed: number): ExploredRun {
  const { results } = simulate({
    options: toTestOptions(flags, seed),
    program,
    seed,
    maxMessages: flags.maxMessages,
  });
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
