import { InvalidArgumentError, Option } from 'commander';
import { DEFAULT_URL } from '../inspect/address.ts';

/** The option by which a node lets others look into it. */
export function inspectOption(variable: string): Option {
  return new Option('--inspect [url]', 'tell a viewer of all that happens, such as lab inspect')
    .env(variable)
    .preset(DEFAULT_URL)
    .argParser(parseUrl);
}

/**
 * The address of a WebSocket server, or nothing, as in a variable that is empty.
 *
 * @throws InvalidArgumentError when it is something else
 */
export function parseUrl(text: string): string {
  if (text === '') return text;
  if (URL.canParse(text) && ['ws:', 'wss:'].includes(new URL(text).protocol)) return text;
  throw new InvalidArgumentError(`It must be an address such as ${DEFAULT_URL}.`);
}
