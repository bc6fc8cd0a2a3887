import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { RaftScenario } from '../../support/raft/raft-scenario.ts';
import { registersWith } from '../../support/raft/raft-test.ts';

const folder = join(import.meta.dirname, 'transcripts');
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));

/**
 * Plays the steps of a transcript, the lines that begin with `>`, and writes what comes of each below
 * it. Lines that begin with `#` stay.
 */
function play(transcript: string): string {
  const scenario = new RaftScenario(registersWith());
  const lines = transcript.split('\n').filter((line) => /^[>#]|^$/.test(line));
  const played = lines.flatMap((line) =>
    line.startsWith('> ') ? [line, ...scenario.step(line.slice(2))] : [line],
  );
  return `${played.join('\n').trimEnd()}\n`;
}

describe('transcripts', () => {
  // UPDATE_TRANSCRIPTS=1 writes them anew: then read the diff.
  it.each(names)('%s should be what the nodes do', (name) => {
    const file = join(folder, name);
    const played = play(readFileSync(file, 'utf8'));
    if (process.env.UPDATE_TRANSCRIPTS) writeFileSync(file, played);
    expect(played).toBe(readFileSync(file, 'utf8'));
  });
});
