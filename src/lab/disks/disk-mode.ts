/** What a kill does to a simulated disk. */
export const diskModes = [
  /** What was written stays, synced or not: what SIGKILL does, for the system has it. */
  'keep',
  /** What was not synced is gone: what a loss of power does at worst. */
  'lose-unsynced',
  /** Of what was not synced a part stays, cut anywhere: what a loss of power mostly does. */
  'torn',
] as const;

export type DiskMode = (typeof diskModes)[number];
