import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { broadcastBin } from '../support/processes/node-process.ts';

const BROADCASTS = 100_000;
const READS = 2_000;
const MAX_MEBIBYTES = 512;

const line = (msg_id: number, body: object) =>
  `${JSON.stringify({ src: 'c1', dest: 'n0', body: { msg_id, ...body } })}\n`;

function* requests(): Generator<string> {
  yield line(0, { type: 'init', node_id: 'n0', node_ids: ['n0', 'n1'] });
  yield line(1, { type: 'topology', topology: { n0: ['n1'] } });
  for (let message = 0; message < BROADCASTS; message++) {
    yield line(message + 2, { type: 'broadcast', message });
  }
  for (let read = 0; read < READS; read++) yield line(BROADCASTS + 2 + read, { type: 'read' });
}

/** The most memory that a process has had resident so far, as Linux counts it. */
function peakMebibytes(pid: number): number {
  const [, kibibytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}

/** The start of each line of a stream that comes in chunks. */
class LineStarts {
  #start = '';

  /** The starts of the lines that end in this chunk. */
  push(chunk: Buffer): string[] {
    const parts = chunk.toString('latin1').split('\n');
    const starts = parts.map((part, index) =>
      (index === 0 ? this.#start + part : part).slice(0, 200),
    );
    this.#start = starts.pop() as string;
    return starts;
  }
}

describe('bin/broadcast with a slow reader at the other end', () => {
  it('should answer 100,000 broadcasts and 2,000 reads, in order and in bounded memory', async () => {
    const child = spawn(broadcastBin, { stdio: ['pipe', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    child.stdin.end([...requests()].join(''));

    const lines = new LineStarts();
    const answered: number[] = [];
    let [bytes, deltas, peak] = [0, 0, 0];
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      for (const start of lines.push(chunk)) {
        if (start.includes('"delta"')) deltas++;
        else answered.push(Number(/"in_reply_to":(\d+)/.exec(start)?.[1]));
      }
      const pauses = Math.floor((bytes + chunk.length) / 1e8) - Math.floor(bytes / 1e8);
      bytes += chunk.length;
      if (pauses === 0) continue;
      await sleep(100);
      peak = peakMebibytes(child.pid as number);
    }
    expect(await exit).toEqual([0, null]);
    expect(answered).toEqual(Array.from({ length: 2 + BROADCASTS + READS }, (_, index) => index));
    expect(bytes).toBeGreaterThan(1e9);
    expect(deltas).toBeGreaterThan(0);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(MAX_MEBIBYTES);
  }, 120_000);
});
