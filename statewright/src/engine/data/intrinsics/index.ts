import {
  INTRINSIC_ARITY,
  type IntrinsicCall,
  type IntrinsicExpression,
  type IntrinsicName,
  unescapeIntrinsicString,
} from '../../../asl/intrinsic';
import type { JsonPath } from '../../../asl/json-path';
import { IntrinsicError } from '../errors';
import { jsonNumber } from '../json';
import { compilePathLookup, documentOf, type Evaluator } from '../lookup';
import { explainMiss, indexesNonArray } from '../miss';
import type { EvaluationScope } from '../scope';
import { type IntrinsicFunction, InvalidArguments } from './arguments';
import {
  array,
  arrayContains,
  arrayGetItem,
  arrayLength,
  arrayPartition,
  arrayRange,
  arrayUnique,
} from './arrays';
import { base64Decode, base64Encode, hash, uuid } from './encoding';
import { format } from './format';
import { jsonMerge, jsonToString, stringToJson } from './json-text';
import { mathAdd, mathRandom } from './math';
import { stringSplit } from './string-split';

const FUNCTIONS: Record<IntrinsicName, IntrinsicFunction> = {
  'States.Format': format,
  'States.StringToJson': stringToJson,
  'States.JsonToString': jsonToString,
  'States.Array': array,
  'States.ArrayPartition': arrayPartition,
  'States.ArrayContains': arrayContains,
  'States.ArrayRange': arrayRange,
  'States.ArrayGetItem': arrayGetItem,
  'States.ArrayLength': arrayLength,
  'States.ArrayUnique': arrayUnique,
  'States.Base64Encode': base64Encode,
  'States.Base64Decode': base64Decode,
  'States.Hash': hash,
  'States.JsonMerge': jsonMerge,
  'States.MathRandom': mathRandom,
  'States.MathAdd': mathAdd,
  'States.StringSplit': stringSplit,
  'States.UUID': uuid,
};

/** Compiles an intrinsic function; errors quote `text`, the whole expression. The evaluator throws an `IntrinsicError`. */
export function compileIntrinsic(call: IntrinsicCall, text: string): Evaluator {
  const { name } = call;
  const [least, most] = INTRINSIC_ARITY[name];
  const count = call.arguments.length;
  if (count < least || count > most) {
    return () => {
      throw new IntrinsicError(text, `Invalid arguments in ${name}`);
    };
  }
  const argumentsOf = call.arguments.map((argument, position) =>
    // Format itself reads the escapes of its template, since an escaped brace is not a placeholder.
    name === 'States.Format' && position === 0 && argument.kind === 'string'
      ? () => argument.raw
      : compileArgument(argument, text),
  );
  const apply = FUNCTIONS[name];
  return (scope) => {
    const values = argumentsOf.map((argument) => argument(scope));
    try {
      return apply(values, scope);
    } catch (error) {
      if (error instanceof InvalidArguments) throw new IntrinsicError(text, error.reasonFor(name));
      throw error;
    }
  };
}

function compileArgument(argument: IntrinsicExpression, text: string): Evaluator {
  switch (argument.kind) {
    case 'call':
      return compileIntrinsic(argument, text);
    case 'path':
      return compilePathArgument(argument.path, text);
    case 'number': {
      const number = jsonNumber(argument.text);
      return () => number;
    }
    case 'string': {
      const value = unescapeIntrinsicString(argument.raw);
      return () => value;
    }
    case 'literal':
      return () => argument.value;
  }
}

function compilePathArgument(path: JsonPath, text: string): Evaluator {
  const lookup = compilePathLookup(path);
  return (scope) => {
    const value = lookup(scope);
    if (value === undefined) throw missingArgument(path, text, scope);
    return value;
  };
}

function missingArgument(path: JsonPath, text: string, scope: EvaluationScope): IntrinsicError {
  const document = documentOf(path.root, scope);
  if (document !== undefined && indexesNonArray(path, document)) {
    return new IntrinsicError(text, explainMiss(path, document));
  }
  // A path of the context object is named from its own root, yet AWS quotes the state's input.
  const name = path.root.kind === 'context' ? path.text.slice(1) : path.text;
  return new IntrinsicError(
    text,
    `The JsonPath argument for the field '${name}' could not be found in the input '${scope.input.text}'`,
  );
}
