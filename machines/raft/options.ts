import { Type } from 'maelstate';
import { defaultTunables, type RaftTunables } from './tunables.ts';

/** Timers cannot wait longer. */
const MAX_MS = 2 ** 31 - 1;

/** The options of a node that is replicated, for `defineNode`. */
export function raftOptions({ patienceMs }: Pick<RaftTunables, 'patienceMs'>) {
  return {
    gather: Type.Number({
      title: 'ms',
      minimum: 0,
      maximum: MAX_MS,
      default: defaultTunables.gatherMs,
      description: 'how long things wait for others to go with them: saves messages',
    }),
    patience: Type.Number({
      title: 'ms',
      exclusiveMinimum: 0,
      maximum: MAX_MS,
      default: patienceMs,
      description: 'how long a request waits for a leader before it is refused',
    }),
    keptEntries: Type.Integer({
      title: 'count',
      minimum: 1,
      default: defaultTunables.keptEntries,
      description: 'how many entries the log keeps for nodes that lag, beside the snapshot',
    }),
  };
}

/** The tunables that such options say. */
export function tunablesOf({
  gather,
  patience,
  keptEntries,
}: {
  gather: number;
  patience: number;
  keptEntries: number;
}): Partial<RaftTunables> {
  return { gatherMs: gather, patienceMs: patience, keptEntries };
}
