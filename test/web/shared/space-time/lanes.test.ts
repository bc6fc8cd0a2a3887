import { expect, it } from '@jest/globals';
import { arrangeLanes } from '../../../../src/web/shared/space-time/lanes.ts';
import { MessageTable } from '../../../../src/web/shared/space-time/message-table.ts';

function tableOf(...messages: [src: string, dest: string, sentAt: number, receivedAt?: number][]) {
  const table = new MessageTable();
  for (const [id, [src, dest, sentAt, receivedAt]] of messages.entries()) {
    const index = table.append({ id, src, dest, type: 't', sentAt, body: '' });
    if (receivedAt !== undefined) table.arrive(index, receivedAt);
  }
  return table;
}

function lanesOf(table: MessageTable, nodes: string[]) {
  return arrangeLanes(table, nodes).map(({ kind, endpoints }) => [
    kind,
    ...endpoints.map((endpoint) => table.endpoints[endpoint]),
  ]);
}

it('should put nodes in their order, and clients under the node they ask', () => {
  const table = tableOf(['c1', 'n1', 0, 1], ['c0', 'n0', 1, 2], ['n0', 'c0', 2, 3]);
  expect(lanesOf(table, ['n0', 'n1'])).toEqual([
    ['node', 'n0'],
    ['client', 'c0'],
    ['node', 'n1'],
    ['client', 'c1'],
  ]);
});

it('should let clients share a lane that come one after the other', () => {
  const table = tableOf(
    ['c0', 'n0', 0, 1],
    ['c1', 'n0', 0.5, 4],
    ['c2', 'n0', 2, 3],
    ['c3', 'n0', 5],
  );
  expect(lanesOf(table, ['n0'])).toEqual([
    ['node', 'n0'],
    ['client', 'c0', 'c2', 'c3'],
    ['client', 'c1'],
  ]);
});

it('should show nodes that only messages name after the others', () => {
  const table = tableOf(['lin-kv', 'n0', 0, 1]);
  expect(lanesOf(table, ['n0'])).toEqual([
    ['node', 'n0'],
    ['node', 'lin-kv'],
  ]);
});
