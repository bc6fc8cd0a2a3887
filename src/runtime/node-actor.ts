import { type Actor, type AnyActorRef, type AnyStateMachine, createActor } from 'xstate';
import type { Inspection } from '../inspect/inspection.ts';
import type { Decode } from '../kit/decode.ts';
import type { NodeProgram } from '../kit/define-node.ts';
import type { InitEvent, NodeEvent, SendEvent } from '../kit/node-event.ts';
import type { WireRequest } from '../kit/actors/wire-actor.ts';
import { errorCodes } from '../wire/error-codes.ts';
import type { Body, EndpointId, Message } from '../wire/message.ts';
import { type DiskSurroundings, NodeDisk } from './node-disk.ts';
import { connectDisk, connectWire, type WireEnd, wiredMachine } from './wired-machine.ts';

/** What a node lives in, be it a process or a simulation. */
export interface NodeSurroundings {
  clock: {
    setTimeout(callback: () => void, delayMs: number): unknown;
    clearTimeout(timer: never): void;
  };
  /** Takes a message that goes out, with the ids that hosts give. */
  send(message: Message): void;
  /** Takes a reply, and the id it is to have; where this is left out, `send` takes replies, too. */
  sendReply?(reply: Message, msgId: number): void;
  /** Takes a line of text for people. */
  log(text: string): void;
  /** Draws the seed of the node's randomness. */
  drawSeed(): number;
  /** Called when the wire is plugged in, and when it is unplugged because the node has ended. */
  onWire?: (isPlugged: boolean) => void;
  /** What keeps what must outlive the node, if anything is to. */
  disk?: DiskSurroundings | undefined;
  /** Told of what happens, if anybody looks on. */
  inspection?: Inspection | undefined;
}

/** A request that the node waits for the reply of. */
interface OpenRequest {
  dest: EndpointId;
  asker: AnyActorRef;
}

/**
 * A node's machine with what all its hosts have in common: it is the actor `wire`, which turns what
 * comes in into events and replies into those of the actors that wait for them; and it numbers what
 * goes out.
 *
 * A `msg_id` belongs to the wire as a port number does, so hosts number and machines do not. What
 * asks for no answer, gossip for instance, goes unnumbered.
 */
export class NodeActor {
  readonly actor: Actor<AnyStateMachine>;
  readonly #surroundings: NodeSurroundings;
  readonly #decode: Decode;
  readonly #disk: NodeDisk | undefined;
  readonly #open = new Map<number, OpenRequest>();
  #lastMsgId = 0;
  #nodeId: EndpointId = '';
  #raise: (event: NodeEvent) => void = () => {};

  constructor({ machine, protocol }: NodeProgram, surroundings: NodeSurroundings) {
    this.#surroundings = surroundings;
    this.#decode = protocol.createDecoder();
    const { clock, log, inspection } = surroundings;
    this.actor = createActor(wiredMachine(machine), {
      clock: clock as never,
      logger: (...parts: unknown[]) => log(parts.join(' ')),
      ...(inspection && { inspect: inspection.observe }),
    });
    connectWire(this.actor.system, this.#wireEnd());
    const { disk } = surroundings;
    this.#disk = disk && new NodeDisk(disk, () => this.#end());
    if (this.#disk) connectDisk(this.actor.system, this.#disk);
    this.actor.on('*', (event) => this.#say(event as unknown as SendEvent));
  }

  /** Takes in what has been parsed of a line, at a time by the host's clock. */
  take(line: unknown, at: number): void {
    const { src, body } = (line ?? {}) as Partial<Message>;
    const asked = body?.in_reply_to === undefined ? undefined : this.#open.get(body.in_reply_to);
    if (asked && asked.dest === src) {
      this.#open.delete((body as Body).in_reply_to as number);
      asked.asker.send({ type: 'rpc.reply', body });
      return;
    }
    const event = this.#decode(line, at, this.#surroundings.drawSeed);
    if (event.type === 'init') this.#initialise(event as InitEvent);
    else this.#raise(event);
  }

  /** Whether nothing more should be taken in for a while: too much waits for the disk. */
  get full(): boolean {
    return this.#disk?.full ?? false;
  }

  /** Calls back once there is room again; at once if there is. */
  onceRoom(callback: () => void): void {
    if (this.#disk) this.#disk.onceRoom(callback);
    else callback();
  }

  /** Nothing more will come in. What waits for the disk is answered before the node ends. */
  endInput(): void {
    if (this.#disk) this.#disk.onceIdle(() => this.#end());
    else this.#end();
  }

  #end(): void {
    this.#raise({ type: 'input.end' });
  }

  #initialise(event: InitEvent): void {
    if (!this.#disk) {
      this.#nodeId = event.body.node_id;
      this.#raise(event);
      return;
    }
    if (this.#nodeId !== '') {
      this.#raise(refuseInit(event, this.#nodeId));
      return;
    }
    this.#nodeId = event.body.node_id;
    const kept = this.#disk.open(this.#nodeId);
    if (kept) this.#raise({ ...event, kept });
    else this.#end();
  }

  #wireEnd(): WireEnd {
    return {
      plugIn: (raise) => {
        this.#raise = raise;
        this.#surroundings.onWire?.(true);
      },
      unplug: () => {
        this.#raise = () => {}; // what is still on its way finds nobody
        this.#disk?.close();
        this.#surroundings.onWire?.(false);
      },
      take: (event) => {
        if (event.type === 'wire.request') this.#ask(event);
        else if (event.type === 'wire.send')
          for (const message of event.messages) this.#say(message);
        else this.#say(event);
      },
    };
  }

  #ask({ from, dest, body }: WireRequest): void {
    const msgId = ++this.#lastMsgId;
    const forget = () => this.#open.delete(msgId);
    this.#open.set(msgId, { dest, asker: from });
    from.subscribe({ complete: forget, error: forget });
    const message = { src: this.#nodeId, dest, body: { ...body, msg_id: msgId } };
    this.#surroundings.inspection?.sent(message);
    this.#surroundings.send(message);
  }

  #say(message: Message): void {
    this.#surroundings.inspection?.sent(message);
    const surroundings = this.#surroundings;
    const { src, dest, body } = message;
    if (body.in_reply_to === undefined) return surroundings.send({ src, dest, body });
    const msgId = ++this.#lastMsgId;
    if (surroundings.sendReply) surroundings.sendReply(message, msgId);
    else surroundings.send({ src, dest, body: { ...body, msg_id: msgId } });
  }
}

/** With a disk, a node begins but once: it cannot forget what it has promised to keep. */
function refuseInit({ src, dest, body }: InitEvent, nodeId: EndpointId): NodeEvent {
  return {
    type: 'request.invalid',
    src,
    dest,
    body,
    requestType: 'init',
    code: errorCodes['malformed-request'],
    text: `init: this node is ${nodeId} already, and keeps what it stores: start another process`,
  };
}
