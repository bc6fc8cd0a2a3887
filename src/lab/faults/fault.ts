import { type Static, type TSchema, Type } from 'typebox';
import { recordOf } from '../../wire/schemas.ts';
import { serviceNames } from '../services/services.ts';

const seconds = Type.Number({ minimum: 0 });
const probability = Type.Number({ exclusiveMinimum: 0, maximum: 1 });
const delayMs = Type.Number({ exclusiveMinimum: 0 });
const nodes = Type.Array(Type.String(), { minItems: 1 });
const named = Type.Array(Type.Enum(serviceNames), { minItems: 1 });
/** A message between nodes: the nth on its way from one to the other since the fault began, from 1. */
const namedMessage = Type.Object(
  { src: Type.String(), dest: Type.String(), nth: Type.Integer({ minimum: 1 }) },
  { additionalProperties: false },
);
/** For each node, those whose messages do not reach it. */
const cuts = recordOf(Type.Array(Type.String()));

/**
 * Everything that can be done to a cluster, by kind. Links are cut, and messages lost, repeated or
 * held up, between nodes only: what clients and services send and are sent always gets through.
 */
export const faultSchemas = {
  /** The cluster falls apart; `shape` says how. */
  partition: faultOf('partition', { shape: Type.String(), cuts }),
  /** Some nodes no longer hear others, who still hear them. */
  'one-way': faultOf('one-way', { shape: Type.String(), cuts }),
  /** Messages vanish: a part of all, or the very ones that are named. */
  loss: faultOf('loss', {
    probability: Type.Optional(probability),
    messages: Type.Optional(Type.Array(namedMessage, { minItems: 1 })),
  }),
  /** Messages arrive twice, the second time up to `delayMs` later. */
  duplicate: faultOf('duplicate', { probability, delayMs }),
  /** Messages take up to `delayMs` longer, so that later ones overtake them. */
  reorder: faultOf('reorder', { probability, delayMs }),
  /** Whatever some nodes send or are sent takes `delayMs` longer. */
  slow: faultOf('slow', { nodes, delayMs }),
  /** Nodes stand still (SIGSTOP), and go on in the end (SIGCONT). */
  pause: faultOf('pause', { nodes }),
  /** Nodes are killed (SIGKILL), and started again in the end, with empty memory. */
  kill: faultOf('kill', { nodes }),
  /** Services stand still: what they are asked waits until they go on. */
  'service-pause': faultOf('service-pause', { services: named }),
  /** Whatever services are sent or send takes `delayMs` longer. */
  'service-slow': faultOf('service-slow', { services: named, delayMs }),
  /** Syncs of some nodes' disks take `delayMs` longer. */
  'slow-disk': faultOf('slow-disk', { nodes, delayMs }),
  /** Some nodes' disks are full: who tries to write stops, and is started again when there is room. */
  'full-disk': faultOf('full-disk', { nodes }),
  /** Nodes that are started meanwhile have a clock that is wrong by so much; but never before 1970. */
  clock: faultOf('clock', { nodes, skewMs: Type.Number() }),
};

export type FaultKind = keyof typeof faultSchemas;

export const faultKinds = Object.keys(faultSchemas) as FaultKind[];

/** Those that strike only what has a disk. */
export const diskFaultKinds: readonly FaultKind[] = ['slow-disk', 'full-disk'];

/** Those that strike simulated nodes only: no test may fill a machine's disk, or set its clock. */
export const simulatedFaultKinds: readonly FaultKind[] = [...diskFaultKinds, 'clock'];

/** A message that a fault strikes by name. */
export type NamedMessage = Static<typeof namedMessage>;

/** One thing that is done to a cluster, from one time to another. */
export type Fault = { [K in FaultKind]: FaultOfKind<K> }[FaultKind];

/** A fault of one kind. */
export type FaultOfKind<K extends FaultKind> = Static<(typeof faultSchemas)[K]>;

/** A fault's times are seconds since the load began. */
function faultOf<K extends string, P extends Record<string, TSchema>>(kind: K, parts: P) {
  return Type.Object(
    { kind: Type.Literal(kind), from: seconds, to: seconds, ...parts },
    { additionalProperties: false },
  );
}
