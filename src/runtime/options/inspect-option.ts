import { InvalidArgumentError, Option } from 'commander';
import { DEFAULT_URL } from '../../inspect/address.ts';

/**
 * The option by which a node lets others look into it.
 *
 * @param variable the environment variable that stands for it, if any
 */
export function inspectOption(variable?: string): Option {
  const option = new Option('--inspect [url]', 'tell lab inspect, or another viewer, what happens')
    .preset(DEFAULT_URL)
    .argParser(parseUrl);
  return variable ? option.env(variable) : option;
}

/**
 * The address of a WebSocket server, or nothing, as in a variable that is empty.
 *
 * @throws InvalidArgumentError when it is something else
 */
function parseUrl(text: string): string {
  if (text === '') return text;
  if (URL.canParse(text) && ['ws:', 'wss:'].includes(new URL(text).protocol)) return text;
  throw new InvalidArgumentError(`It must be an address such as ${DEFAULT_URL}.`);
}
