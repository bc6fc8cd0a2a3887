import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';
import { type WebSocket, WebSocketServer } from 'ws';
import type { InspectionRecord } from '../../../src/inspect/inspection-event.ts';

/** Makes what starts sinks, on a free port or on one given; each is closed when its test has ended. */
export function createSinks(): (port?: number) => Promise<InspectionSink> {
  const sinks: InspectionSink[] = [];
  afterEach(() => {
    for (const sink of sinks.splice(0)) sink.kill();
  });
  return async (port = 0) => {
    const server = new WebSocketServer({ port, host: '127.0.0.1' });
    await once(server, 'listening');
    const sink = new InspectionSink(server);
    sinks.push(sink);
    return sink;
  };
}

/** A server that takes in all that inspectors tell, and passes it on to all other connections. */
export class InspectionSink {
  readonly records: InspectionRecord[] = [];
  readonly connections: WebSocket[] = [];
  readonly #server: WebSocketServer;

  constructor(server: WebSocketServer) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.connections.push(socket);
      socket.on('message', (data) => {
        this.records.push(JSON.parse(String(data)));
        for (const other of this.connections) if (other !== socket) other.send(String(data));
      });
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  /** Ends it as a crash would: connections break. */
  kill(): void {
    for (const socket of this.connections) socket.terminate();
    this.#server.close();
  }
}

/** Waits until something is so. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 8000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
