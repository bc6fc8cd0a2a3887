import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { reasonToRefuse } from '../serve/reason-to-refuse.ts';
import { createIntake, MAX_RECORD_BYTES } from './intake.ts';
import { LiveFeed } from './live-feed.ts';
import type { PageFiles } from './page-files.ts';
import { replaySavedRun } from './replay-saved-run.ts';
import { listSavedRuns } from './saved-runs.ts';

export interface InspectionServerOptions {
  /** The viewer's page and what it takes. */
  files: PageFiles;
  /** Where runs are saved. */
  root: string;
  /** The inspector of Stately's to which a viewer may pass on what it sees, if it may. */
  forwardUrl: string | null;
}

/** Who asks under which name has been checked by then. */
const BASE = 'http://localhost';

const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * The viewer's server. Over HTTP it serves the page and, as `/runs`, the list of saved runs; as
 * WebSockets it takes
 *
 * - `/`: inspectors, of ours or of Stately's, which tell what happens
 * - `/events`: receivers of Stately's, which are told so, one event a message
 * - `/view`: our page, which is told so in batches (`ViewMessage`); `/view?run=…` for a saved run
 */
export class InspectionServer {
  readonly #options: InspectionServerOptions;
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_RECORD_BYTES });
  readonly #feed: LiveFeed;
  readonly #intake: (socket: WebSocket) => void;

  constructor(options: InspectionServerOptions) {
    this.#options = options;
    this.#feed = new LiveFeed(options.forwardUrl);
    this.#intake = createIntake(this.#feed.add);
    this.#http = createServer((request, response) => this.#serve(request, response));
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Begins to listen; resolves to the page's address, rejects when it cannot be had. */
  listen(port: number, host: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(port, host, () => {
        const { port: actual } = this.#http.address() as AddressInfo;
        resolve(`http://${host.includes(':') ? `[${host}]` : host}:${actual}/`);
      });
    });
  }

  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.close();
    this.#http.closeAllConnections();
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const answer = (status: number, type: string, content: string | Buffer) =>
      response.writeHead(status, { ...HEADERS, 'Content-Type': type }).end(content);
    const reason = reasonToRefuse(request);
    if (reason) return void answer(403, 'text/plain', `${reason}\n`);
    if (request.method !== 'GET') return void answer(405, 'text/plain', 'only GET is served\n');
    const { pathname } = addressOf(request);
    if (pathname === '/runs') {
      const runs = listSavedRuns(this.#options.root);
      return void answer(200, 'application/json', JSON.stringify(runs));
    }
    const file = this.#options.files.get(pathname);
    if (file) answer(200, file.type, file.content);
    else answer(404, 'text/plain', 'there is nothing here\n');
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => {});
    const reason = reasonToRefuse(request);
    if (reason) return refuse(socket, '403 Forbidden', reason);
    const { pathname, searchParams } = addressOf(request);
    const take = this.#takerOf(pathname, searchParams.get('run'));
    if (!take) return refuse(socket, '404 Not Found', 'there is nothing here');
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => {}); // it sent what is no message: the connection ends
      take(webSocket);
    });
  }

  /** What to do with a WebSocket, by the address it asks for. */
  #takerOf(pathname: string, run: string | null): ((socket: WebSocket) => void) | undefined {
    switch (pathname) {
      case '/':
        return this.#intake;
      case '/events':
        return (socket) => this.#feed.addReceiver(socket);
      case '/view':
        return run === null ? (socket) => this.#feed.addViewer(socket) : this.#replayerOf(run);
      default:
        return undefined;
    }
  }

  #replayerOf(run: string): ((socket: WebSocket) => void) | undefined {
    const { root, forwardUrl } = this.#options;
    if (!listSavedRuns(root).includes(run)) return undefined;
    return (socket) => {
      replaySavedRun(socket, join(root, run), run, forwardUrl).catch((error: Error) =>
        socket.close(1011, error.message.slice(0, 100)),
      );
    };
  }
}

/** What a request asks for; a page there is not, if it is no address (`//`, for instance). */
function addressOf({ url = '/' }: IncomingMessage): URL {
  return new URL(URL.canParse(url, BASE) ? url : '/unreadable', BASE);
}

function refuse(socket: Duplex, status: string, reason: string): void {
  const head = [`HTTP/1.1 ${status}`, 'Connection: close', 'Content-Type: text/plain'];
  socket.end(`${head.join('\r\n')}\r\n\r\n${reason}\n`);
}
