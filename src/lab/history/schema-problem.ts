import type Schema from 'typebox/schema';

/** The first thing that is wrong with a value that does not fit a schema: where, and what. */
export function schemaProblem(validator: Schema.Validator, value: unknown): string {
  const [, [error]] = validator.Errors(value);
  if (!error) return 'it is not valid';
  // What additional properties are checked against is the schema `false`, which says little.
  const message = error.keyword === 'boolean' ? 'does not belong there' : error.message;
  return `${error.instancePath || 'it'} ${message}`;
}
