import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';

/**
 * Why a request must not be served, if there is a reason. Whoever can make a browser open a page
 * can make it send requests here; these two checks tell such requests from a user's own:
 *
 * - `Host` must be an address, `localhost` or this machine's name: a foreign name that leads here
 *   would make a foreign page one of ours (DNS rebinding).
 * - `Origin`, which browsers send along with every WebSocket and programs do not, must be ours.
 */
export function reasonToRefuse({ headers }: IncomingMessage): string | undefined {
  const { host, origin } = headers;
  if (host === undefined || !URL.canParse(`http://${host}`)) return 'the request names no host';
  const name = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '');
  if (!isIP(name) && name !== 'localhost' && name !== hostname().toLowerCase()) {
    return `${name} is not a name of this machine`;
  }
  if (origin !== undefined && origin !== `http://${host}`) return `${origin} is a foreign page`;
  return undefined;
}
