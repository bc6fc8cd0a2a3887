import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ViewMessage } from '../../../lab/inspect/view-message.ts';
import { connect } from './connection.ts';
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
  const redraw = useMemo(() => throttle(() => setRevision((count) => count + 1)), []);
  const session = useMemo(() => new Session(redraw), [redraw]);
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

/** Makes of a function one that is called in some animation frame to come, once however often. */
function throttle(act: () => void): () => void {
  let request = 0;
  return () => {
    request ||= requestAnimationFrame(() => {
      request = 0;
      act();
    });
  };
}
