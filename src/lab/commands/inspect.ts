import { existsSync, realpathSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { DEFAULT_STORE, INSPECTION_FILE } from '../store/store.ts';
import { commandLine } from '../terminal/command-name.ts';
import { onInterruption } from './running/interruption.ts';
import { UsageError } from '../usage-error.ts';

/** The options of `lab inspect`. */
export interface InspectFlags {
  port: number;
  host: string;
  forward?: string;
}

/**
 * Serves the viewer until it is stopped.
 *
 * @param folder of the saved run that is shown first, if any
 * @throws UsageError when that run was not inspected, or nothing can listen at that address
 */
export async function runInspectCommand(
  folder: string | undefined,
  { port, host, forward }: InspectFlags,
): Promise<void> {
  const { root, run } = folder === undefined ? { root: DEFAULT_STORE, run: null } : locate(folder);
  const { InspectionServer } = await import('../inspect/inspection-server.ts');
  const { readPageFiles } = await import('../inspect/page-files.ts');
  const files = readPageFiles();
  const server = new InspectionServer({ files, root, forwardUrl: forward ?? null });
  const address = await server.listen(port, host).catch((error: Error) => {
    throw new UsageError(
      `nothing can listen at ${host}:${port}: ${error.message}; --port 0 takes one that is free`,
    );
  });
  const page = run === null ? address : `${address}?run=${encodeURIComponent(run)}`;
  process.stdout.write(`The viewer is at ${page}\n`);
  const wsAddress = address.replace(/^http/, 'ws').replace(/\/$/, '');
  process.stdout.write(
    `Nodes show there what they do when they are started with --inspect=${wsAddress},\n` +
      `all nodes of a test with ${commandLine} test … --inspect=${wsAddress}. Ctrl-C ends it.\n`,
  );
  await new Promise<void>((stop) => {
    onInterruption(stop);
  });
  server.close();
}

/** Where a run's folder lies among others, which can be opened as well. */
function locate(folder: string): { root: string; run: string } {
  if (!existsSync(join(folder, INSPECTION_FILE))) {
    throw new UsageError(
      `${folder} holds no ${INSPECTION_FILE}: it takes a run of ${commandLine} test … --inspect`,
    );
  }
  const path = realpathSync(folder);
  const root = resolve(path, '../..');
  return { root, run: relative(root, path) };
}
