import type { ViewMessage } from '../../../lab/inspect/view-message.ts';

const RETRY_MS = 1000;

/** Told of what comes from the server, and whether it is there. */
export interface ConnectionCallbacks {
  onMessage: (message: ViewMessage) => void;
  onState: (isOpen: boolean) => void;
}

/**
 * Listens to the server, which is looked for again when it goes.
 *
 * @param run the saved run to be shown, or `null` for what happens now
 * @returns what ends the connection
 */
export function connect(run: string | null, callbacks: ConnectionCallbacks): () => void {
  const query = run === null ? '' : `?run=${encodeURIComponent(run)}`;
  const address = new URL(`view${query}`, location.href.replace(/^http/, 'ws'));
  let retry: ReturnType<typeof setTimeout> | undefined;
  let socket: WebSocket | undefined;
  let isOver = false;
  const open = () => {
    socket = new WebSocket(address);
    socket.addEventListener('open', () => callbacks.onState(true));
    socket.addEventListener('message', ({ data }) =>
      callbacks.onMessage(JSON.parse(data) as ViewMessage),
    );
    socket.addEventListener('close', () => {
      if (isOver) return;
      callbacks.onState(false);
      if (run === null) retry = setTimeout(open, RETRY_MS);
    });
  };
  open();
  return () => {
    isOver = true;
    clearTimeout(retry);
    socket?.close();
  };
}
