import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import type { EndpointId, Message } from '../../wire/message.ts';
import { quote } from '../../wire/quote.ts';
import { INIT_TIMEOUT_MS, violationOfDemand } from './cluster.ts';
import type { Host } from '../hosts/host.ts';
import { createMessageCheck } from '../network/message-check.ts';
import type { PrintedLine, Violation } from '../network/violation.ts';

/** Enough of a file to hold any first line that makes sense, and to tell text from a program. */
const HEAD_BYTES = 256;
/** How UTF-8 text begins, read byte by byte, when an editor has marked it as such. */
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';

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
  return inspectHead(bin, readHead(bin));
}

/** The first bytes of a file as Latin-1, or nothing when it may be run and not read. */
function readHead(bin: string): string | undefined {
  let file: number;
  try {
    file = openSync(bin, 'r');
  } catch {
    return undefined;
  }
  const bytes = Buffer.alloc(HEAD_BYTES);
  const length = readSync(file, bytes, 0, bytes.length, 0);
  closeSync(file);
  return bytes.toString('latin1', 0, length);
}

/** Programs hold zero bytes from the start (ELF, Mach-O); what does not is a script. */
function inspectHead(bin: string, head: string | undefined): BinaryProblem | undefined {
  if (head === undefined || head.includes('\0')) return undefined;
  if (head === '') return { problem: `${bin} is empty`, advice: 'Has it been built?' };
  if (head.startsWith(`${BYTE_ORDER_MARK}#!`)) {
    return {
      problem: `${bin} begins with a byte order mark, so that its shebang is not seen`,
      advice: `Remove it: sed -i '1s/^\\xef\\xbb\\xbf//' ${bin}`,
    };
  }
  return inspectFirstLine(bin, head.split('\n')[0] as string);
}

/** A script names its interpreter after `#!`. */
function inspectFirstLine(bin: string, line: string): BinaryProblem | undefined {
  const words = line.slice(2).trim().split(/\s+/);
  const interpreter = words[0] as string;
  if (!line.startsWith('#!') || !interpreter) {
    return {
      problem: `${bin} does not say what runs it: its first line is not a shebang`,
      advice: 'Begin a script with a line such as #!/usr/bin/env node',
    };
  }
  if (line.endsWith('\r')) {
    return {
      problem: `${bin} has Windows line ends: its shebang names an interpreter that ends in a carriage return`,
      advice: `Convert it: sed -i 's/\\r$//' ${bin}`,
    };
  }
  if (!existsSync(interpreter)) {
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

function isOnPath(program: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return program.includes('/')
    ? existsSync(program)
    : folders.some((folder) => existsSync(join(folder, program)));
}

/** Starts one node, asks it to initialise itself, and kills it; resolves to what is wrong, if anything. */
export function rehearseInit(host: Host, node: EndpointId): Promise<Violation | undefined> {
  const client = 'c0';
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
        else if (checked.body.in_reply_to !== init.msg_id) end(answersNothing(node, checked, line));
        else end(violationOfDemand(node, init, checked.body, INIT_TIMEOUT_MS));
      },
      onViolation: end,
    });
    hosted.deliver(client, init);
  });
}

/** What is wrong with a message that is no answer to `init`, the only thing that was asked. */
function answersNothing(node: EndpointId, { body }: Message, line?: PrintedLine): Violation {
  return {
    node,
    ...(line && { line }),
    problem: `said something else before it answered init: ${quote(body)}`,
    advice:
      'The first thing a node says is init_ok; its in_reply_to is the msg_id of init, here 1.',
  };
}
