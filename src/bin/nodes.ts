import broadcast from '../../machines/broadcast/broadcast.ts';
import { broadcastMachine } from '../../machines/broadcast/machine.ts';
import echo, { machine as echoMachine } from '../../machines/echo/echo.ts';
import { linkMachine } from '../../machines/gossip/link.ts';
import type { AnyStateMachine } from 'xstate';
import type { NodeDefinition } from '../kit/define-node.ts';

/** Every node of `machines/`, by the name of its executable in `bin/`. */
export const nodes: Record<string, NodeDefinition> = { broadcast, echo };

/** Every statechart of `machines/`, by the name of its file. */
export const machines: Record<string, AnyStateMachine> = {
  broadcast: broadcastMachine,
  echo: echoMachine,
  link: linkMachine,
};
