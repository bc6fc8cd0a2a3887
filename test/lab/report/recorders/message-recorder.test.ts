import { describe, expect, it } from '@jest/globals';
import { MessageRecorder } from '../../../../src/lab/report/recorders/message-recorder.ts';
import type { Body } from '../../../../src/wire/message.ts';

const nothing = { values: [], kept: 0 };

function createRecorder(limits = { messages: 100, carried: 100 }) {
  const recorder = new MessageRecorder(limits);
  const send = (id: number, at: number, body: Body = { type: 'gossip' }, carried: any = nothing) =>
    recorder.sent({ id, src: 'n0', dest: 'n1', body }, at, carried);
  return { recorder, send };
}

describe('MessageRecorder', () => {
  it('should tell when messages were sent and how long they travelled', () => {
    const { recorder, send } = createRecorder();
    send(5, 100);
    send(9, 130);
    send(10, 130);
    recorder.received(9, 150);
    recorder.received(9, 170);
    recorder.received(5, 180);
    expect(recorder.result(30)).toMatchObject({
      endpoints: ['n0', 'n1'],
      idStep: [5, 4, 1],
      sentStep: [70, 30, 0],
      travel: [80, 20, null],
      again: [[1, 40]],
    });
  });

  it('should keep the first messages, and count what comes before and after', () => {
    const { recorder, send } = createRecorder({ messages: 1, carried: 100 });
    recorder.skip();
    send(1, 0);
    send(2, 0);
    recorder.received(2, 5);
    expect(recorder.result(0)).toMatchObject({ idStep: [1], travel: [null], before: 1, after: 1 });
  });

  it('should keep a body once that is sent again and again', () => {
    const { recorder, send } = createRecorder();
    for (const id of [1, 2]) send(id, 0, { type: 'gossip', known: [1] });
    send(3, 0, { type: 'gossip', known: [2] });
    const { body, bodies } = recorder.result(0);
    expect(bodies).toEqual(['{"type":"gossip","known":[1]}', '{"type":"gossip","known":[2]}']);
    expect(body).toEqual([0, 0, 1]);
  });

  it('should put down what a message carries as what it adds to an earlier one', () => {
    const { recorder, send } = createRecorder();
    const chain = {};
    send(1, 0, undefined, { values: [0], chain, kept: 0 });
    send(2, 0);
    send(3, 0, undefined, { values: [0, 1, 2], chain, kept: 1 });
    expect(recorder.result(0).carried).toEqual({
      back: [0, 0, 2],
      more: [[0], [], [1, 2]],
      messages: 3,
    });
  });

  it('should stop to say what is carried when it is too much', () => {
    const { recorder, send } = createRecorder({ messages: 100, carried: 2 });
    send(1, 0, undefined, { values: [0, 1], kept: 0 });
    send(2, 0, undefined, { values: [2], kept: 0 });
    send(3, 0);
    expect(recorder.result(0).carried).toEqual({ back: [0], more: [[0, 1]], messages: 1 });
  });

  it('should tell only so many types apart', () => {
    const { recorder, send } = createRecorder();
    for (let id = 0; id < 60; id++) send(id, 0, { type: `t${id}` });
    const { types } = recorder.result(0);
    expect(types).toHaveLength(40);
    expect(types.at(-1)).toBe('other types');
  });
});
