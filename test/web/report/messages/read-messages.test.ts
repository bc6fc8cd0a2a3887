import { expect, it } from '@jest/globals';
import { CarriedValues } from '../../../../src/lab/report/recorders/carried-values.ts';
import { MessageRecorder } from '../../../../src/lab/report/recorders/message-recorder.ts';
import { ValueRegister } from '../../../../src/lab/report/recorders/value-register.ts';
import { carriersOf, readMessages } from '../../../../src/web/report/messages/read-messages.ts';

/** What the recorder makes of messages from n0 that list values 0 to 9. */
function record(lists: number[][]) {
  const register = new ValueRegister(10);
  for (let value = 0; value < 10; value++) register.add(value, 0);
  const carried = new CarriedValues(register);
  const recorder = new MessageRecorder({ messages: 100, carried: 1000 });
  for (const [index, known] of lists.entries()) {
    const parcel = { id: 2 * index, src: 'n0', dest: 'n1', body: { type: 'gossip', known } };
    recorder.sent(parcel, 1000 * index, carried.in(parcel));
    if (index !== 1) recorder.received(parcel.id, 1000 * index + 500);
  }
  recorder.received(4, 3000);
  return recorder.result(0);
}

it('should read messages as they were recorded', () => {
  const table = readMessages(record([[1], [], [2]]));
  expect(table.length).toBe(3);
  expect(table.endpoints).toEqual(['n0', 'n1']);
  expect(table.id).toEqual([0, 2, 4]);
  expect(table.sentAt).toEqual([0, 0.001, 0.002]);
  expect(table.receivedAt).toEqual([0.0005, Number.NaN, 0.0025]);
  expect(table.again.get(2)).toEqual([0.003]);
  expect(table.body[2]).toBe('{"type":"gossip","known":[2]}');
});

it('should name the most frequent type first', () => {
  const recorder = new MessageRecorder({ messages: 100, carried: 1000 });
  for (const [id, type] of ['init', 'gossip', 'gossip'].entries()) {
    recorder.sent({ id, src: 'n0', dest: 'n1', body: { type } }, id, { values: [], kept: 0 });
  }
  const table = readMessages(recorder.result(0));
  expect(table.types).toEqual(['gossip', 'init']);
  expect(table.type).toEqual([1, 0, 0]);
});

it('should find which messages carried a value, though they say only what they add', () => {
  const lists = [[3], [3, 5], [3, 5, 7], [5], [5, 3], [], [5, 3, 8]];
  const { carried } = record(lists);
  for (let value = 0; value < 10; value++) {
    const expected = lists.map((list) => (list.includes(value) ? 1 : 0));
    expect([...carriersOf(carried, value)]).toEqual(expected);
  }
});
