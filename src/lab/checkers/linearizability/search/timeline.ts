import type { Limits } from './limits.ts';
import type { Operation } from '../model.ts';

/** An operation's place in the list that a search was given. */
export type OperationIndex = number;

/** What is known when an operation returns. */
export interface Level {
  /** The operation that returns. */
  operation: OperationIndex;
  /** Those called since the last return that return some time. */
  called: readonly OperationIndex[];
  /** Those called so far that have not returned yet but will, the soonest, which is now, first. */
  pending: readonly OperationIndex[];
  /** How many of the open operations have been called. */
  openCount: number;
}

/** Operations in the order of time: one level for each return. */
export interface Timeline {
  levels: readonly Level[];
  /** By operation: a small number that no other has while both are pending. */
  slots: readonly number[];
  slotCount: number;
  /** Operations that never returned, in the order of their calls. */
  open: readonly OperationIndex[];
}

const BYTES_PER_PENDING = 8;

interface Moment {
  time: number;
  operation: OperationIndex;
  isReturn: boolean;
}

/** Lays operations out in time. Those that touch in one moment count as concurrent. */
export function createTimeline(operations: readonly Operation[], limits: Limits): Timeline {
  const moments = momentsOf(operations);
  const slots: number[] = Array.from({ length: operations.length }, () => -1);
  const freeSlots: number[] = [];
  const isSooner = (a: OperationIndex, b: OperationIndex) =>
    (returnOf(operations, a) - returnOf(operations, b) || a - b) < 0;
  const levels: Level[] = [];
  const open: OperationIndex[] = [];
  let slotCount = 0;
  let pending: OperationIndex[] = [];
  let called: OperationIndex[] = [];
  for (const { operation, isReturn } of moments) {
    if (isReturn) {
      limits.keep(BYTES_PER_PENDING * pending.length);
      limits.step();
      freeSlots.push(slots[operation] as number);
      levels.push({ operation, called, pending, openCount: open.length });
      pending = pending.slice(1);
      called = [];
    } else if (operations[operation]?.return === null) {
      open.push(operation);
    } else {
      slots[operation] = freeSlots.pop() ?? slotCount++;
      called.push(operation);
      const later = pending.findIndex((other) => isSooner(operation, other));
      pending = pending.toSpliced(later === -1 ? pending.length : later, 0, operation);
    }
  }
  return { levels, slots, slotCount, open };
}

function returnOf(operations: readonly Operation[], index: OperationIndex): number {
  return (operations[index] as Operation).return as number;
}

function momentsOf(operations: readonly Operation[]): Moment[] {
  const moments: Moment[] = [];
  for (const [operation, { call, return: end }] of operations.entries()) {
    moments.push({ time: call, operation, isReturn: false });
    if (end !== null) moments.push({ time: end, operation, isReturn: true });
  }
  return moments.toSorted(
    (a, b) =>
      a.time - b.time || Number(a.isReturn) - Number(b.isReturn) || a.operation - b.operation,
  );
}
