import type { Scope } from './xstate.ts';

const LOOKED_AT = new Error('somebody inspects this system');

/** An inspection event that nobody can look at. */
const probe = Object.defineProperty({}, 'type', {
  enumerable: true,
  get() {
    throw LOOKED_AT;
  },
});

/**
 * Whether anybody inspects an actor system. XState does not say; but it copies an inspection event
 * only if there is somebody to tell, so one that cannot be copied finds out, and reaches nobody.
 */
export function isInspected({ system }: Scope): boolean {
  try {
    system._sendInspectionEvent(probe);
    return false;
  } catch (error) {
    if (error === LOOKED_AT) return true;
    throw error;
  }
}
