import type { StandardSchemaV1 } from '@standard-schema/spec';
import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox';
import { Check, Compile, Errors } from 'typebox/schema';

/**
 * What is in a message besides `type`, `msg_id` and `in_reply_to`: TypeBox schemas by the part's
 * name, or one schema of any library that implements Standard Schema (https://standardschema.dev),
 * such as zod, valibot or arktype. What such a schema turns a value into is what the machine gets.
 */
export type Shape = TProperties | StandardSchemaV1<unknown, object>;

/** The parts of a message of that shape. */
export type PartsOf<S extends Shape> =
  S extends StandardSchemaV1<unknown, infer Output>
    ? Output
    : S extends TProperties
      ? Static<TObject<S>>
      : never;

/** A message's body as it should be, or the first thing that is wrong with it, in words. */
export type Checked = object | string;

/** Checks the body of a message of one type. */
export type CheckBody = (body: object) => Checked;

/**
 * From which body on a schema is compiled. That takes as long as looking at some hundred bodies by the
 * schema itself, and would keep a node that is started from answering `init`.
 */
const COMPILED_FROM = 100;

/** Makes the check of bodies of a shape. */
export function createCheck(type: string, shape: Shape, ids: Record<string, TSchema>): CheckBody {
  const head = { type: Type.Literal(type), ...ids };
  if (!isStandard(shape)) return createTypeBoxCheck(Type.Object({ ...head, ...shape }));
  const checkHead = createTypeBoxCheck(Type.Object(head));
  return (body) => {
    const checked = checkHead(body);
    return typeof checked === 'string' ? checked : checkByStandard(type, shape, body);
  };
}

function createTypeBoxCheck(schema: TObject): CheckBody {
  let seen = 0;
  let isValid = (body: object): boolean => {
    if (++seen === COMPILED_FROM) isValid = compiled(schema);
    return Check(schema, body);
  };
  return (body) => {
    if (isValid(body)) return body;
    const [, [error]] = Errors(schema, body);
    return error ? `${error.instancePath || 'the body'} ${error.message}` : 'the body is not valid';
  };
}

function compiled(schema: TObject): (body: object) => boolean {
  const validator = Compile(schema);
  return (body) => validator.Check(body);
}

function isStandard(shape: Shape): shape is StandardSchemaV1<unknown, object> {
  return '~standard' in shape;
}

/** Schemas that know nothing of them may leave out, or refuse, what every message has. */
function checkByStandard(
  messageType: string,
  shape: StandardSchemaV1<unknown, object>,
  body: object,
): Checked {
  const { type, msg_id, ...parts } = body as { type: string; msg_id?: number };
  const result = shape['~standard'].validate(parts);
  if (result instanceof Promise) {
    throw new TypeError(
      `the schema of ${messageType} is asynchronous: a node's messages are checked as they come, by a synchronous schema`,
    );
  }
  const [issue] = result.issues ?? [];
  if (issue) return `${pathOf(issue)} ${issue.message}`;
  const ids = msg_id === undefined ? { type } : { type, msg_id };
  return Object.assign(ids, (result as StandardSchemaV1.SuccessResult<object>).value);
}

function pathOf({ path = [] }: StandardSchemaV1.Issue): string {
  const keys = path.map((part) => (typeof part === 'object' ? part.key : part));
  return keys.length === 0 ? 'the body' : `/${keys.map(String).join('/')}`;
}
