import { disk, type NodeDefinition, wire } from 'maelstate';
import { type AnyStateMachine, enqueueActions } from 'xstate';
import gCounter, { protocol } from '../../../machines/g-counter/g-counter.ts';

/** A counter whose machine has something changed. */
function withFlaw(change: (machine: AnyStateMachine) => object): NodeDefinition {
  return {
    ...gCounter,
    create: (options) => {
      const program = gCounter.create(options);
      return { ...program, machine: program.machine.provide(change(program.machine)) };
    },
  };
}

/** Counters with a disk and a bug each. */
export const flawedCounters = {
  'acknowledges before the disk has it': withFlaw(() => ({
    actions: {
      append: enqueueActions(({ context, event, enqueue }: any) => {
        enqueue('count' as never);
        enqueue('acknowledge' as never);
        enqueue('announce' as never);
        enqueue.sendTo(disk as never, () => {
          const origin = `${context.nodeId}:${context.incarnation}`;
          const seq = context.log.count(origin) + 1;
          const sum = context.log.sum(origin) + event.body.delta;
          return { type: 'disk.append', records: [[origin, seq, [sum]]] } as never;
        });
      }),
    },
  })),
  'takes its incarnation from the clock alone': withFlaw(({ implementations }) => ({
    actions: {
      begin: enqueueActions(({ event, enqueue }: any) => {
        enqueue(implementations.actions.begin as never);
        enqueue.assign({ incarnation: Math.max(1, Math.floor(event.at)) } as never);
      }),
    },
  })),
  'answers as if its disk had not failed': withFlaw(() => ({
    actions: {
      answerUnknown: enqueueActions(({ context, enqueue }: any) => {
        const messages = context.stored.unsynced
          .toJSON()
          .map(({ asked }: any) => protocol.replyTo(context, asked));
        enqueue.sendTo(wire as never, { type: 'wire.send', messages } as never);
      }),
    },
  })),
};
