import fc from 'fast-check';
import { isThorough } from './runs.ts';

// `npm test` draws the same cases each time, so that it fails for a change and not by chance;
// `npm run test:slow` draws others.
if (!isThorough) fc.configureGlobal({ seed: 1 });

export { default } from 'fast-check';
