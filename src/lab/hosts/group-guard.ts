import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/** Its input ends when the bench does, however that comes about. */
const WAIT_AND_KILL = 'read -r _; kill -s KILL -- "-$0"';

/**
 * Watches over a process group: if this process ends first, be it by SIGKILL, the group is killed.
 *
 * @param groupId the id of the process that leads the group
 * @returns what ends the watch
 */
export function guardGroup(groupId: number): () => void {
  const guard = spawn('/bin/sh', ['-c', WAIT_AND_KILL, String(groupId)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.on('error', () => {}); // without a guard, nodes end only when they see their input end
  guard.unref();
  (guard.stdin as Socket | null)?.unref();
  return () => guard.kill('SIGKILL');
}
