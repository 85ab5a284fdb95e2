import { AwsError } from '../aws-error';
import { parseArn } from './arn';
import type { StatesDependencies } from './dependencies';
import type { MachineRecord, Tag } from './records';
import type { StatesStore } from './store';

export interface ResourceRequest {
  /** The ARN of a state machine; versions have no tags. */
  readonly resourceArn: string;
}

export function tagResource(
  { store }: StatesDependencies,
  { resourceArn, tags }: ResourceRequest & { readonly tags: readonly Tag[] },
) {
  const present = tagged(store, resourceArn).tags;
  const merged = new Map([...present, ...tags].map((tag) => [tag.key, tag]));
  if (merged.size > 50) {
    throw new AwsError('TooManyTags', `Too Many Tags: '${resourceArn}' can have at most 50 tags`);
  }
  store.updateMachine(resourceArn, { tags: [...merged.values()] });
  return {};
}

export function untagResource(
  { store }: StatesDependencies,
  { resourceArn, tagKeys }: ResourceRequest & { readonly tagKeys: readonly string[] },
) {
  const { tags } = tagged(store, resourceArn);
  store.updateMachine(resourceArn, { tags: tags.filter((tag) => !tagKeys.includes(tag.key)) });
  return {};
}

export function listTagsForResource({ store }: StatesDependencies, { resourceArn }: ResourceRequest) {
  return { tags: tagged(store, resourceArn).tags };
}

function tagged(store: StatesStore, arn: string): MachineRecord {
  const machine = store.machines.get(arn);
  if (machine === undefined) {
    parseArn(arn, ['stateMachine']);
    throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`);
  }
  return machine;
}
