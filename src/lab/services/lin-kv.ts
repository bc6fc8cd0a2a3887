import { jsonKey } from '../checkers/parts/json-key.ts';
import { decide, type Held, isKeyValueRequest } from './key-value.ts';
import type { CreateService } from './service.ts';

/** A linearizable key-value store: one state, one request after the other. */
export const createLinKv: CreateService = () => {
  const state = new Map<unknown, Held>();
  return {
    serve: (_src, request) => {
      if (!isKeyValueRequest(request)) return undefined;
      const key = jsonKey(request.key);
      const { reply, change } = decide(state.get(key), request);
      if (change) state.set(key, change);
      return reply;
    },
  };
};
