/**
 * The region of a node's statechart that says whether anything waits for the disk, as config: what
 * `storingParts` says the names in it mean. A node without a disk is always `idle`.
 */
export const storing = {
  initial: 'idle',
  states: {
    idle: {
      always: { guard: 'hasUnsynced', target: 'syncing' },
      on: { 'disk.synced': { actions: 'compact' } },
    },
    syncing: {
      always: { guard: 'hasNoUnsynced', target: 'idle' },
      on: {
        'disk.synced': { actions: ['settle', 'compact'] },
        'disk.failed': { actions: 'answerUnknown' },
      },
    },
  },
} as const;
