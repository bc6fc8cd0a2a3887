import { createBroadcastNode } from '../nodes/broadcast.ts';
import { runCommandLine } from '../runtime/run-command-line.ts';

runCommandLine(createBroadcastNode);
