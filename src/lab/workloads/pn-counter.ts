import { counterWorkload, drawAddOrRead } from './parts/counter.ts';

/** Clients add to a counter and take away from it. */
export const pnCounterWorkload = counterWorkload('pn-counter', drawAddOrRead);
