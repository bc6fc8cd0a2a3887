import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createRunServer } from '../serve/run-server.ts';
import { DEFAULT_STORE } from '../store/store.ts';
import { onInterruption } from './running/interruption.ts';
import { UsageError } from '../usage-error.ts';

/** The options of `lab serve`. */
export interface ServeFlags {
  /** 0 for any that is free. */
  port: number;
}

/**
 * Serves the runs of a store to browsers on this machine, until it is interrupted.
 *
 * @throws UsageError when there is no such folder, or the port is taken
 */
export async function runServeCommand(root: string, { port }: ServeFlags): Promise<void> {
  if (root !== DEFAULT_STORE && !existsSync(root)) {
    throw new UsageError(`${root} does not exist: it takes the folder of runs, such as store`);
  }
  const server = createRunServer(root);
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(
      `cannot serve on port ${port}: ${message}; --port 0 takes one that is free`,
    );
  }
  const { port: actual } = server.address() as AddressInfo;
  process.stdout.write(`Runs are listed at http://127.0.0.1:${actual}/ (Ctrl-C ends this)\n`);
  onInterruption(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'close');
}
