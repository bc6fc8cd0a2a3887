import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { TSchema } from 'typebox';
import { Check, Errors } from 'typebox/schema';
import type { NodeDefinition, NodeProgram } from '../../kit/define-node.ts';
import { inspectOption } from './inspect-option.ts';
import { kebab, variableOf } from './option-variable.ts';

/** A node that has been set up as its command line says. */
export interface NodeRun extends NodeProgram {
  /** The WebSocket server that is to be told of all that happens in the node, if any. */
  inspectUrl?: string;
  /** The folder in which nodes keep what they store, if they are to. */
  dataDir?: string;
}

/** What of a schema makes a flag. */
interface OptionSchema {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  exclusiveMaximum?: number;
  enum?: unknown[];
  anyOf?: { const?: unknown }[];
}

/**
 * Sets a node up by the arguments of its command line, and by environment variables where these say
 * nothing: see `NodeSpec.options`.
 *
 * @throws CommanderError, after saying on stderr what is wrong, when they are not valid
 */
export function programOf(definition: NodeDefinition, args: readonly string[]): NodeRun {
  const { name, description, options } = definition;
  const command = new Command(name).description(description).exitOverride();
  for (const [key, schema] of Object.entries(options.properties)) {
    command.addOption(optionOf(name, key, schema));
  }
  if (definition.stores) command.addOption(dataDirOption(variableOf(name, 'dataDir')));
  command.addOption(inspectOption(variableOf(name, 'inspect')));
  const { inspect, dataDir, ...values } = command.parse(args, { from: 'user' }).opts();
  return {
    ...definition.create(values),
    ...(inspect && { inspectUrl: inspect as string }),
    ...(dataDir && { dataDir: dataDir as string }),
  };
}

function dataDirOption(variable: string): Option {
  return new Option(
    '--data-dir <dir>',
    'keep what is acknowledged on disk, in a folder of its own in this one, which all nodes may share',
  ).env(variable);
}

/** Whether an error says that a command line was not valid, or asked for help; it was said by then. */
export function isUsageProblem(error: unknown): error is CommanderError {
  return error instanceof CommanderError;
}

function optionOf(node: string, key: string, schema: TSchema): Option {
  const { type, title = type, description, default: preset, ...rest } = schema as OptionSchema;
  const flag = `--${kebab(key)}`;
  const choices = rest.enum ?? rest.anyOf?.map((part) => part.const);
  const option = new Option(
    type === 'boolean' ? flag : `${flag} <${title ?? 'value'}>`,
    description ?? '',
  )
    .env(variableOf(node, key))
    .default(preset);
  if (choices?.every((choice) => typeof choice === 'string')) return option.choices(choices);
  return type === 'boolean' ? option : option.argParser(createParser(schema));
}

function createParser(schema: TSchema) {
  const { type } = schema as OptionSchema;
  const isNumeric = type === 'number' || type === 'integer';
  return (text: string): unknown => {
    const value = isNumeric && text.trim() !== '' ? Number(text) : text;
    if (Check(schema, value)) return value;
    const problem = isNumeric ? rangeOf(schema) : Errors(schema, value)[1][0]?.message;
    throw new InvalidArgumentError(`It ${problem ?? 'is not valid'}.`);
  };
}

/** What a number must be, in words. */
function rangeOf(schema: OptionSchema): string {
  const { type, minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  const bounds = [
    exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`],
    minimum === undefined ? [] : [`at least ${minimum}`],
    exclusiveMaximum === undefined ? [] : [`below ${exclusiveMaximum}`],
    maximum === undefined ? [] : [`at most ${maximum}`],
  ].flat();
  const kind = type === 'integer' ? 'a whole number' : 'a number';
  return `must be ${[kind, bounds.join(' and ')].filter(Boolean).join(' ')}`;
}
