import { constraintViolation, invalidParameter } from './errors';
import type { FunctionRecord } from './function-record';
import type { FunctionStore } from './function-store';
import type { LambdaRequest } from './requests';

type Tags = Readonly<Record<string, string>>;

export function tagResource(store: FunctionStore, request: LambdaRequest<'TagResource'>): void {
  const record = taggedFunction(store, request.Resource);
  const tags = { ...record.tags, ...request.Tags };
  checkTags(tags);
  store.set({ ...record, tags });
}

export function untagResource(store: FunctionStore, request: LambdaRequest<'UntagResource'>): void {
  const record = taggedFunction(store, request.Resource);
  const tags = Object.fromEntries(
    Object.entries(record.tags).filter(([key]) => !request.TagKeys.includes(key)),
  );
  store.set({ ...record, tags });
}

export function listTags(store: FunctionStore, request: LambdaRequest<'ListTags'>) {
  return { Tags: taggedFunction(store, request.Resource).tags };
}

function taggedFunction(store: FunctionStore, arn: string): FunctionRecord {
  const reference = { FunctionName: arn };
  if (store.reference(reference).qualifier !== undefined) {
    throw invalidParameter(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    );
  }
  return store.get(reference);
}

/** Checks a function's tags: 50 at most, keys of 128 characters, values of 256. */
export function checkTags(tags: Tags): void {
  if (Object.keys(tags).length > 50) throw invalidParameter('A function can have no more than 50 tags.');
  for (const [key, value] of Object.entries(tags)) {
    if (key.length < 1 || key.length > 128) {
      throw constraintViolation(key, 'tags', 'Map keys must have length between 1 and 128');
    }
    if (value.length > 256) {
      throw constraintViolation(value, 'tags', 'Map values must have length less than or equal to 256');
    }
  }
}
