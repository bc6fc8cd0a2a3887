import { expect, it } from '@jest/globals';
import { Committer } from '../../src/store/committer.ts';
import type { Store } from '../../src/store/store.ts';

it('should have room for nothing until the start is on disk, not only what was asked before it', () => {
  const written: (() => void)[] = [];
  const store = { write: (_, done) => written.push(() => done(undefined)) } as Partial<Store>;
  const committer = new Committer({
    store: store as Store,
    soon: (callback) => callback(),
    onSynced: () => {},
    onFailed: () => {},
  });
  committer.take({ type: 'disk.append', records: [1] });
  expect(committer.full).toBe(false);
  committer.take({ type: 'disk.start', incarnation: 1 });
  const rooms: string[] = [];
  committer.onceRoom(() => rooms.push('room'));
  written.shift()?.();
  expect([committer.full, rooms]).toEqual([true, []]);
  written.shift()?.();
  expect([committer.full, rooms]).toEqual([false, ['room']]);
});
