import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createTestModel } from 'xstate/graph';
import { SimulatedClock } from '../../../src/lab/time-and-chance/simulated-clock.ts';
import { NodeActor } from '../../../src/runtime/node-actor.ts';
import type { Body } from '../../../src/wire/message.ts';
import { NodeProcess } from '../../support/processes/node-process.ts';
import { registersWith } from '../../support/raft/raft-test.ts';
import {
  type Answer,
  bodyOf,
  type ClientEvent,
  registersSpecification,
} from './registers-specification.ts';

/** A node under test, wherever it runs, the only one of its cluster. */
interface NodeUnderTest {
  /** Sends a request, and gives back the reply. */
  ask(body: { type: string }): Promise<Body>;
  /** Ends the node's input; resolves to whether the node then stopped in order. */
  end(): Promise<boolean>;
}

const events: ClientEvent[] = [
  { type: 'init' },
  { type: 'read' },
  { type: 'write', value: 1 },
  { type: 'cas', from: 1, to: 2 },
  { type: 'nonsense' },
  { type: 'malformed' },
  { type: 'end' },
];

const model = createTestModel(registersSpecification, {
  events,
  // Each event in each state is a case of its own, even when it leads nowhere new.
  serializeState: ({ value, context }, event) => JSON.stringify([value, context, event]),
  stopWhen: ({ status }) => status !== 'active',
});
const paths = model.getShortestPaths();

async function walk(path: (typeof paths)[number], node: NodeUnderTest): Promise<void> {
  const ask = async ({ event, state }: { event: ClientEvent; state: typeof path.state }) => {
    const {
      in_reply_to: _inReplyTo,
      msg_id: _msgId,
      text,
      ...answer
    } = await node.ask(bodyOf(event));
    expect(answer).toEqual(state.context.answer as Answer);
    expect(typeof text).toBe(answer.type === 'error' ? 'string' : 'undefined');
  };
  const end = async () => expect(await node.end()).toBe(true);
  await path.test({
    events: { ...Object.fromEntries(events.map(({ type }) => [type, ask])), end },
  });
}

/** The shipped machine, in the surroundings that its binary gives it. */
function createInProcessNode(): NodeUnderTest {
  const clock = new SimulatedClock();
  const replies: Body[] = [];
  const send = ({ body }: { body: Body }) => replies.push(body);
  const node = new NodeActor(registersWith(), { clock, log: () => {}, send, drawSeed: () => 1 });
  let msgId = 0;
  node.actor.start();
  return {
    ask: async (body) => {
      const asked = replies.length;
      node.take({ src: 'c1', dest: 'n0', body: { msg_id: ++msgId, ...body } }, clock.now() / 1e6);
      clock.advance(100); // it may have to be elected first
      expect(replies).toHaveLength(asked + 1);
      return replies[asked] as Body;
    },
    end: async () => {
      node.endInput();
      return node.actor.getSnapshot().status === 'done';
    },
  };
}

function createProcessNode(process: NodeProcess): NodeUnderTest {
  return {
    ask: (body) => process.ask(body),
    end: async () => {
      process.child.stdin.end();
      return (await process.exit()).code === 0;
    },
  };
}

describe('what registers must do', () => {
  const bin = join(import.meta.dirname, '../../../bin/lin-kv');
  const processes: NodeProcess[] = [];
  afterAll(() => processes.forEach((process) => process.kill()));

  it('should be worth walking', () => {
    expect(paths.length).toBeGreaterThan(15);
  });

  describe.each(paths.map((path) => [path.description, path] as const))('%s', (_, path) => {
    it('in process', async () => {
      expect.hasAssertions();
      await walk(path, createInProcessNode());
    });

    it('as a real process', async () => {
      expect.hasAssertions();
      const process = new NodeProcess([], {}, bin);
      processes.push(process);
      await walk(path, createProcessNode(process));
      process.kill();
    });
  });
});
