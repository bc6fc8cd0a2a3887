import type { CreateService } from './service.ts';

/** A linearizable timestamp oracle: 0, then 1, 2, … */
export const createLinTso: CreateService = () => {
  let next = 0;
  return {
    serve: (_src, { type }) => (type === 'ts' ? { type: 'ts_ok', ts: next++ } : undefined),
  };
};
