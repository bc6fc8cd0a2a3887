import { disk, type DiskEvent, type Protocol, type SendEvent, wire } from 'maelstate';
import { type EventObject, enqueueActions } from 'xstate';
import type { ReplicatedLog } from '../../values/replicated-log.ts';
import type { NodeState } from '../node-state.ts';
import { announce, carryOut } from '../plans.ts';
import type { GossipTunables } from '../tunables.ts';
import { appendOwn, type Asked, compacted, settle, type ToKeep } from './stored.ts';

/** A request that brings something to be kept. */
interface Request extends Asked {
  at: number;
}

/** What an action is called with. */
export interface Asking<L extends ReplicatedLog, E = EventObject> {
  context: NodeState<L>;
  event: E;
}

/** What an action queues, as far as it is needed here. */
interface Enqueue {
  (action: unknown): void;
  assign(change: Partial<NodeState>): void;
  emit(event: SendEvent): void;
  sendTo(target: typeof disk | typeof wire, event: unknown): void;
}

/** An action of any machine whose context, `C`, has a gossiping node's state. */
interface Action<C> {
  (args: { context: C; event: EventObject }, params: undefined): void;
  _out_TEmitted?: SendEvent;
}

const action = <L extends ReplicatedLog, E>(
  run: (args: Asking<L, E> & { enqueue: Enqueue }) => void,
) => enqueueActions(run as never) as unknown as Action<any>;

type Synced = Extract<DiskEvent, { type: 'disk.synced' }>;
type Failed = Extract<DiskEvent, { type: 'disk.failed' }>;

/** What the names in the region `storing` mean. */
export function storingParts<L extends ReplicatedLog>(
  protocol: Protocol<any>,
  tunables: GossipTunables,
) {
  return {
    guards: {
      hasDisk: ({ context }: { context: { disk: unknown } }) => context.disk !== null,
      hasUnsynced: ({ context }: Asking<L>) => context.stored.unsynced.length > 0,
      hasNoUnsynced: ({ context }: Asking<L>) => context.stored.unsynced.length === 0,
    },
    actions: {
      // Only now is it true: it enters the log, is answered, and is told to others.
      settle: action<L, Synced>(({ context, event, enqueue }) => {
        const { log, stored, settled } = settle(context, event.upTo);
        const [oldest] = settled;
        if (!oldest) return;
        enqueue.assign({ log, stored });
        const messages = settled.flatMap(({ asked, parts }) =>
          asked ? protocol.replyTo(context, asked as never, parts) : [],
        );
        enqueue.sendTo(wire, { type: 'wire.send', messages });
        if (context.links.length === 0) return;
        const changed = { ...context, log, stored };
        const news = { bornAt: oldest.at, at: event.at, except: null };
        carryOut(announce(changed, news, tunables), enqueue as never);
      }),
      compact: action<L, Synced>(({ context, enqueue }) => {
        const smaller = compacted(context, tunables);
        if (!smaller) return;
        enqueue.assign({ stored: smaller.stored });
        enqueue.sendTo(disk, smaller.request);
      }),
      // It may be on disk, or not: whoever has asked must not take it for either.
      answerUnknown: action<L, Failed>(({ context, event, enqueue }) => {
        const error = { code: 'crash' as const, text: `not known to be kept: ${event.problem}` };
        const messages = context.stored.unsynced
          .toJSON()
          .flatMap(({ asked }) => (asked ? protocol.errorTo(context, asked as never, error) : []));
        enqueue.sendTo(wire, { type: 'wire.send', messages });
      }),
    },
  };
}

/**
 * An action that has something kept which a request has brought, and answers the request when that
 * is on disk; at once when there is nothing to keep.
 *
 * @param make makes the value of the entry, `undefined` if there is nothing to keep, and what the
 *   reply says besides `type` and the ids
 */
export function keep<C, L extends ReplicatedLog, E extends Request>(
  protocol: Protocol<any>,
  make: (args: Asking<L, E>) => { value: ToKeep['value'] | undefined; parts?: object },
): Action<C> {
  return action<L, E>(({ context, event, enqueue }) => {
    const { value, parts } = make({ context, event });
    if (value === undefined) enqueue.emit(protocol.replyTo(context, event as never, parts));
    else append(context, [{ value, at: event.at, asked: event, parts, from: null }], enqueue);
  });
}

/** An action that has values kept which nobody has asked to be answered for. */
export function keepAdopted<C, L extends ReplicatedLog, E extends { src: string; at: number }>(
  values: (args: Asking<L, E>) => readonly ToKeep['value'][],
): Action<C> {
  return action<L, E>(({ context, event, enqueue }) => {
    const { src: from, at } = event;
    const entries = values({ context, event }).map((value) => ({ value, at, from }));
    if (entries.length === 0) return;
    append(
      context,
      entries.map((entry) => ({ ...entry, asked: null, parts: undefined })),
      enqueue,
    );
  });
}

function append(state: NodeState, entries: readonly ToKeep[], enqueue: Enqueue): void {
  const { stored, request } = appendOwn(state, entries);
  enqueue.assign({ stored });
  enqueue.sendTo(disk, request);
}
