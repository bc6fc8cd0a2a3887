import { describe, expect, it } from '@jest/globals';
import { arrangeLanes } from '../../../../src/web/shared/space-time/lanes.ts';
import { MessageTable } from '../../../../src/web/shared/space-time/message-table.ts';
import { messageAt } from '../../../../src/web/shared/space-time/pick.ts';
import { Projection } from '../../../../src/web/shared/space-time/projection.ts';

/** From n0 to n1 within 1 to 2 s, from n1 to n0 within 2 to 3 s, and one from n0 at 5 s that is lost. */
const table = new MessageTable();
for (const [id, [src, dest, sentAt]] of (
  [
    ['n0', 'n1', 1],
    ['n1', 'n0', 2],
    ['n0', 'n1', 5],
  ] as [string, string, number][]
).entries()) {
  table.append({ id, src, dest, type: 't', sentAt, body: '' });
}
table.arrive(0, 2);
table.arrive(1, 3);
const lanes = arrangeLanes(table, ['n0', 'n1']);
const projection = new Projection(table, lanes, { from: 0, to: 10 }, 1000);
const [top, bottom] = projection.laneY as [number, number];
const middle = (top + bottom) / 2;
const at = (x: number, y: number, shows = (_message: number) => true) =>
  messageAt(table, projection, shows, x, y);

describe('messageAt', () => {
  it('should find the message whose line passes by', () => {
    expect(at(150, middle)).toBe(0);
    expect(at(250, middle + 3)).toBe(1);
  });

  it('should find nothing far from all lines, nor what is not shown', () => {
    expect(at(400, middle)).toBeUndefined();
    expect(at(150, middle, (message) => message !== 0)).toBeUndefined();
  });

  it('should find a message that never arrived near where it was sent', () => {
    expect(at(502, top + 2)).toBe(2);
    expect(at(508, bottom)).toBeUndefined();
  });

  it('should find a message that came once more there, too', () => {
    table.arrive(0, 9);
    expect(at(500, middle)).toBe(0);
  });
});

it('should turn moments into pixels and back', () => {
  expect(projection.xOf(2.5)).toBe(250);
  expect(projection.timeAt(250)).toBe(2.5);
});
