/** The limits of a definition as a whole. They make every later walk through it safe, whatever the input refers to. */
import { atOnce, type Steps } from '../../steps';
import { fieldAt, itemAt } from '../location';
import { isToken } from '../token';
import type { Place } from './place';

/** Step Functions API Reference, CreateStateMachine: the longest `definition`. */
const MAX_BYTES = 1_048_576;

/** Much deeper than a real definition, and safe for a recursive walk. */
const MAX_DEPTH = 400;

/** Why a value cannot be a definition, and where. */
interface SizeFault {
  readonly code: 'TOO_DEEPLY_NESTED' | 'SCHEMA_VALIDATION_FAILED';
  readonly message: string;
  readonly location: string;
}

/** Whether the definition is small enough, and flat enough, to be checked. */
export function* checkSize(definition: unknown, at: Place): Steps<boolean> {
  const fault = yield* findSizeFault(definition, isToken);
  if (fault !== undefined) at.with({ location: fault.location }).error(fault.message, fault.code);
  return fault === undefined;
}

/** A value inside the one that is checked. */
interface Visit {
  readonly value: unknown;
  readonly depth: number;
  readonly name?: string | number;
  readonly in?: Visit;
}

/**
 * The first fault of a value that is too large for a definition, or that contains itself. It ends at the limits, so that
 * objects that are shared or cyclic take no longer than the largest definition.
 *
 * @param isLeaf whether a value has no parts to check
 */
export function sizeFault(
  value: unknown,
  isLeaf: (value: unknown) => boolean = isToken,
): SizeFault | undefined {
  return atOnce(findSizeFault(value, isLeaf));
}

function* findSizeFault(value: unknown, isLeaf: (value: unknown) => boolean): Steps<SizeFault | undefined> {
  let bytes = 0;
  // A list, not a recursion, which could overflow the stack.
  const ahead: Visit[] = [{ value, depth: 0 }];
  for (let visit = ahead.pop(); visit !== undefined; visit = ahead.pop()) {
    if (visit.depth > MAX_DEPTH) return depthFault(visit);
    const leaf = isLeaf(visit.value);
    if (!leaf) bytes += ownBytes(visit.value);
    if (typeof visit.name === 'string') bytes += bytesOf(visit.name) + ':'.length;
    if (bytes > MAX_BYTES) {
      return {
        code: 'SCHEMA_VALIDATION_FAILED',
        message: `The definition is too long: more than ${MAX_BYTES} bytes of JSON`,
        location: '',
      };
    }
    if (!leaf) addParts(visit, ahead);
    yield;
  }
  return undefined;
}

function addParts(visit: Visit, ahead: Visit[]): void {
  const { value } = visit;
  const depth = visit.depth + 1;
  if (Array.isArray(value)) {
    value.forEach((item, name) => {
      ahead.push({ value: item, depth, name, in: visit });
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, content] of Object.entries(value)) {
      if (content !== undefined) ahead.push({ value: content, depth, name, in: visit });
    }
  }
}

/** The length of a value as JSON without its parts: a text or a number, or brackets and commas. */
function ownBytes(value: unknown): number {
  if (typeof value === 'string') return bytesOf(value);
  if (typeof value !== 'object' || value === null) return String(value).length;
  return '[]'.length + Math.max(0, Object.keys(value).length - 1);
}

const bytesOf = (text: string) =>
  UNESCAPED.test(text) ? text.length + '""'.length : Buffer.byteLength(JSON.stringify(text));

/** A text whose characters are one byte each in JSON. */
const UNESCAPED = /^[ !#-[\]-~]*$/;

function depthFault(deepest: Visit): SizeFault {
  const around: Visit[] = [];
  for (let visit: Visit | undefined = deepest; visit !== undefined; visit = visit.in) around.unshift(visit);
  const seen = new Set<unknown>();
  for (const visit of around) {
    if (seen.has(visit.value)) {
      return {
        code: 'TOO_DEEPLY_NESTED',
        message: 'The value contains itself, so it is not JSON',
        location: locationOf(visit),
      };
    }
    if (typeof visit.value === 'object') seen.add(visit.value);
  }
  return {
    code: 'TOO_DEEPLY_NESTED',
    message: `The states are too deeply nested: more than ${MAX_DEPTH} levels of JSON`,
    location: '',
  };
}

function locationOf({ name, in: around }: Visit): string {
  if (around === undefined || name === undefined) return '';
  return typeof name === 'string' ? fieldAt(locationOf(around), name) : itemAt(locationOf(around), name);
}
