import { afterAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { assign, setup } from 'xstate';
import { createTestModel } from 'xstate/graph';
import type { NodeProgram } from '../../src/kit/define-node.ts';
import type { Body } from '../../src/wire/message.ts';
import { NodeInProcess } from './node-in-process.ts';
import { NodeProcess } from './processes/node-process.ts';

/**
 * What a node must do, as a client of it alone sees it: written from the protocol, not from a node.
 */
export interface ClientSpecification<S> {
  /** The node, and its executable in `bin/`. */
  program: NodeProgram;
  bin: string;
  /** The ids of the cluster, if the node is not one of a pair: nobody but `n0` is there. */
  nodeIds?: string[];
  /** What a node that has just been initialised keeps. */
  start: S;
  /** Requests that are served, by a name for each: what becomes of what is kept, and the reply. */
  requests: Record<string, { body: Body; serve: (kept: S) => { kept: S; reply: Body } }>;
  /** A request that is known, but not as it should be. */
  malformed: Body;
  /** Whether what is kept is enough to have seen everything. */
  isEnough: (kept: S) => boolean;
}

/** How long a node may take to answer: it may have to be elected first. */
const ANSWER_MS = 100;

/** A node under test, wherever it runs. */
interface NodeUnderTest {
  /** Sends a request; gives back its msg_id and whatever was answered, to it or to anything. */
  ask(body: Body, isToAnswer: boolean): Promise<{ msgId: number; replies: Body[] }>;
  /** Ends the node's input; resolves to whether the node then stopped in order. */
  end(): Promise<boolean>;
}

/** The life of every node, around what this one serves, as a statechart. */
function toMachine<S>(specification: ClientSpecification<S>) {
  const { start, requests, malformed, nodeIds = ['n0', 'n1'] } = specification;
  type Context = { kept: S; answer: Body | null };
  const refuse = (code: number) => ({ actions: { type: 'refuse' as const, params: { code } } });
  const bodies: Record<string, Body> = {
    ...Object.fromEntries(Object.entries(requests).map(([name, { body }]) => [name, body])),
    init: { type: 'init', node_id: 'n0', node_ids: nodeIds },
    nonsense: { type: 'xstate.stop' },
    malformed,
    answer: { ...malformed, type: `${malformed.type}_ok`, in_reply_to: 1 },
  };
  const each = (names: string[], transition: object) =>
    Object.fromEntries(names.map((name) => [name, transition]));
  const served = Object.keys(requests);
  const machine = setup({
    types: { context: {} as Context, events: {} as { type: string } },
    actions: {
      begin: assign({ kept: () => start, answer: () => ({ type: 'init_ok' }) }),
      serve: assign(({ context, event }) => {
        const { serve } = requests[event.type] as (typeof requests)[string];
        const { kept, reply } = serve(context.kept);
        return { kept, answer: reply };
      }),
      refuse: assign({ answer: (_, { code }: { code: number }) => ({ type: 'error', code }) }),
      keepSilent: assign({ answer: () => null }),
    },
  }).createMachine({
    id: 'specification',
    context: { kept: start, answer: null } as Context,
    initial: 'uninitialised',
    on: {
      init: { target: '.initialised', actions: 'begin' },
      answer: { actions: 'keepSilent' },
      end: { target: '.stopped', actions: 'keepSilent' },
    },
    states: {
      uninitialised: { on: each([...served, 'nonsense', 'malformed'], refuse(11)) },
      initialised: {
        on: {
          ...each(served, { actions: 'serve' }),
          nonsense: refuse(10),
          malformed: refuse(12),
        },
      },
      stopped: { type: 'final' },
    },
  });
  return { machine, bodies };
}

/** Walks a node through every state and event of its specification, in process and as a process. */
export function describeClientSpecification<S>(specification: ClientSpecification<S>): void {
  const { machine, bodies } = toMachine(specification);
  const model = createTestModel(machine, {
    events: [...Object.keys(bodies), 'end'].map((type) => ({ type })),
    // Each event in each state is a case of its own, even when it leads nowhere new.
    serializeState: ({ value, context }, event) => JSON.stringify({ value, context, event }),
    stopWhen: ({ status, context }) =>
      status !== 'active' || specification.isEnough(context.kept as S),
  });
  const paths = model.getShortestPaths();

  async function walk(path: (typeof paths)[number], node: NodeUnderTest): Promise<void> {
    const ask = async ({ event, state }: { event: { type: string }; state: typeof path.state }) => {
      const { answer } = state.context;
      const { msgId, replies } = await node.ask(bodies[event.type] as Body, answer !== null);
      expect(replies).toEqual(answer ? [expectedReply(answer, msgId)] : []);
    };
    const end = async () => expect(await node.end()).toBe(true);
    const asks = Object.keys(bodies).map((type) => [type, ask]);
    await path.test({ events: { ...Object.fromEntries(asks), end } });
  }

  describe('what it must do', () => {
    const processes: NodeProcess[] = [];
    afterAll(() => processes.forEach((process) => process.kill()));

    it('should be worth walking', () => {
      expect(paths.length).toBeGreaterThan(20);
    });

    describe.each(paths.map((path) => [path.description, path] as const))('%s', (_, path) => {
      it('in process', async () => {
        expect.hasAssertions();
        await walk(path, inProcess(specification.program));
      });
    });

    // A node begins anew with each init, so one process can walk all ways that it does not end on,
    // first those without an init.
    const isEnding = ({ state }: (typeof paths)[number]) => state.status === 'done';
    const begins = ({ steps }: (typeof paths)[number]) =>
      Number(steps.some(({ event }) => event.type === 'init'));
    const together = paths
      .filter((path) => !isEnding(path))
      .toSorted((a, b) => begins(a) - begins(b));

    it('should do the same as a real process', async () => {
      expect.hasAssertions();
      const start = () => {
        const process = new NodeProcess([], {}, binOf(specification.bin));
        processes.push(process);
        return asProcess(process);
      };
      const node = start();
      for (const path of together) await walk(path, node);
      for (const path of paths.filter(isEnding)) await walk(path, start());
    }, 60_000);
  });
}

function expectedReply(answer: Body, msgId: number): object {
  const text = answer.type === 'error' ? { text: expect.any(String) } : {};
  return { ...answer, ...text, in_reply_to: msgId, msg_id: expect.any(Number) };
}

function binOf(name: string): string {
  return join(import.meta.dirname, '../../bin', name);
}

function inProcess(program: NodeProgram): NodeUnderTest {
  const node = new NodeInProcess(program);
  let msgId = 0;
  return {
    ask: async (body, isToAnswer) => {
      const before = node.sent.length;
      const repliesNow = () => node.sent.slice(before).filter(({ dest }) => dest === 'c1');
      node.take({ msg_id: ++msgId, ...body });
      if (isToAnswer && repliesNow().length === 0) node.clock.advance(ANSWER_MS);
      return { msgId, replies: repliesNow().map((message) => message.body) };
    },
    end: async () => {
      node.node.endInput();
      return node.node.actor.getSnapshot().status === 'done';
    },
  };
}

function asProcess(process: NodeProcess): NodeUnderTest {
  return {
    ask: async (body, isToAnswer) => {
      const seen = process.messages.length;
      const msgId = process.send(body);
      if (isToAnswer) await process.waitFor((message) => message.body.in_reply_to === msgId);
      // What has come before the answer to a second request is all there is.
      const marker = await process.ask({ type: 'marker' });
      const messages = process.messages.slice(seen).filter(({ dest }) => dest === 'c1');
      const replies = messages.map((message) => message.body).filter((reply) => reply !== marker);
      return { msgId, replies };
    },
    end: async () => {
      process.child.stdin.end();
      return (await process.exit()).code === 0;
    },
  };
}
