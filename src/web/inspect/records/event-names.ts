import type { ViewRecord } from '../../../lab/inspect/view-message.ts';

/** An event's name for people: XState calls timers `xstate.after.<delay>.<state>`. */
export function eventName(type: string): string {
  const [, delay] = /^xstate\.after\.([^.]+)\./.exec(type) ?? [];
  if (delay !== undefined) return `after ${delay}`;
  return type.replace(/^xstate\./, '');
}

/** What sort of thing a record tells of: the name of an event, or what became of an actor or node. */
export function kindOf(record: ViewRecord): string {
  switch (record.type) {
    case '@xstate.event':
    case '@xstate.snapshot':
      return eventName(record.event.type);
    case '@xstate.actor':
      return 'actor';
    case 'node.gone':
      return 'gone';
    case 'run.begin':
      return 'run';
  }
}
