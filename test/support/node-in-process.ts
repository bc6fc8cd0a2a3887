import type { NodeProgram } from '../../src/kit/define-node.ts';
import { SimulatedClock } from '../../src/lab/time-and-chance/simulated-clock.ts';
import { NodeActor } from '../../src/runtime/node-actor.ts';
import type { Message } from '../../src/wire/message.ts';

/** A node's machine in the surroundings that every host gives it; time is stepped. */
export class NodeInProcess {
  readonly clock = new SimulatedClock();
  readonly sent: Message[] = [];
  readonly logs: string[] = [];
  readonly node: NodeActor;
  #lastMsgId = 0;

  constructor(program: NodeProgram, seed = 1) {
    this.node = new NodeActor(program, {
      clock: this.clock,
      log: (text) => this.logs.push(text),
      send: (message) => this.sent.push(JSON.parse(JSON.stringify(message))),
      drawSeed: () => seed,
    });
    this.node.actor.start();
  }

  /** Hands a message in, and returns what the node sends at once. */
  take(body: object, src = 'c1'): Message[] {
    const before = this.sent.length;
    this.node.take({ src, dest: 'n0', body }, this.clock.now() / 1e6);
    return this.sent.slice(before);
  }

  /** Asks for something, and returns what the node sends at once. */
  ask(type: string, parts: object = {}): Message[] {
    return this.take({ type, msg_id: ++this.#lastMsgId, ...parts });
  }

  init(): Message[] {
    return this.ask('init', { node_id: 'n0', node_ids: ['n0', 'n1'] });
  }

  get context(): Record<string, unknown> {
    return this.node.actor.getSnapshot().context;
  }

  get state(): unknown {
    return this.node.actor.getSnapshot().value;
  }
}
