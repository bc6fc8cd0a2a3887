/** Ctrl-C, what a system that shuts down sends, and a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Lets somebody end what goes on before its time.
 *
 * @param interrupt called once; a second signal of the kind ends this process
 * @returns what ends the watch
 */
export function onInterruption(interrupt: () => void): () => void {
  for (const signal of SIGNALS) process.once(signal, interrupt);
  return () => {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  };
}
