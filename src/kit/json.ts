import { JsonValue } from '../wire/json-value.ts';
import type { Json as JsonOf } from '../wire/message.ts';

/** Any value that JSON can carry and that comes out as it went in: the schema, and its type. */
export const Json = JsonValue;
export type Json = JsonOf;
