import { Command } from 'commander';
import { echoMachine } from './echo.ts';
import { echoMessages } from './messages.ts';
import { inspectOption, inspectVariable } from '../../src/runtime/inspect-option.ts';
import type { CreateNode } from '../../src/kit/node-program.ts';

/** The echo node. */
export const createEchoNode: CreateNode = (args) => {
  const { inspect } = new Command('echo')
    .description('A node for Maelstrom that sends back what it is sent, on stdin and stdout.')
    .addOption(inspectOption(inspectVariable('echo')))
    .exitOverride()
    .parse(args, { from: 'user' })
    .opts<{ inspect?: string }>();
  return {
    machine: echoMachine,
    messages: echoMessages,
    ...(inspect && { inspectUrl: inspect }),
  };
};
