import { describe, expect, it } from '@jest/globals';
import { assign } from 'xstate';
import { broadcastMachine } from '../../../machines/broadcast.ts';
import { MachineHost } from '../../../src/lab/hosts/machine-host.ts';
import { SimulatedClock } from '../../../src/lab/simulated-clock.ts';
import type { Violation } from '../../../src/lab/violation.ts';
import type { Body, Message } from '../../../src/protocol/message.ts';
import { programOf } from '../../support/simulated-test.ts';

/** Launches a node `n0`, and keeps all it sends, logs and does wrong. */
function launch(machine = broadcastMachine) {
  const clock = new SimulatedClock();
  const sent: Message[] = [];
  const logs: string[] = [];
  const violations: Violation[] = [];
  const host = new MachineHost({
    program: programOf(machine),
    clock,
    onLog: (node, text) => logs.push(`${node}: ${text}`),
  });
  const node = host.launch('n0', {
    onMessage: (message) => sent.push(message as Message),
    onViolation: (violation) => violations.push(violation),
  });
  let lastMsgId = 0;
  const ask = (body: Body) => node.deliver('c1', { ...body, msg_id: ++lastMsgId });
  const setUp = () => {
    ask({ type: 'init', node_id: 'n0', node_ids: ['n0', 'n1'] });
    ask({ type: 'topology', topology: { n0: ['n1'], n1: ['n0'] } });
  };
  return { clock, node, sent, logs, violations, ask, setUp };
}

const gossips = (sent: Message[]) => sent.filter(({ body }) => body.type === 'gossip');

describe('MachineHost', () => {
  it('should answer as the process does: replies numbered, gossip not', () => {
    const { clock, sent, ask, setUp } = launch();
    setUp();
    ask({ type: 'broadcast', message: 7 });
    ask({ type: 'read' });
    clock.advance(100);
    expect(sent.map(({ body }) => body)).toEqual([
      { type: 'init_ok', in_reply_to: 1, msg_id: 1 },
      { type: 'topology_ok', in_reply_to: 2, msg_id: 2 },
      { type: 'broadcast_ok', in_reply_to: 3, msg_id: 3 },
      { type: 'read_ok', in_reply_to: 4, msg_id: 4, messages: [7] },
      { type: 'gossip', known: [7] },
    ]);
    expect(sent.map(({ src, dest }) => [src, dest]).at(-1)).toEqual(['n0', 'n1']);
  });

  it('should send what a node knew then, whatever it learns while the message is on its way', () => {
    const { sent, ask, setUp } = launch();
    setUp();
    ask({ type: 'broadcast', message: 1 });
    ask({ type: 'read' });
    const read = sent.at(-1) as Message;
    ask({ type: 'broadcast', message: 2 });
    expect(read.body.messages).toEqual([1]);
    expect(JSON.parse(JSON.stringify(read))).toEqual(read);
  });

  it('should refuse what is malformed before the machine hears of it', () => {
    const { sent, ask, setUp } = launch();
    setUp();
    ask({ type: 'xstate.stop' });
    ask({ type: 'broadcast' });
    ask({ type: 'read' });
    expect(sent.slice(2).map(({ body }) => body.code ?? body.type)).toEqual([10, 12, 'read_ok']);
  });

  it('should let a paused node neither hear nor tell, and catch up when it is resumed', () => {
    const { clock, node, sent, ask, setUp } = launch();
    setUp();
    node.pause();
    ask({ type: 'broadcast', message: 7 });
    clock.advance(1000);
    expect(sent.length).toBe(2);
    node.resume();
    expect(sent[2]?.body.type).toBe('broadcast_ok');
    // The timer that was due while it stood still fires at once; the next, an interval later.
    expect(gossips(sent).length).toBe(1);
    clock.advance(100);
    expect(gossips(sent).length).toBe(2);
  });

  it('should hear nothing of a killed node any more, nor let it hear', () => {
    const { clock, node, sent, ask, setUp } = launch();
    setUp();
    node.pause();
    ask({ type: 'broadcast', message: 1 });
    node.kill();
    node.resume();
    ask({ type: 'broadcast', message: 2 });
    clock.advance(1000);
    expect(sent.length).toBe(2);
  });

  it('should pass on what a machine logs, with the name of the node', () => {
    const { node, logs } = launch();
    node.deliver('n1', { type: 'broadcast_ok', in_reply_to: 3 });
    expect(logs).toEqual([expect.stringMatching(/^n0: .*broadcast_ok.* answers nothing/)]);
  });

  it('should report a machine that throws, and where', () => {
    const broken = broadcastMachine.provide({
      actions: {
        store: assign(() => {
          throw new Error('out of cheese');
        }),
      },
    });
    const { violations, ask, setUp } = launch(broken);
    setUp();
    ask({ type: 'broadcast', message: 1 });
    expect(violations).toEqual([
      {
        node: 'n0',
        problem: 'threw an error: out of cheese',
        advice: expect.stringContaining('machine-host.test.ts'),
      },
    ]);
  });
});
