import { afterAll, describe, expect, it } from '@jest/globals';
import { createTestModel } from 'xstate/graph';
import { broadcastMachine } from '../../../machines/broadcast/machine.ts';
import { protocol } from '../../../machines/broadcast/protocol.ts';
import { SimulatedClock } from '../../../src/lab/time-and-chance/simulated-clock.ts';
import { NodeActor } from '../../../src/runtime/node-actor.ts';
import type { Body } from '../../../src/wire/message.ts';
import { NodeProcess } from '../../support/processes/node-process.ts';
import {
  type Answer,
  bodyOf,
  broadcastSpecification,
  type ClientEvent,
} from './broadcast-specification.ts';

/** A node under test, wherever it runs. */
interface NodeUnderTest {
  /** Sends a request; gives back its msg_id and whatever was answered, to it or to anything. */
  ask(body: { type: string }): Promise<{ msgId: number; replies: Body[] }>;
  /** Ends the node's input; resolves to whether the node then stopped in order. */
  end(): Promise<boolean>;
}

const events: ClientEvent[] = [
  { type: 'init' },
  { type: 'topology' },
  { type: 'foreignTopology' },
  { type: 'broadcast', message: 1 },
  { type: 'broadcast', message: 'two' },
  { type: 'read' },
  { type: 'nonsense' },
  { type: 'malformed' },
  { type: 'answer' },
  { type: 'end' },
];

const model = createTestModel(broadcastSpecification, {
  events,
  // Each event in each state is a case of its own, even when it leads nowhere new.
  serializeState: ({ value, context }, event) => JSON.stringify({ value, context, event }),
  stopWhen: ({ status }) => status !== 'active',
});
const paths = model.getShortestPaths();

async function walk(path: (typeof paths)[number], node: NodeUnderTest): Promise<void> {
  const ask = async ({ event, state }: { event: ClientEvent; state: typeof path.state }) => {
    const { msgId, replies } = await node.ask(bodyOf(event));
    expect(replies).toEqual(expectedReplies(state.context.answer, msgId));
  };
  const end = async () => expect(await node.end()).toBe(true);
  const asks = events.map(({ type }) => [type, ask]);
  await path.test({ events: { ...Object.fromEntries(asks), end } });
}

function expectedReplies(answer: Answer, msgId: number): unknown[] {
  if (answer === null) return [];
  const text = answer.type === 'error' ? { text: expect.any(String) } : {};
  return [{ ...answer, ...text, in_reply_to: msgId, msg_id: expect.any(Number) }];
}

/** The shipped machine, in the surroundings that its binary gives it. */
function createInProcessNode(): NodeUnderTest {
  let replies: Body[] = [];
  const node = new NodeActor(
    { name: 'broadcast', machine: broadcastMachine, protocol },
    {
      clock: new SimulatedClock(),
      log: () => {},
      send: (message) => replies.push(message.body),
      drawSeed: () => 1,
    },
  );
  let msgId = 0;
  node.actor.start();
  return {
    ask: async (body) => {
      replies = [];
      node.take({ src: 'c1', dest: 'n0', body: { msg_id: ++msgId, ...body } }, 0);
      const plain = JSON.parse(JSON.stringify(replies));
      return { msgId, replies: plain };
    },
    end: async () => {
      node.endInput();
      return node.actor.getSnapshot().status === 'done';
    },
  };
}

function createProcessNode(process: NodeProcess): NodeUnderTest {
  return {
    ask: async (body) => {
      const seen = process.messages.length;
      const msgId = process.send(body);
      // Answers come in the order of the requests: what has come before the answer to a second
      // request is all there is.
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

describe('what any broadcast node must do', () => {
  const processes: NodeProcess[] = [];
  afterAll(() => processes.forEach((process) => process.kill()));

  it('should be worth walking', () => {
    expect(paths.length).toBeGreaterThan(40);
    const ended = paths.filter(({ state }) => state.value === 'stopped');
    expect(ended.length).toBeGreaterThan(3);
  });

  describe.each(paths.map((path) => [path.description, path] as const))('%s', (_, path) => {
    it('in process', async () => {
      expect.hasAssertions();
      await walk(path, createInProcessNode());
    });

    it('as a real process', async () => {
      expect.hasAssertions();
      const process = new NodeProcess();
      processes.push(process);
      await walk(path, createProcessNode(process));
      process.kill();
    });
  });
});
