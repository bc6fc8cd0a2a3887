import {
  type ActorRecord,
  type EventRecord,
  type NodeRecord,
  rootOf,
  type SnapshotRecord,
} from '../../../inspect/inspection-event.ts';
import { Roster } from '../../../inspect/roster.ts';
import type { ViewActorRecord, ViewRecord } from '../../../lab/inspect/view-message.ts';
import type { Message } from '../../../wire/message.ts';
import { MessageTable, type Seconds } from '../../shared/space-time/message-table.ts';
import { countUpTo, firstAfter, lastUpTo } from './ascending.ts';
import { MessageMatcher } from './message-matcher.ts';
import { timeOf } from './reorder-buffer.ts';

/** Clocks that count from 1970 show more than this, a moment of 2001. */
const OLDEST_INSTANT = 1e12;
/** What lies further from a run's begin has nothing to do with it. */
const LONGEST_RUN_MS = 86_400_000;

/** A record's number: they count up, and keep their numbers when older ones are forgotten. */
export type Position = number;

/** One actor, over time. */
export interface ActorTrack {
  sessionId: string;
  node: string;
  name: string;
  /** The chart it runs; `null` when it is no statechart, or none that could be drawn. */
  chart: number | null;
  isRoot: boolean;
  /** When it came to be, each time. */
  births: Position[];
  snapshots: Position[];
}

/** One node, over time. */
export interface NodeTrack {
  id: string;
  root: string;
  /** Its root first. */
  actors: ActorTrack[];
  births: Position[];
  ends: Position[];
}

/** Where a message was sent and received; nothing for what was not seen. */
export interface MessageEnds {
  sent: Position | undefined;
  received: Position | undefined;
}

/**
 * What has been seen of a cluster, in the order in which it happened, and indices by which the state
 * of everything at any moment is found at once.
 */
export class Recording {
  /** The newest records; the first of them has the position `first`. */
  readonly records: ViewRecord[] = [];
  readonly first: Position;
  readonly nodes = new Map<string, NodeTrack>();
  readonly messages = new MessageTable();
  readonly messageEnds: MessageEnds[] = [];
  title: string | undefined;
  readonly #actors = new Map<string, ActorTrack>();
  readonly #matcher = new MessageMatcher(this.messages);
  readonly #sentAt = new Map<Position, number[]>();
  readonly #knownValues = new Set<string>();
  /** The records by which a value came into the cluster. */
  readonly #arrivals: Position[] = [];
  #origin: number | undefined;

  constructor(first: Position = 0, origin?: number) {
    this.first = first;
    this.#origin = origin;
  }

  get end(): Position {
    return this.first + this.records.length;
  }

  add(record: ViewRecord): void {
    const position = this.end;
    this.records.push(record);
    switch (record.type) {
      case 'run.begin':
        this.title = record.title;
        for (const node of record.nodes) this.#nodeOf(node);
        return;
      case 'node.gone':
        this.#nodeOf(record.node).ends.push(position);
        return;
      case '@xstate.actor':
        return this.#addActor(record as ViewActorRecord, position);
      case '@xstate.event':
        return this.#addEvent(record, position);
      case '@xstate.snapshot':
        return this.#addSnapshot(record, position);
    }
  }

  /** This recording without its oldest records, but with the state of things before the rest. */
  withNewest(count: number): Recording {
    const cut = Math.max(0, this.records.length - count);
    const roster = new Roster();
    for (const record of this.records.slice(0, cut)) roster.add(record);
    const before = [...roster.announcement()] as ViewRecord[];
    const next = new Recording(this.first + cut - before.length, this.#origin);
    for (const record of before) next.add(record);
    for (const record of this.records.slice(cut)) next.add(record);
    return next;
  }

  at(position: Position): ViewRecord | undefined {
    return this.records[position - this.first];
  }

  /** When a record happened, in seconds since the recording began. */
  secondsAt(position: Position): Seconds {
    for (let index = position - this.first; index < this.records.length; index++) {
      const record = this.records[index];
      if (record && record.type !== 'run.begin') return this.#toSeconds(timeOf(record));
    }
    return this.messages.end;
  }

  /**
   * The time of the run that an instant of the nodes' clock is, in milliseconds; undefined for a
   * number that is none. In simulated time, the clock begins with the run, and its instants look like
   * any other number.
   */
  momentOf(value: number): Seconds | undefined {
    const origin = this.#origin ?? 0;
    const isInstant = origin > OLDEST_INSTANT && Math.abs(value - origin) < LONGEST_RUN_MS;
    return isInstant ? this.#toSeconds(value) : undefined;
  }

  /** The last record that happened by a time. */
  positionAt(seconds: Seconds): Position {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#toSeconds(timeOf(this.records[middle] as ViewRecord)) <= seconds) low = middle + 1;
      else high = middle;
    }
    return this.first + Math.max(0, low - 1);
  }

  actor(sessionId: string): ActorTrack | undefined {
    return this.#actors.get(sessionId);
  }

  /** How an actor was when a record had just happened. */
  snapshotOf({ snapshots }: ActorTrack, position: Position): SnapshotRecord | undefined {
    const found = lastUpTo(snapshots, position);
    return found === undefined ? undefined : (this.at(found) as SnapshotRecord);
  }

  /** How the actor of a record was before it. */
  previousOf(position: Position): SnapshotRecord | undefined {
    const record = this.at(position) as NodeRecord;
    const actor = this.actor(record.sessionId);
    return actor && this.snapshotOf(actor, position - 1);
  }

  isAlive({ births, ends }: NodeTrack, position: Position): boolean {
    const birth = lastUpTo(births, position);
    return birth !== undefined && (lastUpTo(ends, position) ?? -1) < birth;
  }

  /** The actors of a node that were active when a record had just happened; its root always is. */
  actorsOf(node: NodeTrack, position: Position): ActorTrack[] {
    const start = lastUpTo(node.births, position) ?? 0;
    return node.actors.filter((actor) => {
      if (actor.isRoot) return true;
      const birth = lastUpTo(actor.births, position);
      if (birth === undefined || birth < start) return false;
      const latest = lastUpTo(actor.snapshots, position);
      if (latest === undefined || latest < birth) return true;
      return (this.at(latest) as SnapshotRecord).snapshot.status === 'active';
    });
  }

  /** How many values a node held, or `null` for nodes that hold none. */
  knownOf(node: NodeTrack, position: Position): number | null {
    const root = this.#actors.get(node.root);
    return root ? (this.snapshotOf(root, position)?.known ?? null) : null;
  }

  /** How many values the cluster held, as far as has been seen. */
  knownInAll(position: Position): number {
    const known = [...this.nodes.values()].map((node) => this.knownOf(node, position) ?? 0);
    return Math.max(countUpTo(this.#arrivals, position), ...known);
  }

  /** The messages that a transition sent, as their numbers in `messages`. */
  messagesSentAt(position: Position): readonly number[] {
    return this.#sentAt.get(position) ?? [];
  }

  /** The record of what a node did about a message; of what sent it, when that was not seen. */
  reactionToMessage(message: number): Position | undefined {
    const { sent, received } = this.messageEnds[message] as MessageEnds;
    if (received === undefined) return sent;
    const record = this.at(received) as EventRecord | undefined;
    const actor = record && this.actor(record.sessionId);
    return actor && firstAfter(actor.snapshots, received);
  }

  #toSeconds(at: number): Seconds {
    return (at - (this.#origin ?? at)) / 1000;
  }

  #addActor(record: ViewActorRecord, position: Position): void {
    this.#origin ??= record.at;
    const node = this.#nodeOf(record.node);
    const isRoot = record.sessionId === node.root;
    if (isRoot) node.births.push(position);
    const known = this.#actors.get(record.sessionId);
    if (known) {
      known.births.push(position);
      known.chart = record.chart;
      known.name = nameOf(record);
      return;
    }
    const { sessionId, chart } = record;
    const actor = {
      sessionId,
      node: node.id,
      name: nameOf(record),
      chart,
      isRoot,
      births: [position],
      snapshots: [],
    };
    this.#actors.set(sessionId, actor);
    if (isRoot) node.actors.unshift(actor);
    else node.actors.push(actor);
  }

  #addEvent(record: EventRecord, position: Position): void {
    const { src, dest, body } = record.event as Partial<Message>;
    const isFromWire = record.sessionId === rootOf(record.node);
    if (!isFromWire || typeof src !== 'string' || typeof dest !== 'string' || !body) return;
    const message = { src, dest, body };
    const isSenderSeen = (this.nodes.get(src)?.births.length ?? 0) > 0;
    this.#matcher.received(message, this.#toSeconds(record.at), isSenderSeen, (index) => {
      this.#endsOf(index).received ??= position;
    });
  }

  #addSnapshot(record: SnapshotRecord, position: Position): void {
    this.#actors.get(record.sessionId)?.snapshots.push(position);
    const at = this.#toSeconds(record.at);
    const sent = record.sent.map((message) => this.#matcher.sent(message, at));
    if (sent.length > 0) this.#sentAt.set(position, sent);
    for (const message of sent) this.#endsOf(message).sent = position;
    const { type, body } = record.event as { type: string; body?: { message?: unknown } };
    if (type !== 'broadcast' || record.known === null) return;
    const value = JSON.stringify(body?.message);
    if (this.#knownValues.has(value)) return;
    this.#knownValues.add(value);
    this.#arrivals.push(position);
  }

  #endsOf(message: number): MessageEnds {
    return (this.messageEnds[message] ??= { sent: undefined, received: undefined });
  }

  #nodeOf(id: string): NodeTrack {
    const known = this.nodes.get(id);
    if (known) return known;
    const node = { id, root: rootOf(id), actors: [], births: [], ends: [] };
    this.nodes.set(id, node);
    return node;
  }
}

function nameOf({ name, sessionId }: ActorRecord): string {
  return name ?? sessionId;
}
