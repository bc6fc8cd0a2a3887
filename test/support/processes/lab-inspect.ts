import { once } from 'node:events';
import type { StartedLab } from './lab-process.ts';

/** The address of the page of a `lab inspect` that has been started. */
export async function pageOf({ child }: Pick<StartedLab, 'child'>): Promise<string> {
  const [chunk] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  const [address] = /http:\/\/\S+/.exec(String(chunk)) ?? [];
  if (!address) throw new Error(`lab inspect printed no address: ${chunk}`);
  return address;
}
