import node from '../../machines/broadcast/broadcast.ts';
import { runCommandLine } from '../runtime/run-command-line.ts';

runCommandLine(node);
