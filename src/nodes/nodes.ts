import { createBroadcastNode } from './broadcast.ts';
import { createEchoNode } from './echo.ts';
import type { CreateNode } from './node-program.ts';

/** Every node of `machines/`, by the name of its executable in `bin/`. */
export const nodes: Record<string, CreateNode> = {
  broadcast: createBroadcastNode,
  echo: createEchoNode,
};
