import { isArray, isObject, type Json, type JsonObject, parseJson } from '../../engine/data';
import { compileRule, EventPatternError, type ValueRule } from './value-rule';

/** Whether an event matches a pattern. */
export type EventPattern = (event: Json) => boolean;

/**
 * Compiles an event pattern (EventBridge User Guide, "Creating Amazon EventBridge event patterns"); the filters of Lambda's
 * event sources are written in the same way.
 * @param text JSON
 * @throws EventPatternError
 */
export function compileEventPattern(text: string): EventPattern {
  let pattern: Json;
  try {
    pattern = parseJson(text);
  } catch {
    throw new EventPatternError('It is not valid JSON.');
  }
  if (!isObject(pattern)) throw new EventPatternError('Filter is not an object');
  return compileFields(pattern);
}

type Test = (value: Json | undefined) => boolean;

/** All fields must match. */
function compileFields(pattern: JsonObject): Test {
  const tests = Object.entries(pattern).map(([name, wanted]): Test => {
    if (name === '$or' && isArray(wanted)) return compileAlternatives(wanted);
    const test = compileField(name, wanted);
    return (value) => test(isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
  });
  // Of a list of objects, one has to match.
  return (value) =>
    isArray(value)
      ? value.some((item) => tests.every((test) => test(item)))
      : tests.every((test) => test(value));
}

function compileField(name: string, wanted: Json): Test {
  if (isObject(wanted)) {
    if (Object.keys(wanted).length === 0) throw new EventPatternError('Empty objects are not allowed');
    return compileFields(wanted);
  }
  if (!isArray(wanted)) throw new EventPatternError(`"${name}" must be an object or an array`);
  if (wanted.length === 0) throw new EventPatternError('Empty arrays are not allowed');
  return compileLeaf(wanted.map(compileRule));
}

function compileAlternatives(patterns: readonly Json[]): Test {
  const tests = patterns.map((pattern) => {
    if (!isObject(pattern)) throw new EventPatternError('"$or" must be an array of objects');
    return compileFields(pattern);
  });
  return (value) => tests.some((test) => test(value));
}

/** One rule must match the value, or one element of a list. An object is not a value, and neither is an empty list. */
function compileLeaf(rules: readonly ValueRule[]): Test {
  return (value) => {
    const values = (isArray(value) ? value : [value]).filter(
      (each): each is Exclude<Json, JsonObject> => each !== undefined && !isObject(each),
    );
    return values.length === 0
      ? rules.some(({ matchesMissing }) => matchesMissing)
      : values.some((each) => rules.some(({ matches }) => matches(each)));
  };
}
