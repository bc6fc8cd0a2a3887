import { describe, expect, it } from '@jest/globals';
import { assign, emit } from 'xstate';
import { MachineHost } from '../../../src/lab/hosts/machine-host.ts';
import { Random } from '../../../src/lab/time-and-chance/random.ts';
import { SimulatedClock } from '../../../src/lab/time-and-chance/simulated-clock.ts';
import type { Violation } from '../../../src/lab/network/violation.ts';
import type { Body, Message } from '../../../src/wire/message.ts';
import { tickingMachine, tickingProgram } from '../../support/charts/ticking-machine.ts';

/** Launches a node `n0`, and keeps all it sends, logs and does wrong. */
function launch(machine = tickingMachine) {
  const clock = new SimulatedClock();
  const sent: Message[] = [];
  const logs: string[] = [];
  const violations: Violation[] = [];
  const host = new MachineHost({
    random: Random.fromSeed(1),
    program: tickingProgram(machine),
    clock,
    onLog: (node, text) => logs.push(`${node}: ${text}`),
  });
  const node = host.launch('n0', {
    onMessage: (message) => sent.push(message as Message),
    onViolation: (violation) => violations.push(violation),
  });
  let lastMsgId = 0;
  const ask = (body: Body) => node.deliver('c1', { ...body, msg_id: ++lastMsgId });
  ask({ type: 'init', node_id: 'n0', node_ids: ['n0', 'n1'] });
  return { clock, node, sent, logs, violations, ask };
}

const types = (sent: Message[]) => sent.map(({ body }) => body.type);

describe('MachineHost', () => {
  it('should answer as a process does: replies numbered, other messages not', () => {
    const { clock, sent, ask } = launch();
    ask({ type: 'echo', echo: 7 });
    clock.advance(100);
    expect(sent).toEqual([
      { src: 'n0', dest: 'c1', body: { type: 'init_ok', in_reply_to: 1, msg_id: 1 } },
      { src: 'n0', dest: 'c1', body: { type: 'echo_ok', in_reply_to: 2, msg_id: 2, echo: 7 } },
      { src: 'n0', dest: 'n1', body: { type: 'tick', heard: [7] } },
    ]);
  });

  it('should put what turns into JSON by itself on the wire as what it is by then', () => {
    const heard = [1];
    const log = { toJSON: () => [...heard] };
    const telling = tickingMachine.provide({
      actions: {
        tick: emit(() => ({
          type: 'send' as const,
          src: 'n0',
          dest: 'n1',
          body: { type: 'tick', heard: log, nothing: undefined },
        })),
      },
    });
    const { clock, sent } = launch(telling);
    clock.advance(100);
    heard.push(2);
    clock.advance(100);
    expect(sent.slice(1).map(({ body }) => body)).toStrictEqual([
      { type: 'tick', heard: [1] },
      { type: 'tick', heard: [1, 2] },
    ]);
  });

  it('should let a paused node neither hear nor tell, and catch up when it is resumed', () => {
    const { clock, node, sent, ask } = launch();
    node.pause();
    clock.advance(50);
    ask({ type: 'echo', echo: 7 });
    clock.advance(1000);
    expect(types(sent)).toEqual(['init_ok']);
    node.resume();
    // One tick was due while it stood still; the next is an interval after that was told.
    expect(types(sent)).toEqual(['init_ok', 'echo_ok', 'tick']);
    clock.advance(99);
    expect(sent.length).toBe(3);
    clock.advance(1);
    expect(types(sent)).toEqual(['init_ok', 'echo_ok', 'tick', 'tick']);
  });

  it('should let a killed node neither hear nor tell, what it had been told while paused included', () => {
    const { clock, node, sent, ask } = launch();
    node.pause();
    ask({ type: 'echo', echo: 1 });
    node.kill();
    node.resume();
    ask({ type: 'echo', echo: 2 });
    clock.advance(1000);
    expect(types(sent)).toEqual(['init_ok']);
  });

  it('should pass on what a machine logs, with the name of the node', () => {
    const { node, logs } = launch();
    node.deliver('n1', { type: 'echo_ok', in_reply_to: 3 });
    expect(logs).toEqual([expect.stringMatching(/^n0: .*echo_ok.* answers nothing/)]);
  });

  it('should report a machine that throws, and where', () => {
    const broken = tickingMachine.provide({
      actions: {
        remember: assign(() => {
          throw new Error('out of cheese');
        }),
      },
    });
    const { violations, ask } = launch(broken);
    ask({ type: 'echo', echo: 1 });
    expect(violations).toEqual([
      {
        node: 'n0',
        problem: 'threw an error: out of cheese',
        advice: expect.stringContaining('machine-host.test.ts'),
      },
    ]);
  });
});
