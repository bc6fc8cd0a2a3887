import { useCallback, useMemo, useState } from 'preact/hooks';
import type { MessageColumns } from '../../../lab/report/report-data.ts';
import { isClientName } from '../../shared/space-time/lanes.ts';
import type { MessageTable } from '../../shared/space-time/message-table.ts';
import { carriersOf } from './read-messages.ts';
import { toggled } from '../../shared/toggled.ts';

/** Which messages are shown, whenever they were sent. */
export interface MessageFilter {
  /** Indices of types that are not shown. */
  hiddenTypes: ReadonlySet<number>;
  toggleType: (type: number) => void;
  /** Nodes whose messages alone are shown; all when empty. */
  picked: ReadonlySet<string>;
  pick: (node: string) => void;
  pickNone: () => void;
  hasClients: boolean;
  setHasClients: (hasClients: boolean) => void;
  /** Another function whenever it answers otherwise. */
  shows: (message: number) => boolean;
}

/**
 * Lets the reader choose messages by type, node and client.
 *
 * @param value only messages that carry this value are shown, if it is given
 */
export function useMessageFilter(
  table: MessageTable,
  { carried }: MessageColumns,
  value: number | undefined,
  hasClientsAtFirst: boolean,
): MessageFilter {
  const [hiddenTypes, setHiddenTypes] = useState<ReadonlySet<number>>(new Set());
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [hasClients, setHasClients] = useState(hasClientsAtFirst);
  const carriers = useMemo(
    () => (value === undefined ? undefined : carriersOf(carried, value)),
    [carried, value],
  );
  const shows = useCallback(
    (message: number) => {
      if (hiddenTypes.has(table.type[message] as number)) return false;
      if (carriers && carriers[message] !== 1) return false;
      const src = table.endpoints[table.src[message] as number] as string;
      const dest = table.endpoints[table.dest[message] as number] as string;
      if (!hasClients && (isClientName(src) || isClientName(dest))) return false;
      return picked.size === 0 || picked.has(src) || picked.has(dest);
    },
    [table, hiddenTypes, carriers, picked, hasClients],
  );
  return {
    hiddenTypes,
    toggleType: (type) => setHiddenTypes(toggled(hiddenTypes, type)),
    picked,
    pick: (node) => setPicked(toggled(picked, node)),
    pickNone: () => setPicked(new Set()),
    hasClients,
    setHasClients,
    shows,
  };
}
