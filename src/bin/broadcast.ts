import { createBroadcastNode } from '../../machines/broadcast/node.ts';
import { runCommandLine } from '../runtime/run-command-line.ts';

runCommandLine(createBroadcastNode);
