import { type Model, REFUSED } from '../model.ts';

export interface LockInput {
  f: 'acquire' | 'release';
  /** Which lock; locks of different names are different objects. */
  lock?: string | number;
  /** Who asks, where only the holder may release. */
  owner?: string | number;
}

/** The holder; '' where nobody says who asks; null while the lock is free. */
type Holder = string | number | null;

/** A lock that one may hold at a time. Operations that were refused are to be left out. */
export const lockModel: Model<Holder, LockInput, never> = {
  name: 'lock',
  initial: null,
  step(holder, { f, owner = '' }) {
    if (f === 'acquire') return holder === null ? owner : REFUSED;
    return holder === owner ? null : REFUSED;
  },
  partition: ({ lock }) => lock ?? '',
  describe: ({ f, owner }) => (owner === undefined ? f : `${f} by ${owner}`),
  describeState: (holder) => {
    if (holder === null) return 'free';
    return holder === '' ? 'held' : `held by ${holder}`;
  },
};
