/**
 * `node --import maelstate/typescript FILE` runs TypeScript on every Node.js this package supports;
 * from 22.18 on Node.js does by itself, and this does nothing.
 */
import { register } from 'node:module';

if (!(process.features as { typescript?: unknown }).typescript) {
  register('./typescript-hooks.js', import.meta.url);
}
