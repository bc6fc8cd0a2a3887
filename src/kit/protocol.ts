import { Type } from 'typebox';
import { emit, type EventObject, type MachineContext } from 'xstate';
import type { EndpointId } from '../wire/message.ts';
import { createDecoder, type Decode } from './decode.ts';
import type { Messages } from './define-node.ts';
import type { SendEvent, WireEvent } from './node-event.ts';
import { type ErrorCode, errorTo, replyTo, type Request, type Self } from './replies.ts';
import { type CheckBody, createCheck, type PartsOf, type Shape } from './shape.ts';

/** A message that is answered. */
export interface RequestSpec<P extends Shape, R extends Shape> {
  parts: P;
  reply: R;
}

/** A message that is not answered, such as gossip. */
export interface OneWaySpec<P extends Shape> {
  parts: P;
}

/** The messages that a node takes in, by type. */
export type MessageSpecs = Record<string, RequestSpec<Shape, Shape> | OneWaySpec<Shape>>;

/** Describes a request and its reply, of type `…_ok`: what is in each besides `type` and the ids. */
export function request(): RequestSpec<{}, {}>;
export function request<P extends Shape>(parts: P): RequestSpec<P, {}>;
export function request<P extends Shape, R extends Shape>(parts: P, reply: R): RequestSpec<P, R>;
export function request(parts: Shape = {}, reply: Shape = {}): RequestSpec<Shape, Shape> {
  return { parts, reply };
}

/** Describes a message that is not answered: what is in it besides `type`. */
export function message(): OneWaySpec<{}>;
export function message<P extends Shape>(parts: P): OneWaySpec<P>;
export function message(parts: Shape = {}): OneWaySpec<Shape> {
  return { parts };
}

type Flat<T> = { [K in keyof T]: T[K] } & {};

/** The types of a protocol's requests. */
export type RequestType<S extends MessageSpecs> = {
  [K in keyof S & string]: S[K] extends { reply: Shape } ? K : never;
}[keyof S & string];

/** The types of its messages that are not answered. */
export type OneWayType<S extends MessageSpecs> = Exclude<keyof S & string, RequestType<S>>;

/** The body of a message of type `K`. */
export type BodyOf<S extends MessageSpecs, K extends keyof S & string> = Flat<
  (K extends RequestType<S> ? { type: K; msg_id: number } : { type: K; msg_id?: number }) &
    PartsOf<S[K]['parts']>
>;

/** The event that a message of type `K` is to the machine. */
export type EventOf<S extends MessageSpecs, K extends keyof S & string = keyof S & string> = {
  [T in K]: WireEvent<T, BodyOf<S, T>>;
}[K];

/** What the reply to a request of type `K` says besides `type` and the ids. */
export type ReplyOf<S extends MessageSpecs, K extends RequestType<S>> = S[K] extends {
  reply: infer R extends Shape;
}
  ? Said<PartsOf<R>>
  : never;

/** A value that makes its own JSON, or, with `toJsonText`, keeps the text of it. */
interface Encoded<T> {
  toJSON(): T;
  toJsonText?(): string;
}

/** What is said on the wire: the parts themselves, or what stands for them. */
export type Said<T> = { [P in keyof T]: T[P] | Encoded<T[P]> };

/** What an action's function is called with. */
interface Args<C, E> {
  context: C;
  event: E;
}

/** An action that emits a message, for the `actions` of a setup. */
interface Emit<C> {
  (args: { context: C; event: EventObject }, params: undefined): void;
  _out_TEmitted?: SendEvent;
}

const MsgId = Type.Integer();
const Id = Type.String({ minLength: 1 });
const INIT = request({ node_id: Id, node_ids: Type.Array(Id, { minItems: 1 }) });

/** What a node says and hears on the wire; made by `defineProtocol`. */
export class Protocol<S extends MessageSpecs> implements Messages {
  readonly specs: S;
  #decode: Decode | undefined;

  constructor(specs: S) {
    for (const type of ['init', 'error', ...Object.keys(specs).filter((t) => t.endsWith('_ok'))]) {
      if (!Object.hasOwn(specs, type)) continue;
      throw new TypeError(
        `a protocol cannot list "${type}": init, errors and replies are Maelstrom's own`,
      );
    }
    this.specs = specs;
  }

  /** The types of the messages that are answered. */
  get requestTypes(): RequestType<S>[] {
    const types = Object.keys(this.specs) as RequestType<S>[];
    return types.filter((type) => this.#isRequest(type));
  }

  /** The function that turns parsed lines into events; all nodes of a process share it. */
  createDecoder(): Decode {
    return (this.#decode ??= this.#createDecoder());
  }

  #createDecoder(): Decode {
    const checks = new Map<string, CheckBody>([
      ['init', createCheck('init', INIT.parts, { msg_id: MsgId })],
    ]);
    for (const [type, { parts }] of Object.entries(this.specs)) {
      const ids = this.#isRequest(type) ? { msg_id: MsgId } : {};
      checks.set(type, createCheck(type, parts, ids as { msg_id: typeof MsgId }));
    }
    return createDecoder(checks);
  }

  #isRequest(type: string): boolean {
    return 'reply' in (this.specs[type] as object);
  }

  /**
   * An action that answers the request that is the machine's event.
   *
   * @param types the type of the request, or several that are answered alike
   * @param parts makes what the reply says besides `type` and the ids; may be left out if nothing
   * @example
   * actions: { answer: protocol.reply('echo', ({ event }) => ({ echo: event.body.echo })) }
   */
  reply<K extends RequestType<S>, C extends MachineContext & Self>(
    types: K | readonly K[],
    ...[parts]: {} extends ReplyOf<S, K>
      ? [parts?: (args: Args<C, EventOf<S, K>>) => ReplyOf<S, K>]
      : [parts: (args: Args<C, EventOf<S, K>>) => ReplyOf<S, K>]
  ): Emit<C> {
    const expected = typeof types === 'string' ? [types] : types;
    return emit(({ context, event }: Args<C, EventObject>): SendEvent => {
      const asked = expectOneOf(expected, event) as unknown as EventOf<S, K> & Request;
      return replyTo(context, asked, `${event.type}_ok`, parts?.({ context, event: asked }));
    }) as unknown as Emit<C>;
  }

  /**
   * An action that answers the request that is the machine's event with an error.
   *
   * @param error makes the code and the text; see `ErrorCode`
   */
  replyError<K extends RequestType<S>, C extends MachineContext & Self>(
    types: K | readonly K[],
    error: (args: Args<C, EventOf<S, K>>) => { code: ErrorCode; text: string },
  ): Emit<C> {
    const expected = typeof types === 'string' ? [types] : types;
    return emit(({ context, event }: Args<C, EventObject>): SendEvent => {
      const asked = expectOneOf(expected, event) as unknown as EventOf<S, K> & Request;
      return errorTo(context, asked, error({ context, event: asked }));
    }) as unknown as Emit<C>;
  }

  /** The reply to a request that came earlier, to be emitted: `emit(({ context }) => …)`. */
  replyTo<K extends RequestType<S>>(
    self: Self,
    asked: WireEvent<K, BodyOf<S, K>>,
    ...[parts]: {} extends ReplyOf<S, K> ? [parts?: ReplyOf<S, K>] : [parts: ReplyOf<S, K>]
  ): SendEvent {
    return replyTo(self, asked as unknown as Request, `${asked.type}_ok`, parts as object);
  }

  /** The error that answers a request that came earlier, to be emitted. */
  errorTo<K extends RequestType<S>>(
    self: Self,
    asked: WireEvent<K, BodyOf<S, K>>,
    error: { code: ErrorCode; text: string },
  ): SendEvent {
    return errorTo(self, asked as unknown as Request, error);
  }

  /** A message to another node that asks for no answer, to be emitted. */
  messageTo<K extends OneWayType<S>>(
    self: Self,
    dest: EndpointId,
    type: K,
    parts: Said<PartsOf<S[K]['parts']>>,
  ): SendEvent {
    return { type: 'send', src: self.nodeId, dest, body: { type, ...(parts as object) } };
  }
}

function expectOneOf(types: readonly string[], event: EventObject): EventObject {
  if (types.includes(event.type)) return event;
  throw new TypeError(
    `this action answers ${types.join(' and ')}, but it was run for the event ${event.type}`,
  );
}

/**
 * Defines the messages that a node takes in, and how it answers them.
 *
 * @example
 * const protocol = defineProtocol({
 *   echo: request({ echo: Json }, { echo: Json }),
 *   gossip: message({ values: Type.Array(Json) }),
 * });
 */
export function defineProtocol<const S extends MessageSpecs>(specs: S): Protocol<S> {
  return new Protocol(specs);
}
