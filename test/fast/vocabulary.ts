import {
  and,
  type AnyActorRef,
  assign,
  cancel,
  createMachine,
  emit,
  enqueueActions,
  fromCallback,
  log,
  not,
  or,
  raise,
  sendParent,
  sendTo,
  spawnChild,
  stopChild,
} from 'xstate';

/** What a machine has done, in order: guards asked, actions run, events emitted, lines logged. */
export type Trace = unknown[];

export interface Context {
  n: number;
  /** How many more loops there may be. */
  fuel: number;
  kids: AnyActorRef[];
}

interface Args {
  context: Context;
  event: { type: string };
  self: AnyActorRef;
}

export const actionNames = [
  'note',
  'note',
  'note',
  'bump',
  'bumpEach',
  'setTen',
  'keepAll',
  'emit',
  'emitPlain',
  'raise',
  'raiseNumbered',
  'raiseLater',
  'cancelLater',
  'spawn',
  'spawnNameless',
  'spawnInline',
  'spawnChild',
  'stopChild',
  'stopLast',
  'sendKid',
  'sendSelf',
  'sendLater',
  'log',
  'queue',
  'queueNested',
  'queueKids',
  'unknown',
] as const;
export const guardNames = [
  'isEven',
  'isOdd',
  'both',
  'either',
  'neither',
  'hasFuel',
  'seldom',
] as const;

/** What the names in random charts stand for; all that happens is written down in the trace. */
export function createVocabulary(trace: Trace) {
  const note = (kind: string, ...about: unknown[]) => void trace.push([kind, ...about]);
  const burn = assign(({ context }: { context: Context }) => ({ fuel: context.fuel - 1 }));
  const kid = createKid(note);
  return {
    actors: {
      kid,
      talker: fromCallback<{ type: string }>(({ sendBack, receive }) => {
        receive((event) => sendBack({ type: event.type === 'a' ? 'b' : 'c' }));
      }),
    },
    delays: { wait: ({ context }: Args) => 5 + (context.n % 3), fixed: 15 },
    guards: {
      isEven: ({ context, event }: Args) => {
        note('guard', 'isEven', context.n, event.type);
        return context.n % 2 === 0;
      },
      isOdd: not('isEven'),
      below: ({ context }: Args, params: { limit: number }) => {
        note('guard', 'below', params);
        return context.n < params.limit;
      },
      both: and(['isEven', 'hasFuel']),
      either: or(['isOdd', { type: 'below', params: { limit: 3 } }]),
      neither: not(or(['isOdd', 'seldom'])),
      hasFuel: ({ context }: Args) => context.fuel > 0,
      seldom: ({ context }: Args) => context.n % 5 === 4,
      alias: 'isEven',
      fails: () => {
        throw new Error('this guard fails');
      },
    },
    actions: {
      note: ({ context, event, self }: Args, params: unknown) =>
        note('action', self.id, context.n, context.fuel, event, params),
      bump: assign(({ context }: { context: Context }, params?: { by?: number }) => ({
        n: context.n + (params?.by ?? 1),
      })),
      bumpEach: assign({ n: ({ context }: { context: Context }) => context.n + 1 }),
      setTen: assign({ n: 10 }),
      keepAll: assign({}),
      burn,
      emit: emit(({ context, event }: { context: Context; event: { type: string } }) => ({
        type: 'said',
        n: context.n,
        on: event.type,
      })),
      emitPlain: emit({ type: 'plain' }),
      raise: enqueueActions(({ enqueue, check }: any) => {
        if (!check('hasFuel')) return;
        enqueue('burn');
        enqueue.raise({ type: 'b' });
      }),
      raiseNumbered: enqueueActions(({ context, enqueue }: any) => {
        if (context.fuel <= 0) return;
        enqueue(burn);
        enqueue.raise(({ context: { n } }: { context: Context }) => ({
          type: n % 2 ? 'c' : 'd',
          n,
        }));
      }),
      raiseLater: raise({ type: 'later' }, { delay: 'wait', id: 'later' } as never),
      cancelLater: cancel('later'),
      // Whatever may lead to an answer, and so to itself, takes fuel.
      spawn: assign(({ context, spawn }: any) => {
        if (context.fuel <= 0) return {};
        const input = ({ context: { n } }: Args) => n;
        const kids = [...context.kids, spawn('kid', { id: `kid${context.n % 4}`, input })];
        return { kids, fuel: context.fuel - 1 };
      }),
      spawnNameless: assign(({ context, spawn }: any) => ({
        kids: [...context.kids, spawn('talker')],
      })),
      spawnInline: assign({
        fuel: ({ context }: any) => context.fuel - 1,
        kids: ({ context, spawn }: any) => {
          if (context.fuel <= 0) return context.kids;
          return [...context.kids, spawn(kid, { id: 'inline', syncSnapshot: true, input: 3 })];
        },
      }),
      spawnChild: spawnChild('kid', { id: 'child', input: 7 } as never),
      stopChild: stopChild('child'),
      stopLast: stopChild(
        ({ context }: { context: Context }) => context.kids.at(-1) as AnyActorRef,
      ),
      sendKid: enqueueActions(({ context, enqueue }: any) => {
        if (context.fuel <= 0) return;
        enqueue(burn);
        enqueue.sendTo(({ context: { kids } }: any) => kids.at(-1), { type: 'a' });
      }),
      sendSelf: enqueueActions(({ self, enqueue, context }: any) => {
        if (context.fuel <= 0) return;
        enqueue(burn);
        enqueue.sendTo(self, { type: 'c', sent: true });
      }),
      sendLater: sendTo(({ self }: any) => self, { type: 'later' }, { delay: 7, id: 'later' }),
      log: log(({ context }: { context: Context }) => context.n, 'n'),
      queue: enqueueActions(({ context, event, enqueue, check }: any, params: unknown) => {
        note('queue', context.n, event.type, params);
        enqueue.assign({ n: ({ context: { n } }: Args) => n + 2 });
        enqueue({ type: 'note', params: { was: context.n } });
        if (check('isEven')) enqueue.emit({ type: 'even' });
        if (check({ type: 'below', params: { limit: 5 } })) enqueue('log');
        enqueue.raise({ type: 'later' }, { delay: 3, id: 'queued' });
        enqueue.cancel('queued');
        enqueue(({ context: { n } }: Args) => note('inline', n));
      }),
      queueNested: enqueueActions(({ enqueue }: any) => {
        enqueue('bump');
        enqueue('queue');
        enqueue(
          enqueueActions(({ context, enqueue: enqueueInner }: any) => {
            note('nested', context.n);
            enqueueInner.assign(({ context: { n } }: any) => ({ n: n + 1 }));
            enqueueInner('note');
          }),
        );
        enqueue('note');
      }),
      queueKids: enqueueActions(({ enqueue, context }: any) => {
        if (context.fuel <= 0) return;
        enqueue(burn);
        const id = `queued${context.n % 2}`;
        enqueue.spawnChild('kid', { id, input: 2 });
        enqueue.sendTo(id, { type: 'a' });
        if (context.n % 3 === 0) enqueue.stopChild(id);
      }),
      fail: ({ context }: Args) => {
        throw new Error(`this action fails at ${context.n}`);
      },
    },
  };
}

/** An actor to spawn and to invoke: it answers, ends, and fails when it is told to too often. */
function createKid(note: (kind: string, ...about: unknown[]) => void) {
  return createMachine(
    {
      id: 'kid',
      context: ({ input }: { input: unknown }) => ({ n: Number(input ?? 0) }),
      output: ({ context }: any) => ({ n: context.n }),
      initial: 'idle',
      states: {
        idle: { on: { a: { target: 'busy', actions: ['count', 'tell'] } } },
        busy: {
          entry: 'note',
          always: { guard: 'isTired', target: 'failing' },
          on: { a: [{ guard: 'isDone', target: 'done' }, { actions: 'count' }], '*': 'idle' },
        },
        failing: { entry: 'fail' },
        done: { type: 'final' },
      },
    } as never,
    {
      guards: {
        isTired: ({ context }: any) => context.n > 9,
        isDone: ({ context }: any) => context.n % 4 === 1,
      },
      actions: {
        count: assign({ n: ({ context }: any) => context.n + 1 }),
        tell: sendParent(({ context }: any) => ({ type: 'b', from: 'kid', n: context.n })),
        note: ({ context }: any) => note('kid', context.n),
        fail: () => {
          throw new Error('this actor fails');
        },
      },
    } as never,
  );
}
