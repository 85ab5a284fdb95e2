/** The intrinsic functions that encode and hash (Developer Guide, "Intrinsics for data encoding and decoding", "… hash"). */
import { createHash } from 'node:crypto';
import { HASH_ALGORITHMS } from '../../../asl/intrinsic';
import { javaText } from '../java';
import type { Json } from '../json';
import { boundedText, type IntrinsicFunction, InvalidArguments, stringArgument } from './arguments';

export const base64Encode: IntrinsicFunction = ([text]) =>
  Buffer.from(boundedText(stringArgument(text)), 'utf8').toString('base64');

/** Ignores characters that are not Base64, as AWS does. */
export const base64Decode: IntrinsicFunction = ([text]) =>
  Buffer.from(boundedText(stringArgument(text)), 'base64').toString('utf8');

/** Hashes the text of any value. */
export const hash: IntrinsicFunction = ([data, algorithm]) => {
  const name = stringArgument(algorithm);
  if (!HASH_ALGORITHMS.includes(name)) throw new InvalidArguments();
  return digest(boundedText(javaText(data as Json)), name);
};

/** The hash of a text, in hexadecimal; `algorithm` is one of `HASH_ALGORITHMS`. */
export function digest(text: string, algorithm: string): string {
  return createHash(algorithm.replace('-', '')).update(text, 'utf8').digest('hex');
}

export const uuid: IntrinsicFunction = (_values, sources) => sources.uuid();
