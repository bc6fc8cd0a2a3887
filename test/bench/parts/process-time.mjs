import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/**
 * Runs something once, on a clean heap. Its time is the processor's, which depends less on what else
 * the machine does, and includes what the collector did meanwhile on other cores.
 *
 * @returns {{ ms: number, heapMiB: number, value: unknown }} the heap is what is in use at the end
 */
export function timed(run) {
  collectGarbage();
  const before = process.cpuUsage();
  const value = run();
  const { user, system } = process.cpuUsage(before);
  return {
    ms: (user + system) / 1000,
    heapMiB: process.memoryUsage().heapUsed / 2 ** 20,
    value,
  };
}
