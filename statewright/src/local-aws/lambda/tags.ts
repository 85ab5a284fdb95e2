import { constraintViolation, invalidParameter } from './constraints';
import type { FunctionRecord, FunctionStore } from './function-store';

type Tags = Readonly<Record<string, string>>;

export function tagResource(
  store: FunctionStore,
  request: { readonly Resource: string; readonly Tags: Tags },
): void {
  const record = functionOf(store, request.Resource);
  const tags = { ...record.tags, ...request.Tags };
  checkTags(tags);
  store.set({ ...record, tags });
}

export function untagResource(
  store: FunctionStore,
  request: { readonly Resource: string; readonly TagKeys: readonly string[] },
): void {
  const record = functionOf(store, request.Resource);
  const tags = Object.fromEntries(
    Object.entries(record.tags).filter(([key]) => !request.TagKeys.includes(key)),
  );
  store.set({ ...record, tags });
}

export function listTags(store: FunctionStore, request: { readonly Resource: string }) {
  return { Tags: functionOf(store, request.Resource).tags };
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

function functionOf(store: FunctionStore, arn: string): FunctionRecord {
  if (!arn.startsWith('arn:')) {
    throw constraintViolation(
      arn,
      'resource',
      'Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?)',
    );
  }
  return store.get({ FunctionName: arn });
}
