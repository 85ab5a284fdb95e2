/** Follows the steps of a path through a document, as Jayway JsonPath does. */
import { isDefinitePath, type JsonPath, type PathSegment, printSegment } from '../../asl/json-path';
import { PathEvaluationError, PathLimitError } from './errors';
import { compileFilter } from './filter';
import { isArray, isNumber, isObject, type Json, memberOf, setMember } from './json';
import { LARGEST_VALUE, Sizes } from './limits';

/** Finds what a path names; `undefined` when a definite path finds nothing. An indefinite path returns a list. */
export type Selector = (document: Json | undefined) => Json | undefined;

/** Compiles the steps of a path. */
export function compileSelector(path: Pick<JsonPath, 'segments'>): Selector {
  const { segments } = path;
  if (segments.length === 0) return (document) => document;
  const keys = segments.map(keyOf);
  if (keys.every((key) => key !== undefined)) return (document) => followKeys(document, keys);
  const collect = compileCollector(segments, []);
  const definite = isDefinitePath(path);
  // Nothing else finds the same part of a document several times.
  const repeats = segments.some(({ kind }) => kind === 'descendants');
  return (document) => {
    const found: Json[] = [];
    try {
      if (document !== undefined) withinSteps(() => collect(document, document, found));
    } catch (error) {
      if (error === NOT_FOUND) return undefined;
      throw error;
    }
    if (repeats && new Sizes().of(found) > LARGEST_VALUE) {
      throw new PathLimitError(`finds more than ${LARGEST_VALUE} characters and members`);
    }
    return definite ? found[0] : found;
  };
}

/**
 * How many values `..` and filters may go through: many times what a payload has, in a fraction of a second. A path inside a
 * filter counts for the path around it, which is evaluated at once.
 */
const MOST_STEPS = 1_000_000;
let [depth, steps] = [0, 0];

function withinSteps(evaluate: () => void): void {
  if (depth === 0) steps = 0;
  depth += 1;
  try {
    evaluate();
  } finally {
    depth -= 1;
  }
}

/** Counts values that are looked at; a comparison of two of them takes less time than a step. */
export function countSteps(count: number): void {
  steps += count;
  if (steps > MOST_STEPS) throw new PathLimitError(`goes through more than ${MOST_STEPS} values`);
}

/** Ends a path that finds nothing, although it could have found several values. */
const NOT_FOUND = Symbol('not found');

/** A step to one field or one element, which is what nearly all paths are made of. */
function keyOf(segment: PathSegment): string | number | undefined {
  if (segment.kind === 'child' && segment.names.length === 1) return segment.names[0];
  if (segment.kind === 'index' && segment.indexes.length === 1) return segment.indexes[0];
  return undefined;
}

function followKeys(document: Json | undefined, keys: readonly (string | number)[]): Json | undefined {
  let value = document;
  for (let position = 0; position < keys.length && value !== undefined; position++) {
    const key = keys[position] as string | number;
    // A negative index finds nothing on AWS.
    if (typeof key === 'string') value = memberOf(value, key);
    else value = isArray(value) ? value[key] : undefined;
  }
  return value;
}

type Collector = (value: Json, document: Json, found: Json[]) => void;

/** @param before the steps that lead here */
function compileCollector(segments: readonly PathSegment[], before: readonly PathSegment[]): Collector {
  const [segment, ...rest] = segments;
  if (segment === undefined) return (value, _document, found) => void found.push(value);
  return compileStep(segment, compileCollector(rest, [...before, segment]), before, rest.length === 0);
}

/** A step that passes everything it finds to `next`. */
function compileStep(
  segment: PathSegment,
  next: Collector,
  before: readonly PathSegment[],
  isLast: boolean,
): Collector {
  // Below a single value, something that is not an array is an error; below several, it is passed over.
  const miss = isDefinitePath({ segments: before }) ? notFound : () => {};
  switch (segment.kind) {
    case 'child': {
      const [name] = segment.names;
      if (segment.names.length === 1) return eachMember(name as string, next);
      return isLast ? pickMembers(segment.names, next) : refuseSeveral(before, segment.names);
    }
    case 'index':
      return (value, document, found) => {
        if (!isArray(value)) miss();
        else for (const index of segment.indexes) pass(value[index], document, found, next);
      };
    case 'last':
      return (value, document, found) => {
        if (isArray(value)) pass(value[value.length - segment.offset], document, found, next);
      };
    case 'slice':
      return (value, document, found) => {
        if (!isArray(value)) miss();
        else for (const item of value.slice(segment.start, segment.end)) next(item, document, found);
      };
    case 'wildcard':
      return (value, document, found) => {
        for (const item of itemsOf(value)) next(item, document, found);
      };
    case 'filter': {
      const accepts = compileFilter(segment.condition);
      return (value, document, found) => {
        // An object is itself a candidate; of an array, its elements are.
        const candidates = isArray(value) ? value : isObject(value) ? [value] : [];
        for (const item of candidates) {
          countSteps(1);
          if (accepts(item, document)) next(item, document, found);
        }
      };
    }
    case 'function':
      return (value, document, found) => pass(applyFunction(segment.name, value), document, found, next);
    case 'descendants': {
      const step = compileStep(segment.step, next, [...before, segment], isLast);
      const descend: Collector = (value, document, found) => {
        countSteps(1);
        step(value, document, found);
        for (const item of itemsOf(value)) descend(item, document, found);
      };
      return descend;
    }
  }
}

function pass(value: Json | undefined, document: Json, found: Json[], next: Collector): void {
  if (value !== undefined) next(value, document, found);
}

function itemsOf(value: Json): readonly Json[] {
  if (isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

function notFound(): never {
  throw NOT_FOUND;
}

function eachMember(name: string, next: Collector): Collector {
  return (value, document, found) => pass(memberOf(value, name), document, found, next);
}

/** Several names can only be the last step of a path; Jayway JsonPath finds out when it gets there. */
function refuseSeveral(before: readonly PathSegment[], names: readonly string[]): Collector {
  const place = `$${before.map(printSegment).join('')}[${names.map((name) => `'${name}'`).join(', ')}]`;
  return (value) => {
    if (isObject(value))
      throw new PathEvaluationError(`Multi properties can only be used as path leafs: ${place}`);
  };
}

/** Several names at the end of a path select one object with those members. */
function pickMembers(names: readonly string[], next: Collector): Collector {
  return (value, document, found) => {
    if (!isObject(value)) return;
    const picked: Record<string, Json> = {};
    for (const name of names) if (Object.hasOwn(value, name)) setMember(picked, name, value[name] as Json);
    next(picked, document, found);
  };
}

function applyFunction(name: string, value: Json): Json | undefined {
  if (name === 'length') return isArray(value) || isObject(value) ? Object.keys(value).length : undefined;
  const numbers = isArray(value) ? value.filter(isNumber).map(Number) : [];
  if (numbers.length === 0) return undefined;
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  switch (name) {
    case 'min':
      return numbers.reduce((least, number) => Math.min(least, number));
    case 'max':
      return numbers.reduce((most, number) => Math.max(most, number));
    case 'avg':
      return mean;
    case 'stddev':
      return Math.sqrt(numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length);
    default:
      return undefined;
  }
}
