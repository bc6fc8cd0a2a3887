import type { AnyStateMachine } from 'xstate';
import { broadcastMachine } from '../../machines/broadcast.ts';
import { echoMachine } from '../../machines/echo.ts';
import { linkMachine } from '../../machines/link.ts';
import { createBroadcastNode } from './broadcast.ts';
import { createEchoNode } from './echo.ts';
import type { CreateNode } from './node-program.ts';

/** Every node of `machines/`, by the name of its executable in `bin/`. */
export const nodes: Record<string, CreateNode> = {
  broadcast: createBroadcastNode,
  echo: createEchoNode,
};

/** Every statechart of `machines/`, by the name of its file. */
export const machines: Record<string, AnyStateMachine> = {
  broadcast: broadcastMachine,
  echo: echoMachine,
  link: linkMachine,
};
