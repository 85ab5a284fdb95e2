/** The intrinsic functions on arrays (Developer Guide, "Intrinsics for arrays"). */
import { hashOfValue, inHashMapOrder, javaText } from '../java';
import { isArray, isNumber, isObject, type Json } from '../json';
import {
  arrayArgument,
  type IntrinsicFunction,
  InvalidArguments,
  numberArgument,
  truncatedArgument,
} from './arguments';

/** The maximum number of items of ArrayRange. */
const MAX_RANGE_LENGTH = 1000;

export const array: IntrinsicFunction = (values) => values;

export const arrayLength: IntrinsicFunction = ([list]) => arrayArgument(list).length;

export const arrayPartition: IntrinsicFunction = ([list, chunkSize]) => {
  const items = arrayArgument(list);
  const size = Math.round(numberArgument(chunkSize));
  if (size < 1) throw new InvalidArguments();
  const chunks: Json[] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
};

/** AWS compares the values' texts, so `true` is found where `"true"` is, and the order of members matters. */
export const arrayContains: IntrinsicFunction = ([list, value]) => {
  const wanted = javaText(value as Json);
  return arrayArgument(list).some((item) => javaText(item) === wanted);
};

/** The range includes both ends. */
export const arrayRange: IntrinsicFunction = (values) => {
  const [start = 0, end = 0, step = 0] = values.map(truncatedArgument);
  const length = Math.floor((end - start) / step) + 1;
  if (step === 0 || length > MAX_RANGE_LENGTH) throw new InvalidArguments();
  return Array.from({ length: Math.max(0, length) }, (_, index) => start + index * step);
};

/** AWS returns null for any index of an empty array, and rejects an index beyond the end of any other array. */
export const arrayGetItem: IntrinsicFunction = ([list, position]) => {
  const items = arrayArgument(list);
  const index = truncatedArgument(position);
  if (items.length === 0) return null;
  const item = items[index];
  if (item === undefined) throw new InvalidArguments();
  return item;
};

/** The distinct values, in the order of the hash set that AWS collects them in. */
export const arrayUnique: IntrinsicFunction = ([list]) => {
  const items = arrayArgument(list);
  const distinct = new Map<string, Json>();
  for (const item of items) {
    const identity = identityOf(item);
    if (!distinct.has(identity)) distinct.set(identity, item);
  }
  return inHashMapOrder([...distinct.values()], hashOfValue, Math.trunc(items.length / 0.75) + 1);
};

/** A text that is the same for equal values: the order of members does not matter, and 1 is not 1.0. */
function identityOf(value: Json): string {
  if (isArray(value)) return `[${value.map(identityOf).join()}]`;
  if (isObject(value)) {
    const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${identityOf(item)}`);
    return `{${members.sort().join()}}`;
  }
  return isNumber(value) ? String(value) : JSON.stringify(value);
}
