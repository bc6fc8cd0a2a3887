import { styleText } from 'node:util';
import { hasColours } from './screen.ts';
import type { EndpointId } from '../../wire/message.ts';

const COLOURS = ['cyan', 'magenta', 'yellow', 'green', 'blue', 'red'] as const;

/** Makes a function that prints what nodes write to stderr, each line after the node's name. */
export function createStderrPrinter(): (node: EndpointId, chunk: Buffer | string) => void {
  const unfinished = new Map<EndpointId, string>();
  return (node, chunk) => {
    const lines = ((unfinished.get(node) ?? '') + String(chunk)).split('\n');
    unfinished.set(node, lines.pop() as string);
    const colour = COLOURS[Number(node.slice(1)) % COLOURS.length] ?? 'cyan';
    const name = hasColours(process.stderr) ? styleText(colour, node) : node;
    for (const line of lines) process.stderr.write(`${name}  ${line}\n`);
  };
}
