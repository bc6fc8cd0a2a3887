export { Type } from 'typebox';
export { defineNode, type NodeDefinition } from './kit/define-node.ts';
export { disk, type DiskEvent, type DiskRequest, type Kept } from './kit/actors/disk-actor.ts';
export type { NodeContext } from './kit/node-context.ts';
export type { InitEvent, SendEvent } from './kit/node-event.ts';
export {
  defineProtocol,
  message,
  request,
  type BodyOf,
  type EventOf,
  type MessageSpecs,
  type Protocol,
} from './kit/protocol.ts';
export { draw, seeded, type RandomState } from './kit/random.ts';
export { rpcMachine as rpc, type RpcInput } from './kit/requests/rpc.ts';
export { isRpcError, RpcError } from './kit/requests/rpc-error.ts';
export { linKv, linTso, lwwKv, seqKv } from './kit/requests/services.ts';
export { setupNode, type NodeConfig, type NodeSetup } from './kit/setup-node.ts';
export { updateMachine as update, type UpdateInput } from './kit/requests/update.ts';
export { wire } from './kit/actors/wire-actor.ts';
export { Json } from './kit/json.ts';
export { toCanonicalJson } from './wire/canonical-json.ts';
export { recordOf } from './wire/schemas.ts';
export type { Body, EndpointId, Message } from './wire/message.ts';
