import { defineNode, defineProtocol, request, setupNode, Type } from 'maelstate';
import { assign } from 'xstate';

const protocol = defineProtocol({ acquire: request({}, {}), release: request({}, {}) });

/** A lock that the first node keeps; the others know of none. With `--shared` each keeps its own. */
export default defineNode({
  protocol,
  options: {
    shared: Type.Boolean({ default: false, description: 'each node keeps a lock of its own' }),
  },
  machine: ({ shared }) =>
    setupNode({
      protocol,
      types: { context: {} as { isHeld: boolean } },
      guards: {
        canAcquire: ({ context: { nodeId, nodeIds, isHeld } }) =>
          (shared || nodeId === nodeIds[0]) && !isHeld,
        canRelease: ({ context: { isHeld } }) => isHeld,
      },
      actions: {
        hold: assign({ isHeld: true }),
        letGo: assign({ isHeld: false }),
        acknowledge: protocol.reply(['acquire', 'release']),
        refuse: protocol.replyError(['acquire', 'release'], () => ({
          code: 'temporarily-unavailable',
          text: 'not now',
        })),
      },
    }).createMachine({
      id: 'lock',
      context: { isHeld: false },
      on: {
        acquire: [{ guard: 'canAcquire', actions: ['hold', 'acknowledge'] }, { actions: 'refuse' }],
        release: [
          { guard: 'canRelease', actions: ['letGo', 'acknowledge'] },
          { actions: 'refuse' },
        ],
      },
    }),
});
