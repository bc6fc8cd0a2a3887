import { createEchoNode } from '../../machines/echo/node.ts';
import { runCommandLine } from '../runtime/run-command-line.ts';

runCommandLine(createEchoNode);
