import { createEchoNode } from '../nodes/echo.ts';
import { runCommandLine } from '../runtime/run-command-line.ts';

runCommandLine(createEchoNode);
