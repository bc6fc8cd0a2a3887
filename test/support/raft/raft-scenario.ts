import type { RaftState } from '../../../machines/raft/state/raft-state.ts';
import type { NodeProgram } from '../../../src/kit/define-node.ts';
import { NANOSECONDS_PER_MS } from '../../../src/lab/time-and-chance/clock.ts';
import { SimulatedClock } from '../../../src/lab/time-and-chance/simulated-clock.ts';
import { NodeActor } from '../../../src/runtime/node-actor.ts';
import type { Body, Message } from '../../../src/wire/message.ts';
import { PlayedDisk } from './played-disk.ts';

/** A node with a clock of its own, and what was last said of it. */
interface Played {
  actor: NodeActor;
  clock: SimulatedClock;
  disk: PlayedDisk | undefined;
  shown: string;
}

/** What one event sets in motion is over before. */
const SETTLING_ROUNDS = 10;

/**
 * A cluster that is played by hand, one step at a time: time passes for one node alone, and messages
 * wait until they are delivered. Each step gives back what the nodes said and what they became.
 *
 * `start 3` lets nodes get to know each other at once, `launch 3` does not. With `start 3 disks` each node has a disk, which keeps what it was asked to at `sync n1`, or at
 * `settle`.
 */
export class RaftScenario {
  readonly #nodes = new Map<string, Played>();
  readonly #program: NodeProgram;
  readonly #cut = new Set<string>();
  #waiting: Message[] = [];
  /** What is due at the end of the step. */
  #due: (() => void)[] = [];
  #lines: string[] = [];
  #lastMsgId = 0;

  constructor(program: NodeProgram) {
    this.#program = program;
  }

  get nodes(): string[] {
    return [...this.#nodes.keys()];
  }

  /** What a node remembers. */
  stateOf(id: string): RaftState {
    return this.#played(id).actor.actor.getSnapshot().context;
  }

  /** Carries out one step, such as `pass n1 700`, and says in lines what came of it. */
  step(text: string): string[] {
    const [verb, ...words] = text.split(' ') as [string, ...string[]];
    const [node = '', ...rest] = words;
    if (verb === 'start') this.#start(Number(node), rest[0] === 'disks');
    else if (verb === 'launch') this.#launchAll(Number(node), rest[0] === 'disks');
    else if (verb === 'restart') this.#restart(node);
    else if (verb === 'pass') this.#pass(node, Number(rest[0]));
    else if (verb === 'cut') words.forEach((id) => this.#cut.add(id));
    else if (verb === 'heal') words.forEach((id) => this.#cut.delete(id));
    else if (verb === 'sync') words.forEach((id) => this.#sync(id));
    else if (verb === 'fail') this.#fail(node);
    else if (verb === 'settle') this.#settle();
    else if (verb === 'drop') this.#waiting = [];
    else if (verb === 'deliver') this.#deliver(node, rest[0]);
    else if (verb === 'ask') this.#ask(node, rest);
    else throw new Error(`there is no step ${verb}`);
    this.#endTurn();
    this.#showStates();
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }

  #played(id: string): Played {
    const played = this.#nodes.get(id);
    if (!played) throw new Error(`there is no node ${id}`);
    return played;
  }

  #start(count: number, disks: boolean): void {
    this.#launchAll(count, disks);
    this.#settle();
    this.#lines = [];
  }

  #launchAll(count: number, disks: boolean): void {
    const ids = Array.from({ length: count }, (_, index) => `n${index}`);
    for (const [index, id] of ids.entries()) {
      this.#launch(id, new SimulatedClock(), index + 1, disks ? new PlayedDisk() : undefined);
    }
    for (const id of ids) this.#take(id, 'c0', { type: 'init', node_id: id, node_ids: ids });
  }

  /** Delivers and keeps all that waits, and what comes of it. */
  #settle(): void {
    for (let round = 0; round < SETTLING_ROUNDS; round++) {
      this.#deliver('');
      for (const id of this.#nodes.keys()) this.#sync(id);
    }
  }

  #sync(id: string): void {
    this.#endTurn();
    this.#played(id).disk?.sync();
    this.#endTurn();
  }

  #fail(id: string): void {
    this.#endTurn();
    this.#played(id).disk?.fail();
  }

  #endTurn(): void {
    for (const callback of this.#due.splice(0)) callback();
  }

  #launch(id: string, clock: SimulatedClock, seed: number, disk?: PlayedDisk): void {
    const actor = new NodeActor(this.#program, {
      clock,
      log: (line) => this.#lines.push(`${id} logs ${line}`),
      send: (message) => this.#note(message),
      drawSeed: () => seed,
      disk: disk && {
        store: disk,
        soon: (callback) => this.#due.push(callback),
        now: () => clock.now() / NANOSECONDS_PER_MS,
        onFailure: (problem) => this.#lines.push(`${id} stops: ${problem}`),
      },
    });
    actor.actor.start();
    this.#nodes.set(id, { actor, clock, disk, shown: '' });
  }

  /** Ends a node, which forgets all that is not on its disk, and starts it anew a little later. */
  #restart(id: string): void {
    const { actor, clock, disk } = this.#played(id);
    const ids = [...this.#nodes.keys()];
    actor.actor.stop();
    this.#waiting = this.#waiting.filter(({ dest }) => dest !== id);
    clock.advance(10);
    this.#launch(id, clock, ids.indexOf(id) + 11, disk);
    this.#take(id, 'c0', { type: 'init', node_id: id, node_ids: ids });
    this.#sync(id); // so that it has an incarnation
  }

  #pass(id: string, ms: number): void {
    this.#played(id).clock.advance(ms);
  }

  /** Delivers what waits between two nodes; without these, all that waits and what comes of it. */
  #deliver(from: string, to?: string): void {
    if (from && to) {
      const isMeant = ({ src, dest }: Message) => src === from && dest === to;
      const meant = this.#waiting.filter(isMeant);
      this.#waiting = this.#waiting.filter((message) => !isMeant(message));
      for (const message of meant) this.#hand(message);
      return;
    }
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) this.#hand(next);
  }

  #hand({ src, dest, body }: Message): void {
    if (this.#cut.has(src) || this.#cut.has(dest)) return;
    this.#take(dest, src, body);
  }

  #ask(id: string, [type, key, ...values]: string[]): void {
    const [first, second] = values.map(Number);
    const parts = type === 'cas' ? { from: first, to: second } : { value: first };
    this.#take(id, 'c1', { type: type as string, key: Number(key), ...parts });
  }

  #take(id: string, src: string, body: Body): void {
    const { actor, clock } = this.#played(id);
    const numbered = src.startsWith('c') ? { ...body, msg_id: ++this.#lastMsgId } : body;
    const at = clock.now() / NANOSECONDS_PER_MS;
    actor.take({ src, dest: id, body: JSON.parse(JSON.stringify(numbered)) }, at);
  }

  #note(message: Message): void {
    const { src, dest, body } = message;
    const { type, msg_id: _, in_reply_to: __, text: ___, ...parts } = body;
    this.#lines.push(`${src} → ${dest} ${type} ${wordsOf(parts)}`.trimEnd());
    if (!dest.startsWith('c')) this.#waiting.push(message);
  }

  #showStates(): void {
    for (const [id, played] of this.#nodes) {
      const { value, context } = played.actor.actor.getSnapshot();
      const shown = describe(value.running?.role ?? value, context as RaftState);
      if (shown !== played.shown) this.#lines.push(`  ${id} is ${shown}`);
      played.shown = shown;
    }
  }
}

function wordsOf(parts: object): string {
  return Object.entries(parts)
    .map(([name, part]) => `${name} ${JSON.stringify(part)}`)
    .join(', ');
}

function describe(role: string | Record<string, unknown>, { stable, commit }: RaftState): string {
  const name = typeof role === 'string' ? role : Object.entries(role).flat().join(' ');
  const { term, log } = stable;
  const terms = log.from(log.base + 1).map((entry) => entry.term);
  return `${name.replace(/ (waiting|leading)$/, '')}, term ${term}, log [${terms}], ${commit} agreed on`;
}
