import type Schema from 'typebox/schema';
import { ExactNumber } from '../../wire/exact-json.ts';
import { quote } from '../../wire/quote.ts';

type SchemaError = ReturnType<Schema.Validator['Errors']>[1][number];

/** The first thing that is wrong with a value that does not fit a schema: where, what, what is there. */
export function schemaProblem(validator: Schema.Validator, value: unknown): string {
  const [, errors] = validator.Errors(value);
  if (errors.length === 0) return 'it is not valid';
  const { place, expected } = mostTelling(errors);
  const found = valueAt(value, place);
  // Beyond this a double is not exact, and neither is what the bench would do with it.
  const isTooLarge = found instanceof ExactNumber && !found.text.includes('.');
  return `${place || 'it'} ${isTooLarge ? 'must be within ±2^53' : expected}, found ${quote(found)}`;
}

interface Telling {
  place: string;
  expected: string;
}

/** Of all that is wrong, the first; of the branches of a union, what the likeliest one lacks. */
function mostTelling(errors: readonly SchemaError[]): Telling {
  const first = errors[0] as SchemaError;
  const isWithin = ({ schemaPath, instancePath }: SchemaError, union: SchemaError) =>
    schemaPath.startsWith(`${union.schemaPath}/anyOf/`) &&
    instancePath.startsWith(union.instancePath);
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf');
  const union = unions.findLast((candidate) => isWithin(first, candidate));
  if (!union) return { place: first.instancePath, expected: inWords(first) };

  const branches = new Map<string, SchemaError[]>();
  for (const error of errors.filter((candidate) => isWithin(candidate, union))) {
    const branch = error.schemaPath.slice(`${union.schemaPath}/anyOf/`.length).split('/')[0] ?? '';
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  // A branch whose constants fit is the one that was meant.
  const isMeant = (branch: SchemaError[]) =>
    !branch.some(
      ({ keyword, schemaPath }) =>
        keyword === 'const' && !schemaPath.slice(union.schemaPath.length + 1).includes('/anyOf/'),
    );
  const meant = [...branches.values()].filter(isMeant);
  if (meant.length === 0) {
    const constants = errors.filter(
      (error) => error.keyword === 'const' && error.instancePath === first.instancePath,
    );
    const allowed = constants.map(({ params }) =>
      quote((params as { allowedValue: unknown }).allowedValue),
    );
    return { place: first.instancePath, expected: `must be ${[...new Set(allowed)].join(' or ')}` };
  }
  const depth = (branch: SchemaError[]) =>
    Math.max(...branch.map(({ instancePath }) => instancePath.split('/').length));
  return mostTelling(meant.toSorted((a, b) => depth(b) - depth(a))[0] as SchemaError[]);
}

function inWords({ keyword, message, params }: SchemaError): string {
  if (keyword === 'boolean') return 'does not belong there'; // the schema `false`
  if (keyword !== 'const') return message;
  return `must be ${quote((params as { allowedValue: unknown }).allowedValue)}`;
}

/** What lies at a JSON pointer. */
function valueAt(value: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1);
  return keys.reduce<unknown>(
    (part, key) =>
      (part as Record<string, unknown>)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')],
    value,
  );
}
