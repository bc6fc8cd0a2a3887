import { counterWorkload, drawAddOrRead } from './parts/counter.ts';

/** Clients add to a counter that only grows: negative adds are drawn anew, as in Maelstrom. */
export const gCounterWorkload = counterWorkload('g-counter', (random) => {
  for (;;) {
    const operation = drawAddOrRead(random);
    if (operation.f === 'read' || (operation.value as number) >= 0) return operation;
  }
});
