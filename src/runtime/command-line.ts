import { Command, InvalidArgumentError, Option } from 'commander';
import type { NodeDefinition, NodeProgram } from '../kit/define-node.ts';
import { inspectOption, inspectVariable } from './inspect-option.ts';

/** What one option's schema says, as far as a command line needs it. */
interface OptionSchema {
  type?: string;
  anyOf?: { const: string }[];
  title?: string;
  description?: string;
  default?: unknown;
  exclusiveMinimum?: number;
  maximum?: number;
}

/**
 * Makes a node's program out of the arguments of its command line.
 *
 * @throws CommanderError, after saying on stderr what is wrong, when the arguments are not valid
 */
export function programOf(
  definition: NodeDefinition,
  args: string[],
): NodeProgram & { inspectUrl?: string } {
  const { name, description, options } = definition;
  const command = new Command(name).description(description).exitOverride();
  for (const [key, schema] of Object.entries(options.properties)) {
    command.addOption(optionOf(name, key, schema as OptionSchema));
  }
  command.addOption(inspectOption(inspectVariable(name)));
  const { inspect, ...values } = command.parse(args, { from: 'user' }).opts<{ inspect?: string }>();
  return { ...definition.create(values), ...(inspect && { inspectUrl: inspect }) };
}

function optionOf(node: string, key: string, schema: OptionSchema): Option {
  const flag = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const option = new Option(`--${flag} <${schema.title ?? 'value'}>`, schema.description ?? '')
    .env(`${node}-${flag}`.replaceAll('-', '_').toUpperCase())
    .default(schema.default);
  if (schema.anyOf) return option.choices(schema.anyOf.map((choice) => choice.const));
  if (schema.type === 'number') option.argParser((text) => parseNumber(text, schema));
  return option;
}

function parseNumber(text: string, { exclusiveMinimum, maximum }: OptionSchema): number {
  const number = Number(text);
  const fits = number > (exclusiveMinimum ?? -Infinity) && number <= (maximum ?? Infinity);
  if (!fits) throw new InvalidArgumentError(`It must be a number up to ${maximum}.`);
  return number;
}
