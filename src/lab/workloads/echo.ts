import { Type } from 'typebox';
import { replyOf } from '../../wire/schemas.ts';
import { EchoChecker, type EchoResult } from '../checkers/echo.ts';
import { oneRequest } from './parts/one-request.ts';
import type { Workload } from './workload.ts';

/** Clients send texts, and nodes send them back. */
export const echoWorkload: Workload<{ workload: EchoResult }> = {
  name: 'echo',
  noun: 'request',
  replies: { echo: replyOf('echo_ok', { echo: Type.Unknown() }) },
  operations: {
    echo: { asked: Type.Unknown(), outcome: Type.Object({ echo: Type.Unknown() }) },
  },
  hasFinalOperations: false,
  createSession: () =>
    oneRequest(
      ({ value }) => ({ type: 'echo', echo: value }),
      (_operation, reply) => reply,
    ),
  createSource: ({ random }) => ({
    next: () => ({ f: 'echo', value: `Please echo ${random.index(128)}` }),
  }),
  createCheckers: () => ({ workload: new EchoChecker() }),
  describe: ({ workload }) => workload.errors.map((text) => ['error', text, 'bad']),
};
