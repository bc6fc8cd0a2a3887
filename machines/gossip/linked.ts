/**
 * The state of a node that has links to its peers, as config: what `gossipParts` says the names in
 * it mean. Two things go on side by side: `routing` (does the parent answer, or does the node turn to
 * others meanwhile?) and `news` (is there anything to tell the children, and when?).
 */
export const linked = {
  entry: 'connect',
  type: 'parallel',
  after: {
    joinGrace: { actions: 'askFirstUnheard' },
  },
  on: {
    delta: [
      { guard: 'comesFromStranger', actions: 'logStranger' },
      { guard: 'concernsLaterStartOnDisk', actions: ['learn', 'recordLaterStart'] },
      {
        guard: 'concernsLaterStart',
        target: 'linked',
        reenter: true,
        actions: ['learn', 'dropLinks', 'startAnew'],
      },
      { actions: ['learn', 'passOn', 'announce'] },
    ],
    'disk.synced': {
      guard: 'bringsLaterStart',
      target: 'linked',
      reenter: true,
      actions: ['dropLinks', 'startRecorded'],
    },
    'link.tell': { actions: ['noteTelling', 'send'] },
    'link.synced': { actions: 'askOtherUnheard' },
    'link.suspected': { actions: ['suspect', 'askOtherUnheard'] },
    'link.trusted': { actions: 'trust' },
  },
  states: {
    routing: {
      initial: 'connected',
      states: {
        connected: {
          on: {
            'link.suspected': {
              guard: 'concernsParent',
              target: 'detouring',
              actions: ['suspect', 'askOtherUnheard', 'detour'],
            },
          },
        },
        detouring: {
          on: {
            'link.suspected': { actions: ['suspect', 'askOtherUnheard', 'detour'] },
            'link.trusted': {
              guard: 'concernsParent',
              target: 'connected',
              actions: ['trust', 'rejoin'],
            },
          },
        },
      },
    },
    news: {
      initial: 'told',
      states: {
        told: {
          always: { guard: 'hasNewsForChildren', target: 'gathering' },
        },
        gathering: {
          entry: 'armPulse',
          always: { guard: 'isPulseMoved', target: 'gathering', reenter: true },
          after: {
            untilPulse: { target: 'told', actions: 'tellChildren' },
          },
        },
      },
    },
  },
} as const;
