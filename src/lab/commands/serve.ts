import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createRunServer } from '../serve/run-server.ts';
import { UsageError } from '../usage-error.ts';

/** The options of `lab serve`. */
export interface ServeFlags {
  /** 0 for any that is free. */
  port: number;
}

/**
 * Serves the runs of a store to browsers on this machine, until it is interrupted.
 *
 * @throws UsageError when the port is taken
 */
export async function runServeCommand(root: string, { port }: ServeFlags): Promise<void> {
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
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
  await once(server, 'close');
}
