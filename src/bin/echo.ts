import node from '../../machines/echo/echo.ts';
import { runCommandLine } from '../runtime/run-command-line.ts';

runCommandLine(node);
