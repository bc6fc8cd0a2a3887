import { Command } from 'commander';
import { echoMachine } from '../../machines/echo.ts';
import { echoMessages } from '../protocol/echo.ts';
import type { CreateNode } from './node-program.ts';

/** The echo node. It has no options. */
export const createEchoNode: CreateNode = (args) => {
  new Command('echo')
    .description('A node for Maelstrom that sends back what it is sent, on stdin and stdout.')
    .exitOverride()
    .parse(args, { from: 'user' });
  return { machine: echoMachine, messages: echoMessages };
};
