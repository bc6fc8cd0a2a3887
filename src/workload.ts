// What a module imports that brings a workload of its own: `lab test -w ./mine.ts`.
export { Type } from 'typebox';
export { defineWorkload, type WorkloadDefinition } from './lab/workloads/own/define-workload.ts';
export { finalReads } from './lab/workloads/parts/final-reads.ts';
export { oneRequest } from './lab/workloads/parts/one-request.ts';
export { listOf } from './lab/workloads/parts/schemas.ts';
export { recordOf, replyOf } from './wire/schemas.ts';
export { linearizable } from './lab/checkers/linearizability/model-checker.ts';
export { type Model, REFUSED } from './lab/checkers/linearizability/model.ts';
export { lockModel } from './lab/checkers/linearizability/models/lock-model.ts';
export { queueModel } from './lab/checkers/linearizability/models/queue-model.ts';
export { createRegisterModel } from './lab/checkers/linearizability/models/register-model.ts';
export { setModel } from './lab/checkers/linearizability/models/set-model.ts';
export type { Checker, CheckResult, Validity } from './lab/checkers/checker.ts';
export type { HistoryEvent } from './lab/history/history.ts';
export type { NameOfProcess, Row } from './lab/terminal/rows/rows.ts';
export type { Random } from './lab/time-and-chance/random.ts';
export type {
  FinalOperation,
  LoadContext,
  Operation,
  OperationSource,
  Session,
  Workload,
} from './lab/workloads/workload.ts';
export type { Settings, WorkloadSetting } from './lab/workloads/parts/settings.ts';
export type { Body, EndpointId } from './wire/message.ts';
