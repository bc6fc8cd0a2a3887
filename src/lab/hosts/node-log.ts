import { createWriteStream } from 'node:fs';

/** What is kept of what a node writes to stderr. */
const MAX_LOG_BYTES = 64 * 1024 * 1024;

/** Opens the log of a node, and returns what adds to it. One that is started again goes on with it. */
export function openNodeLog(path: string): (chunk: Buffer) => void {
  const file = createWriteStream(path, { flags: 'a' });
  file.on('error', () => {}); // a disk that is full is reported where results are written
  let room = MAX_LOG_BYTES;
  return (chunk) => {
    if (room <= 0) return;
    file.write(chunk.subarray(0, room));
    room -= chunk.length;
    if (room <= 0) file.write(`\n… the rest is left out: ${MAX_LOG_BYTES} bytes are kept\n`);
  };
}
