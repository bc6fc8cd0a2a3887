import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ViewMessage } from '../../../lab/inspect/view-message.ts';
import { connect } from './connection.ts';
import { Pace } from './pace.ts';
import { Session } from './session.ts';

/**
 * Listens to the server. The component is drawn again once a frame at most, however much the server
 * tells.
 *
 * @param run the saved run to be shown, or `null` for what happens now
 * @param onMessage told of whatever comes
 * @returns what is known, and a number that changes when it has
 */
export function useSession(run: string | null, onMessage: (message: ViewMessage) => void) {
  const [revision, setRevision] = useState(0);
  const pace = useMemo(() => new Pace(() => setRevision((count) => count + 1)), []);
  const session = useMemo(() => new Session(() => pace.ask()), [pace]);
  const told = useRef(onMessage);
  told.current = onMessage;
  useEffect(
    () =>
      connect(run, {
        onMessage: (message) => {
          told.current(message);
          session.take(message);
        },
        onState: (isOpen) => session.setConnected(isOpen),
      }),
    [run, session],
  );
  return { session, revision };
}
