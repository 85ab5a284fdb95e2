import { isObject } from '../../is-object';
import { isToken } from '../token';
import type { QueryLanguage } from '../values';
import { type Check, described, schemaOf } from './checks';
import type { Describe, JsonSchema, SchemaPlace } from './json-schema';
import { hint, type Place } from './place';

export type Fields = Readonly<Record<string, unknown>>;

/** The check of a field, and its `language` when only one query language has the field. */
export type Field = Check | { readonly language: QueryLanguage; readonly check: Check };

/** The fields that an object may and must have. */
export interface Shape {
  readonly fields: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  /** Groups of fields; an object has exactly one field of each. */
  readonly exactlyOneOf?: readonly (readonly string[])[];
  /** Groups of fields; an object has at most one field of each. */
  readonly atMostOneOf?: readonly (readonly string[])[];
  /** Where a field exists that this object does not have, as a sentence; undefined when it exists nowhere. */
  readonly elsewhere?: (field: string) => string | undefined;
}

export const jsonPathOnly = (check: Check): Field => ({ language: 'JSONPath', check });
export const jsonataOnly = (check: Check): Field => ({ language: 'JSONata', check });

/** One check for JSONPath and one for JSONata. */
export function byLanguage(checks: Readonly<Record<QueryLanguage, Check>>): Check {
  return described(
    (at) => schemaOf(checks[at.language], at),
    (value, at) => checks[at.language](value, at),
  );
}

/**
 * Checks an object field by field, then its groups of fields; `also` checks the whole object, and `alsoSchema` is what of
 * that a schema can say.
 */
export function object(
  shape: Shape,
  also?: (value: Fields, at: Place) => void,
  alsoSchema?: Describe,
): Check {
  return described(
    (at) => schemaOfShape(shape, alsoSchema?.(at), at),
    (value, at) => {
      if (!checkObject(value, at)) return;
      for (const [name, content] of Object.entries(value)) {
        if (content !== undefined) checkField(shape, name, content, at);
      }
      checkTogether(shape, value, at);
      also?.(value, at);
    },
  );
}

/** Whether a value is an object whose fields can be read. */
export function checkObject(value: unknown, at: Place): value is Fields {
  if (isToken(value)) structureFault(at);
  else if (isObject(value)) return true;
  else at.error('Expected value of type Object');
  return false;
}

function schemaOfShape(shape: Shape, also: JsonSchema | undefined, at: SchemaPlace): JsonSchema {
  const own = [...fieldsOf(shape, at.language)];
  const ofLanguage = (groups: readonly (readonly string[])[] = []) =>
    groups.map((group) => group.filter((name) => own.includes(name)));
  const exactlyOne = ofLanguage(shape.exactlyOneOf);
  const needed = exactlyOne.map((group) => ({ anyOf: group.map((name) => ({ required: [name] })) }));
  const all = also === undefined ? needed : [...needed, also];
  const exclusive = [...exactlyOne, ...ofLanguage(shape.atMostOneOf)];
  return {
    type: 'object',
    properties: Object.fromEntries(
      own.map((name) => {
        const field = shape.fields[name] as Field;
        return [name, schemaOf(typeof field === 'function' ? field : field.check, at)];
      }),
    ),
    additionalProperties: false,
    ...(shape.required && { required: shape.required }),
    ...(all.length > 0 && { allOf: all }),
    ...(exclusive.length > 0 && { dependencies: Object.assign({}, ...exclusive.map(withoutTheOthers)) }),
  };
}

/** For each field of a group, that the object has none of the others: an editor shows the fault at these. */
function withoutTheOthers(group: readonly string[]): JsonSchema {
  return Object.fromEntries(
    group.map((name) => {
      const others = group.filter((other) => other !== name);
      return [name, { properties: Object.fromEntries(others.map((other) => [other, false])) }];
    }),
  );
}

function checkField(shape: Shape, name: string, content: unknown, at: Place): void {
  const field = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
  if (field === undefined) {
    const elsewhere = shape.elsewhere?.(name);
    const meant = elsewhere === undefined ? hint(name, fieldsOf(shape, at.language)) : `. ${elsewhere}`;
    at.error(`Field '${name}' is not supported${meant}`);
  } else if (typeof field === 'function') {
    checkContent(field, name, content, at.field(name));
  } else if (field.language === at.language) {
    checkContent(field.check, name, content, at.field(name));
  } else {
    at.error(
      `The QueryLanguage is set to '${at.language}', but field '${name}' is only supported for the '${field.language}' QueryLanguage`,
    );
  }
}

/** The fields that decide which states there are, and how an execution goes through them. */
const STRUCTURE = new Set([
  ...['States', 'Type', 'QueryLanguage', 'End', 'Choices', 'Catch'],
  ...['Branches', 'ItemProcessor', 'Iterator', 'ProcessorConfig', 'Mode'],
]);

/** Fields that name a state. */
const NAMES = new Set(['StartAt', 'Next', 'Default']);

/** Whether a value is in a definition's range, type or form is left to AWS when only Terraform knows the value. */
function checkContent(check: Check, name: string, content: unknown, at: Place): void {
  if (!isToken(content)) check(content, at);
  else if (STRUCTURE.has(name) || (NAMES.has(name) && typeof content !== 'string')) structureFault(at);
}

/** Reports a state, a rule, a catcher or another part of the definition's structure that only Terraform knows. */
function structureFault(at: Place): void {
  at.error('Only Terraform knows this part of the definition, so it cannot be checked. Write it here');
}

function* fieldsOf(shape: Shape, language: QueryLanguage): Generator<string> {
  for (const [name, field] of Object.entries(shape.fields)) {
    if (typeof field === 'function' || field.language === language) yield name;
  }
}

function checkTogether(shape: Shape, value: Fields, at: Place): void {
  const missing = (shape.required ?? []).filter((name) => !has(value, name));
  if (missing.length > 0) at.error(`These fields are required: [${missing.join(', ')}]`);
  for (const group of shape.exactlyOneOf ?? []) {
    if (!group.some((name) => has(value, name))) {
      at.error(`This object should have only one of the following fields: [${group.join(', ')}]`);
    }
  }
  for (const group of [...(shape.exactlyOneOf ?? []), ...(shape.atMostOneOf ?? [])]) {
    if (group.filter((name) => has(value, name)).length > 1) {
      at.error(`There should only be one of the following fields: [${group.join(', ')}]`);
    }
  }
}

/** Whether an object has its own, not inherited, field. */
export function has(value: Fields, name: string): boolean {
  return Object.hasOwn(value, name) && value[name] !== undefined;
}
