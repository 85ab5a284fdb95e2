/**
 * Requests and responses between the forms of a Task (JSON in PascalCase, times as ISO 8601 text) and of the AWS SDK for
 * JavaScript, by the schemas that its packages contain (Smithy, "Schemas"; version 3.930 and later).
 */
import {
  isArray,
  isNumber,
  isObject,
  type Json,
  type JsonObject,
  parseJson,
  stringifyJson,
} from '../engine/data';
import { javaName } from './java-names';

/** A schema as the SDK writes it: a number, a list, or a function that returns one. */
export type Schema = number | string | readonly unknown[] | (() => Schema);

/** A schema that this module knows how to convert by. */
export type Shape =
  | {
      readonly kind: 'structure';
      readonly name: string;
      /** Required members come first. */
      readonly members: readonly (readonly [name: string, Schema])[];
      /** How many members are required. */
      readonly required: number;
    }
  | { readonly kind: 'list' | 'map'; readonly item: Schema }
  | { readonly kind: 'text' | 'number' | 'boolean' | 'time' | 'blob' | 'stream' | 'document' };

const SIMPLE: Readonly<Record<number, 'number' | 'boolean' | 'time' | 'blob' | 'stream' | 'document'>> = {
  1: 'number',
  2: 'boolean',
  4: 'time',
  5: 'time',
  6: 'time',
  7: 'time',
  15: 'document',
  17: 'number',
  19: 'number',
  21: 'blob',
  42: 'stream',
};

export function shapeOf(schema: Schema): Shape {
  if (typeof schema === 'function') return shapeOf(schema());
  if (typeof schema === 'number') {
    if (schema >= 128) return { kind: 'map', item: schema - 128 };
    if (schema >= 64) return { kind: 'list', item: schema - 64 };
    return { kind: SIMPLE[schema] ?? 'text' };
  }
  if (typeof schema === 'string') return { kind: 'structure', name: '', members: [], required: 0 };
  // A member: its schema and its traits.
  if (schema.length === 2) return shapeOf(schema[0] as Schema);
  const [kind, , name, , first, second, required = 0] = schema;
  switch (kind) {
    case 0:
      return shapeOf(first as Schema);
    case 1:
      return { kind: 'list', item: first as Schema };
    case 2:
      return { kind: 'map', item: second as Schema };
    default: {
      const schemas = second as readonly Schema[];
      return {
        kind: 'structure',
        name: String(name),
        required: Number(required),
        members: (first as readonly string[]).map((name, index) => [name, schemas[index] as Schema]),
      };
    }
  }
}

/** A request that the service's API does not take. */
export class RequestFieldError extends Error {
  override readonly name = 'RequestFieldError';
}

/**
 * A Task's request in the SDK's form. Null counts as absent.
 * @param lenient turns a JSON value into text where the API wants text, as optimized integrations do
 * @throws RequestFieldError in the words of Step Functions
 */
export function toSdk(schema: Schema, value: Json, lenient: boolean, field = ''): unknown {
  const shape = shapeOf(schema);
  switch (shape.kind) {
    case 'structure':
      if (!isObject(value)) throw wrongType(field, 'an object');
      return structureToSdk(shape.members, value, lenient);
    case 'list':
      if (!isArray(value)) throw wrongType(field, 'an array');
      return value.map((item) => toSdk(shape.item, item, lenient, field));
    case 'map':
      if (!isObject(value)) throw wrongType(field, 'an object');
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, toSdk(shape.item, item, lenient, field)]),
      );
    case 'time': {
      const time = isNumber(value) ? new Date(Number(value) * 1000) : new Date(String(value));
      if (Number.isNaN(time.getTime())) throw wrongType(field, 'a valid ISO-8601 formatted timestamp');
      return time;
    }
    case 'number':
      if (isNumber(value)) return Number(value);
      if (lenient && isNumericText(value)) return Number(value);
      throw wrongType(field, 'a number');
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (lenient && (value === 'true' || value === 'false')) return value === 'true';
      throw wrongType(field, 'a BOOLEAN');
    case 'text':
      if (typeof value === 'string') return value;
      if (lenient) return stringifyJson(value);
      throw wrongType(field, 'a STRING');
    case 'blob':
      return Buffer.from(typeof value === 'string' ? value : stringifyJson(value));
    // Step Functions sends a stream as JSON, a text with its quotes.
    case 'stream':
      return Buffer.from(stringifyJson(value));
    case 'document':
      return JSON.parse(stringifyJson(value));
  }
}

const wrongType = (field: string, type: string) =>
  new RequestFieldError(`The value for the field '${field}' must be ${type}`);

const isNumericText = (value: Json): boolean =>
  typeof value === 'string' && value !== '' && !Number.isNaN(Number(value));

function structureToSdk(
  members: readonly (readonly [string, Schema])[],
  value: JsonObject,
  lenient: boolean,
): Record<string, unknown> {
  const byName = new Map(
    members.flatMap(([name, schema]) =>
      [name, javaName(name)].map((text) => [text.toLowerCase(), [name, schema] as const]),
    ),
  );
  const written: Record<string, unknown> = {};
  for (const [field, item] of Object.entries(value)) {
    const member = byName.get(field.toLowerCase());
    if (member === undefined) {
      // Optimized integrations leave out what they do not know.
      if (lenient) continue;
      throw new RequestFieldError(`The field '${field}' is not supported by Step Functions`);
    }
    if (item !== null) written[member[0]] = toSdk(member[1], item, lenient, field);
  }
  return written;
}

/** How the members of a response are written. */
interface ResponseForm {
  /** The name of a member (`taskArn`). */
  readonly name: (name: string) => string;
  readonly time: (time: Date) => Json;
}

/** `aws-sdk:` calls: names of the SDK for Java, version 2, and times as ISO 8601 text, whose milliseconds are left out if zero. */
export const SDK_FORM: ResponseForm = {
  name: javaName,
  time: (time) => time.toISOString().replace('.000Z', 'Z'),
};

/** Optimized integrations: names in PascalCase, and times as epoch milliseconds. */
export const OPTIMIZED_FORM: ResponseForm = {
  name: (name) => name.charAt(0).toUpperCase() + name.slice(1),
  time: (time) => time.getTime(),
};

/** A response of the SDK as a Task's result: the members of a structure sorted by name, streams last. */
export async function fromSdk(schema: Schema, value: unknown, form: ResponseForm): Promise<Json> {
  const shape = shapeOf(schema);
  switch (shape.kind) {
    case 'structure':
      return structureFromSdk(shape.members, value as Record<string, unknown>, form);
    case 'list':
      return Promise.all((value as unknown[]).map((item) => fromSdk(shape.item, item, form)));
    case 'map': {
      const entries = Object.entries(value as Record<string, unknown>);
      return Object.fromEntries(
        await Promise.all(
          entries.map(async ([key, item]) => [key, await fromSdk(shape.item, item, form)] as const),
        ),
      );
    }
    case 'time':
      return form.time(value as Date);
    case 'blob':
      return blobText(value as Uint8Array);
    case 'stream':
      return (value as { transformToString(): Promise<string> }).transformToString();
    case 'document':
      return parseJson(JSON.stringify(value) ?? 'null');
    default:
      return typeof value === 'bigint' ? Number(value) : (value as Json);
  }
}

async function structureFromSdk(
  members: readonly (readonly [string, Schema])[],
  value: Record<string, unknown>,
  form: ResponseForm,
): Promise<JsonObject> {
  const isStream = (schema: Schema) => Number(shapeOf(schema).kind === 'stream');
  const present = members
    .filter(([name]) => value[name] !== undefined && value[name] !== null)
    .map(([name, schema]) => ({ name, schema, shown: form.name(name) }))
    .sort((a, b) => isStream(a.schema) - isStream(b.schema) || (a.shown < b.shown ? -1 : 1));
  const entries = present.map(
    async ({ name, schema, shown }) => [shown, await fromSdk(schema, value[name], form)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** Bytes that are text as this text, others in base64. */
function blobText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('base64');
  }
}
