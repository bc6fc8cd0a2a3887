import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import type { EndpointId } from '../protocol/message.ts';
import { INIT_TIMEOUT_MS, violationOfDemand } from './cluster.ts';
import type { Host } from './hosts/host.ts';
import { createMessageCheck } from './message-check.ts';
import type { Violation } from './violation.ts';

/** Long enough for any first line that makes sense. */
const MAX_FIRST_LINE_BYTES = 256;

/** What keeps a binary from being a node. */
export interface BinaryProblem {
  problem: string;
  advice: string;
}

/** Looks at an executable from the outside; finds nothing when it looks as if it could be started. */
export function inspectBinary(bin: string): BinaryProblem | undefined {
  let stats: Stats;
  try {
    stats = statSync(bin);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      problem: code === 'ENOENT' ? `${bin} does not exist` : `${bin} cannot be found: ${code}`,
      advice: '--bin takes the path of an executable file. Has it been built?',
    };
  }
  if (!stats.isFile()) {
    return {
      problem: `${bin} is not a file`,
      advice: '--bin takes the path of an executable file.',
    };
  }
  try {
    accessSync(bin, constants.X_OK);
  } catch {
    return { problem: `${bin} is not executable`, advice: `Make it so: chmod +x ${bin}` };
  }
  return inspectFirstLine(bin, readFirstLine(bin));
}

function readFirstLine(bin: string): string {
  const bytes = Buffer.alloc(MAX_FIRST_LINE_BYTES);
  const file = openSync(bin, 'r');
  const length = readSync(file, bytes, 0, bytes.length, 0);
  closeSync(file);
  return bytes.toString('latin1', 0, length).split('\n')[0] as string;
}

/** A script names its interpreter after `#!`; what begins with a byte that is no text is a program. */
function inspectFirstLine(bin: string, line: string): BinaryProblem | undefined {
  if (!line.startsWith('#!')) {
    // ELF, Mach-O and such do not begin with text.
    return /^[\t\x20-\x7e]{2}/.test(line)
      ? {
          problem: `${bin} does not say what runs it: its first line is not a shebang`,
          advice: 'Begin a script with a line such as #!/usr/bin/env node',
        }
      : undefined;
  }
  if (line.endsWith('\r')) {
    return {
      problem: `${bin} has Windows line ends: its shebang names an interpreter that ends in a carriage return`,
      advice: `Convert it: sed -i 's/\\r$//' ${bin}`,
    };
  }
  const words = line.slice(2).trim().split(/\s+/);
  const interpreter = words[0] as string;
  if (!exists(interpreter)) {
    return {
      problem: `${bin} is to be run by ${interpreter}, which does not exist`,
      advice: 'Mend its first line, or install that interpreter.',
    };
  }
  if (!interpreter.endsWith('/env')) return undefined;
  const program = words.slice(1).find((word) => !word.startsWith('-') && !word.includes('='));
  if (program && isOnPath(program)) return undefined;
  return {
    problem: `${bin} is to be run by ${program ?? 'nothing'}, which is not on the PATH`,
    advice: 'Mend its first line, or install that program.',
  };
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isOnPath(program: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return program.includes('/')
    ? exists(program)
    : folders.some((folder) => exists(join(folder, program)));
}

/** Starts one node, asks it to initialise itself, and kills it; resolves to what is wrong, if anything. */
export function rehearseInit(host: Host, node: EndpointId): Promise<Violation | undefined> {
  const init = { type: 'init', msg_id: 1, node_id: node, node_ids: [node] };
  const check = createMessageCheck({
    replies: {},
    isEndpoint: () => true,
    findRequest: () => init,
  });
  return new Promise((resolve) => {
    const end = (violation?: Violation) => {
      clearTimeout(timer);
      hosted.kill();
      resolve(violation);
    };
    const timer = setTimeout(
      () => end(violationOfDemand(node, init, undefined, INIT_TIMEOUT_MS)),
      INIT_TIMEOUT_MS,
    );
    const hosted = host.launch(node, {
      onMessage: (sent, line) => {
        const checked = check(node, sent);
        if ('problem' in checked) end({ node, ...(line && { line }), ...checked });
        else end(violationOfDemand(node, init, checked.body, INIT_TIMEOUT_MS));
      },
      onViolation: end,
    });
    hosted.deliver('c0', init);
  });
}
