import { constraintViolation, invalidParameter, resourceNotFound } from './errors';
import type { FunctionStore } from './function-store';
import type { LambdaRequest } from './requests';

type Tags = Readonly<Record<string, string>>;

export function tagResource(store: FunctionStore, request: LambdaRequest<'TagResource'>): void {
  const { tags, set } = tagged(store, request.Resource);
  const merged = { ...tags, ...request.Tags };
  checkTags(merged);
  set(merged);
}

export function untagResource(store: FunctionStore, request: LambdaRequest<'UntagResource'>): void {
  const { tags, set } = tagged(store, request.Resource);
  set(Object.fromEntries(Object.entries(tags).filter(([key]) => !request.TagKeys.includes(key))));
}

export function listTags(store: FunctionStore, request: LambdaRequest<'ListTags'>) {
  return { Tags: tagged(store, request.Resource).tags };
}

/** The tags of a function or an event source mapping, and how to change them. */
function tagged(
  store: FunctionStore,
  arn: string,
): { readonly tags: Tags; readonly set: (tags: Tags) => unknown } {
  const [, uuid] = /:event-source-mapping:(.+)$/.exec(arn) ?? [];
  if (uuid !== undefined) {
    const mapping = store.eventSourceMappings.get(uuid);
    if (!mapping) {
      throw resourceNotFound();
    }
    return { tags: mapping.tags, set: (tags) => store.eventSourceMappings.set(uuid, { ...mapping, tags }) };
  }
  const reference = { FunctionName: arn };
  if (store.reference(reference).qualifier !== undefined) {
    throw invalidParameter(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    );
  }
  const record = store.get(reference);
  return { tags: record.tags, set: (tags) => store.set({ ...record, tags }) };
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
