import { Type } from 'typebox';
import { replyOf } from '../../wire/schemas.ts';
import { EchoChecker } from '../checkers/echo.ts';
import type { Workload } from './workload.ts';

/** Clients send texts, and nodes send them back. */
export const echoWorkload: Workload = {
  name: 'echo',
  replies: { echo: replyOf('echo_ok', { echo: Type.Unknown() }) },
  outcomes: { echo: Type.Object({ echo: Type.Unknown() }) },
  harmless: new Set(),
  createLoad: (random) => () => ({ f: 'echo', value: `Please echo ${random.index(128)}` }),
  toRequest: ({ value }) => ({ type: 'echo', echo: value }),
  toValue: (_operation, reply) => reply,
  createCheckers: () => ({ workload: new EchoChecker() }),
};
