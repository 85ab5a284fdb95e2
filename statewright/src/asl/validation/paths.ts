/** JSONPath, intrinsic functions, and payload templates. */
import { isObject } from '../../is-object';
import { INTRINSIC_ARITY, IntrinsicSyntaxError, isIntrinsic, parseIntrinsic } from '../intrinsic';
import { isReferencePath, JsonPathSyntaxError, parseJsonPath } from '../json-path';
import { isToken } from '../token';
import { type Check, described, named } from './checks';
import type { JsonSchema, SchemaPlace } from './json-schema';
import { has } from './object';
import type { Place } from './place';

const REFERENCE_PATH: JsonSchema = { type: 'string', pattern: '^\\$' };
const PATH: JsonSchema = { type: 'string', pattern: '^\\s*\\$' };
const FUNCTIONS = Object.keys(INTRINSIC_ARITY).map((name) => name.slice('States.'.length));
const PATH_OR_INTRINSIC: JsonSchema = {
  type: 'string',
  pattern: `^(\\s*\\$|States\\.(${FUNCTIONS.join('|')})\\s*\\()`,
};

export const path: Check = described(PATH, (value, at) => {
  if (typeof value !== 'string') at.error('Expected value of type String');
  else {
    const fault = faultOf(() => parseJsonPath(value));
    if (fault !== undefined) at.error(`Value must be a valid JSONPath. ${fault}`);
  }
});

/**
 * A path of single fields and indexes (States Language specification, "Reference Paths"). Most fields that take one
 * read the state's input or a variable; ItemsPath and the operands of Choice read the context object too.
 */
export function referencePath({ context = false } = {}): Check {
  return described(REFERENCE_PATH, (value, at) => {
    if (typeof value !== 'string') at.error('Expected value of type String');
    else if (!value.startsWith('$')) {
      at.error("Value is not a Reference Path: Reference path didn't start with '$'");
    } else {
      const fault = faultOf(() => {
        const parsed = parseJsonPath(value);
        if (!isReferencePath(parsed)) return 'It can match more than one value';
        return parsed.root.kind === 'context' && !context ? 'It reads the context object' : undefined;
      });
      if (fault !== undefined) at.error(`Value is not a Reference Path: ${fault}`);
    }
  });
}

/** Where to put a result: a Reference Path into the state's input (States Language specification, "ResultPath"). */
export const resultPath: Check = described(
  { type: 'string', pattern: '^\\$(?![\\p{ID_Start}_])' },
  (value, at) => {
    referencePath()(value, at);
    if (typeof value === 'string' && /^\$[\p{ID_Start}_]/u.test(value)) {
      at.error('Value is not a Reference Path: A result is put in the input, not in a variable');
    }
  },
);

/** A path or an intrinsic function, as in the `ErrorPath` of a Fail state. */
export const pathOrIntrinsic: Check = described(PATH_OR_INTRINSIC, (value, at) => {
  if (typeof value !== 'string') at.error('Expected value of type String');
  else {
    const fault = faultOfExpression(value);
    if (fault !== undefined) {
      at.error(`The value must be a valid JSONPath or a valid intrinsic function call. ${fault}`);
    }
  }
});

/**
 * Any JSON value, at any depth of which fields that end in `.$` have paths and intrinsic functions (States Language
 * specification, "Payload Template").
 */
export const payloadTemplate: Check = named('PayloadTemplate', described(schemaOfTemplate, checkTemplate));

function schemaOfTemplate(at: SchemaPlace): JsonSchema {
  const inner = at.define('PayloadTemplate', schemaOfTemplate);
  return {
    items: inner,
    patternProperties: { '\\.\\$$': PATH_OR_INTRINSIC },
    additionalProperties: inner,
  };
}

function checkTemplate(value: unknown, at: Place): void {
  if (isToken(value)) return;
  if (Array.isArray(value))
    value.forEach((item, index) => {
      checkTemplate(item, at.item(index));
    });
  if (!isObject(value)) return;
  for (const [name, content] of Object.entries(value)) {
    if (isToken(content)) continue;
    if (name.endsWith('.$')) {
      const fixed = name.slice(0, -2);
      if (has(value, fixed))
        at.error(`Cannot have both the field '${name}' and the field '${fixed}' at the same time`);
      checkDynamicField(name, content, at);
    } else if (looksLikeExpression(content)) {
      at.field(name).warning(
        `Field '${name}' appears to hold a JSONPath or an intrinsic function, but its name does not end with '.$'`,
        'NO_DOLLAR',
      );
    } else checkTemplate(content, at.field(name));
  }
}

function checkDynamicField(name: string, content: unknown, at: Place): void {
  const fault = typeof content === 'string' ? faultOfExpression(content) : 'It is not a string';
  if (fault === undefined) return;
  at.error(
    `The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call. ${fault}`,
  );
}

/** A text that is not evaluated, so a path in it is probably a mistake. */
export const literalText: Check = described({ type: 'string' }, (value, at) => {
  if (typeof value !== 'string') at.error('Expected value of type String');
  else if (looksLikeExpression(value)) {
    at.warning("Field value looks like a path, but the field's name does not end with 'Path'", 'NO_PATH');
  }
});

/** Whether a text was probably meant to be evaluated. */
export function looksLikeExpression(value: unknown): boolean {
  return typeof value === 'string' && /^(\$\$?[.[]|States\.[A-Z]\w*\()/.test(value);
}

function faultOfExpression(text: string): string | undefined {
  return faultOf(() => (isIntrinsic(text) ? parseIntrinsic(text) : parseJsonPath(text)));
}

/** The parser's message, or the one that `read` returns. */
function faultOf(read: () => unknown): string | undefined {
  try {
    const fault = read();
    return typeof fault === 'string' ? fault : undefined;
  } catch (error) {
    if (error instanceof JsonPathSyntaxError || error instanceof IntrinsicSyntaxError) return error.message;
    throw error;
  }
}
