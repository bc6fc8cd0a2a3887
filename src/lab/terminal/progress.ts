import cliProgress from 'cli-progress';
import { DEFAULT_QUIET_SECONDS } from '../run/test-life.ts';
import type { TestOptions } from '../run/test-options.ts';
import type { TestProgress } from '../run/test-run.ts';

const REDRAW_MS = 200;
const LINE_EVERY_MS = 2000;

/** Shows how a test gets on; `stop` once it is over. */
export interface ProgressDisplay {
  stop(): void;
}

/** How long a test will probably take, by its own clock. */
export function expectedSeconds({
  workload,
  timeLimitSeconds,
  quietSeconds = DEFAULT_QUIET_SECONDS,
}: TestOptions): number {
  return timeLimitSeconds + (workload.hasFinalOperations ? quietSeconds : 0);
}

/**
 * Shows progress on stderr: a bar on a terminal, a line every other second elsewhere.
 *
 * @param totalSeconds how long the test will probably take
 * @param seconds how long it has taken so far
 */
export function showProgress(
  getProgress: () => TestProgress,
  totalSeconds: number,
  seconds: () => number,
): ProgressDisplay {
  return process.stderr.isTTY
    ? showBar(getProgress, seconds, totalSeconds)
    : showLines(getProgress, seconds, totalSeconds);
}

function showBar(getProgress: () => TestProgress, seconds: () => number, total: number) {
  const bar = new cliProgress.SingleBar({
    format: '{bar} {clock}  {phase}  {done}, {serverMessages} messages between nodes',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
  });
  const payload = () => ({ ...getProgress(), clock: clockText(seconds(), total) });
  bar.start(total, 0, payload());
  const timer = setInterval(() => bar.update(Math.min(seconds(), total), payload()), REDRAW_MS);
  return {
    stop: () => {
      clearInterval(timer);
      bar.stop();
    },
  };
}

function showLines(getProgress: () => TestProgress, seconds: () => number, total: number) {
  const timer = setInterval(() => {
    const { phase, done, serverMessages } = getProgress();
    process.stderr.write(
      `${clockText(seconds(), total)}  ${phase}  ${done}, ${serverMessages} messages between nodes\n`,
    );
  }, LINE_EVERY_MS);
  return { stop: () => clearInterval(timer) };
}

function clockText(seconds: number, total: number): string {
  return `${seconds.toFixed(0).padStart(3)} of ${Math.max(seconds, total).toFixed(0)} s`;
}
