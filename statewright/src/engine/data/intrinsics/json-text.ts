/** The intrinsic functions on JSON (Developer Guide, "Intrinsics for JSON data manipulation"). */
import { type Json, type JsonObject, parseJson, setMember, stringifyJson } from '../json';
import { type IntrinsicFunction, InvalidArguments, objectArgument, stringArgument } from './arguments';

/** AWS parses an empty string, or only white space, as null. */
export const stringToJson: IntrinsicFunction = ([text]) => {
  const source = stringArgument(text);
  if (source.trim() === '') return null;
  try {
    return parseJson(source);
  } catch {
    throw new InvalidArguments();
  }
};

export const jsonToString: IntrinsicFunction = ([value]) => stringifyJson(value as Json);

/** Only the shallow form exists: the third argument must not be true. */
export const jsonMerge: IntrinsicFunction = ([left, right, deep]) => {
  const merged: Record<string, Json> = {};
  for (const object of [objectArgument(left), objectArgument(right)]) copyMembers(object, merged);
  if (deep === true) throw new InvalidArguments();
  return merged;
};

function copyMembers(from: JsonObject, to: Record<string, Json>): void {
  for (const [key, value] of Object.entries(from)) setMember(to, key, value);
}
