import type { AnyStateMachine } from 'xstate';
import { broadcastMachine } from '../../machines/broadcast/broadcast.ts';
import { echoMachine } from '../../machines/echo/echo.ts';
import { linkMachine } from '../../machines/gossip/link.ts';
import { createBroadcastNode } from '../../machines/broadcast/node.ts';
import { createEchoNode } from '../../machines/echo/node.ts';
import type { CreateNode } from '../kit/node-program.ts';

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
