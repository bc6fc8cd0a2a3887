import type { Fault, FaultOfKind, NamedMessage } from '../faults/fault.ts';
import { simulate, type Simulation } from '../simulation/simulate.ts';
import { minimise } from './minimise.ts';

/** What a simulated test loses, by the fault that loses it. */
export function lossesOf(
  simulation: Simulation,
  lookUp?: () => void,
): Map<Fault, readonly NamedMessage[]> {
  const losses = new Map<Fault, NamedMessage[]>();
  const onLost = (fault: Fault, message: NamedMessage) => {
    losses.set(fault, [...(losses.get(fault) ?? []), message]);
  };
  simulate({ ...simulation, onLost }, lookUp);
  return losses;
}

/** How many earlier messages on the same link are tried in a lost one's place. */
const MAX_EARLIER = 8;

/**
 * Puts in place of a part of all messages the very ones that were lost, as few of them and as early
 * ones as it takes, as long as it holds.
 *
 * @param lossesNow what the smallest test so far loses
 */
export function nameLosses(
  schedule: readonly Fault[],
  lossesNow: () => Map<Fault, readonly NamedMessage[]>,
  holds: (schedule: readonly Fault[]) => boolean,
): void {
  let smallest = schedule;
  for (const index of schedule.keys()) {
    const fault = smallest[index] as Fault;
    if (fault.kind !== 'loss') continue;
    const { kind, from, to } = fault;
    const withMessages = (messages: readonly NamedMessage[]) => {
      if (messages.length === 0) return false; // a fault that does nothing was left out before
      const named: FaultOfKind<'loss'> = { kind, from, to, messages: [...messages] };
      const changed = smallest.with(index, named);
      if (!holds(changed)) return false;
      smallest = changed;
      return true;
    };
    const lost = fault.messages ?? lossesNow().get(fault) ?? [];
    if (!fault.messages && !withMessages(lost)) continue;
    makeEarlier(minimise(lost, withMessages), withMessages);
  }
}

/** Names earlier messages on the same links, as long as it holds. */
function makeEarlier(
  messages: readonly NamedMessage[],
  holds: (messages: readonly NamedMessage[]) => boolean,
): void {
  let earliest = messages;
  for (const [index, message] of messages.entries()) {
    const earlier = Array.from({ length: Math.min(MAX_EARLIER, message.nth - 1) }, (_, before) =>
      earliest.with(index, { ...message, nth: before + 1 }),
    );
    earliest = earlier.find(holds) ?? earliest;
  }
}
