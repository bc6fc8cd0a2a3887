import { commandName } from '../terminal/command-name.ts';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import type { Inspection } from '../../inspect/inspection.ts';
import type { InspectionRecord, RunRecord } from '../../inspect/inspection-event.ts';
import { InspectionSender } from '../../inspect/inspection-sender.ts';
import { NodeInspector } from '../../inspect/node-inspector.ts';
import { variableOf } from '../../runtime/options/option-variable.ts';
import type { NodeProgram } from '../../kit/define-node.ts';
import { INSPECTION_FILE, type Store } from '../store/store.ts';
import { reasonToRefuse } from '../serve/reason-to-refuse.ts';
import { createIntake, MAX_RECORD_BYTES } from './intake.ts';

/** More of a run is not kept; a viewer is told nevertheless. */
const MAX_STORED_RECORDS = 300_000;

/**
 * Looks into all nodes of a test at once: keeps what happens in them with the run, and tells a
 * viewer, when there is one. Nodes that are processes tell it over a WebSocket on loopback.
 */
export class RunInspection {
  readonly #store: Store;
  readonly #viewer: InspectionSender;
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_RECORD_BYTES });
  #stored = 0;
  #leftOut = 0;
  #isOver = false;

  /** @param viewerUrl the address of `lab inspect`, or of another server that takes such events */
  static async start(run: RunRecord, store: Store, viewerUrl: string): Promise<RunInspection> {
    const inspection = new RunInspection(store, viewerUrl);
    inspection.#add(run);
    await inspection.#listen();
    return inspection;
  }

  private constructor(store: Store, viewerUrl: string) {
    this.#store = store;
    this.#viewer = new InspectionSender(viewerUrl);
    const take = createIntake((record) => this.#add(record));
    this.#http = createServer((_, response) => response.writeHead(404).end());
    this.#http.on('upgrade', (request, socket, head) => {
      if (reasonToRefuse(request)) socket.destroy();
      else this.#sockets.handleUpgrade(request, socket, head, take);
    });
  }

  /** What has nodes of that name, started as processes, tell what happens in them. */
  environmentOf(name: string): Record<string, string> {
    const { port } = this.#http.address() as AddressInfo;
    return { [variableOf(name, 'inspect')]: `ws://127.0.0.1:${port}` };
  }

  /** Makes what looks into the nodes of a simulation. */
  inspectorOf({ countKnown }: NodeProgram) {
    return (node: string, now: () => number): Inspection => {
      const onRecord = (record: InspectionRecord) => this.#add(record);
      const inspector = new NodeInspector({ now, onRecord, countKnown });
      return {
        observe: inspector.observe,
        sent: (message) => inspector.sent(message),
        stop: () => this.#add({ type: 'node.gone', node, at: now() }),
      };
    };
  }

  /** The run is over, and with it its nodes. */
  stop(): void {
    this.#isOver = true;
    this.#viewer.stop();
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.close();
    this.#http.closeAllConnections();
  }

  /** What is kept, for people. */
  describe(): string {
    if (this.#stored <= 1) return 'none: its nodes told nothing (those made with maelstate do)';
    const leftOut = this.#leftOut > 0 ? ` (${this.#leftOut} records left out)` : '';
    return `${join(this.#store.folder, INSPECTION_FILE)}${leftOut}, which ${commandName} inspect shows`;
  }

  #add(record: InspectionRecord): void {
    if (this.#isOver) return;
    this.#viewer.send(record);
    const hasRoom = this.#stored < MAX_STORED_RECORDS && this.#store.addInspection(record);
    if (hasRoom) this.#stored++;
    else this.#leftOut++;
  }

  #listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(0, '127.0.0.1', resolve);
    });
  }
}
