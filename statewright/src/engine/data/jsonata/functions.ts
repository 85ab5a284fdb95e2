/** The functions that Step Functions adds to JSONata (Developer Guide, "JSONata functions provided by Step Functions"). */
import jsonata from 'jsonata';
import { HASH_ALGORITHMS } from '../../../asl/intrinsic';
import { digest } from '../intrinsics/encoding';
import { seededRandom } from '../java';
import type { Sources } from '../scope';

/** The maximum length of a range on AWS. */
const MAX_RANGE_LENGTH = 360_145;

type JsonataFunction = (...values: unknown[]) => unknown;

/** A failure in jsonata's form: jsonata makes the message from the code and the members. */
interface Failure {
  readonly code: string;
  readonly message?: string;
  readonly index?: number;
  readonly token?: string;
}

const NAMES = ['partition', 'range', 'hash', 'random', 'uuid', 'parse', 'now', 'millis'] as const;
/** The name of a function that is bound for each evaluation. */
export type FunctionName = (typeof NAMES)[number];

export function isFunctionName(name: string): name is FunctionName {
  return (NAMES as readonly string[]).includes(name);
}

/** The functions for one evaluation, during which the time does not change. */
export function stepFunctions(sources: Sources): Record<FunctionName, JsonataFunction> {
  let moment: number | undefined;
  const millis = (): number => {
    moment ??= sources.now?.() ?? Date.now();
    return moment;
  };
  return {
    partition,
    range,
    hash,
    parse,
    random: (...values) => {
      refuseMoreThan(1, values, 'random');
      return values[0] === undefined ? sources.random() : seededRandom(integer(values, 0, 'random'));
    },
    uuid: (...values) => {
      refuseMoreThan(0, values, 'uuid');
      return sources.uuid();
    },
    millis,
    now: (picture, timezone) => formatTime(millis(), picture, timezone),
  };
}

/** Splits an array into arrays of a given size; the last has what is left. */
function partition(...values: unknown[]): unknown {
  refuseMoreThan(2, values, 'partition');
  const [array, chunkSize] = values;
  if (array === undefined) return undefined;
  if (!Array.isArray(array)) throw failure({ code: 'T0412', index: 1, token: 'partition' });
  if (array.length === 0) return undefined;
  if (chunkSize === undefined) return [array];
  const size = integer(values, 1, 'partition');
  if (size < 0) throw failure({ code: 'D3137', message: 'Second argument must be zero or greater' });
  if (size === 0) return undefined;
  const chunks: unknown[] = [];
  for (let start = 0; start < array.length; start += size) chunks.push(array.slice(start, start + size));
  return chunks;
}

/** The numbers from the first to the second in steps of the third; a single number is not in an array. */
function range(...values: unknown[]): unknown {
  refuseMoreThan(3, values, 'range');
  const start = integer(values, 0, 'range');
  const end = integer(values, 1, 'range');
  if (values[2] === undefined) return undefined;
  const step = integer(values, 2, 'range');
  const length = Math.floor((end - start) / step) + 1;
  if (step === 0 || length < 1) return undefined;
  if (length > MAX_RANGE_LENGTH) throw failure({ code: 'D2015' });
  return length === 1 ? start : Array.from({ length }, (_, index) => start + index * step);
}

function hash(...values: unknown[]): unknown {
  refuseMoreThan(2, values, 'hash');
  const [text, algorithm] = values;
  if (typeof text !== 'string') throw signatureFailure('hash', 0);
  if (algorithm === undefined) return undefined;
  if (typeof algorithm !== 'string') throw signatureFailure('hash', 1);
  if (!HASH_ALGORITHMS.includes(algorithm)) {
    const known = 'SHA-1, SHA-384, SHA-256, SHA-512, MD5';
    throw failure({ code: 'D3137', message: `Hash algorithm '${algorithm}' must be one of ${known}` });
  }
  return digest(text, algorithm);
}

function parse(...values: unknown[]): unknown {
  refuseMoreThan(1, values, 'parse');
  const [text] = values;
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw signatureFailure('parse', 0);
  try {
    return JSON.parse(text);
  } catch {
    throw failure({ code: 'D3137', message: 'Invalid JSON' });
  }
}

const FORMAT_TIME = jsonata('$fromMillis($moment, $picture, $timezone)');

function formatTime(moment: number, picture: unknown, timezone: unknown): unknown {
  if (picture === undefined && timezone === undefined) return new Date(moment).toISOString();
  return FORMAT_TIME.evaluate(undefined, { moment, picture, timezone });
}

/** An argument, truncated towards zero. */
function integer(values: readonly unknown[], position: number, name: FunctionName): number {
  const value = values[position];
  if (typeof value !== 'number') throw signatureFailure(name, position);
  return Math.trunc(value) + 0;
}

function refuseMoreThan(count: number, values: readonly unknown[], name: FunctionName): void {
  if (values.length > count && values[count] !== undefined) throw signatureFailure(name, count);
}

function signatureFailure(name: FunctionName, position: number): Failure {
  return failure({ code: 'T0410', index: position + 1, token: name });
}

function failure(members: Failure): Failure {
  return members;
}
