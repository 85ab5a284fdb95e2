import { AwsError } from '../aws-error';
import { parseArn } from './arn';
import type { StatesDependencies } from './dependencies';
import type { MachineRecord, Tag } from './records';
import type { StatesRequest, TagRequest } from './requests';
import type { StatesStore } from './store';

export function tagResource(
  { store }: StatesDependencies,
  { resourceArn, tags }: StatesRequest<'TagResource'>,
) {
  const present = tagged(store, resourceArn).tags;
  const merged = new Map([...present, ...fullTags(tags)].map((tag) => [tag.key, tag]));
  if (merged.size > 50) {
    throw new AwsError('TooManyTags', `Too Many Tags: '${resourceArn}' can have at most 50 tags`, 400, {
      resourceName: resourceArn,
    });
  }
  store.updateMachine(resourceArn, { tags: [...merged.values()] });
  return {};
}

export function untagResource(
  { store }: StatesDependencies,
  { resourceArn, tagKeys }: StatesRequest<'UntagResource'>,
) {
  const { tags } = tagged(store, resourceArn);
  store.updateMachine(resourceArn, { tags: tags.filter((tag) => !tagKeys.includes(tag.key)) });
  return {};
}

export function listTagsForResource(
  { store }: StatesDependencies,
  { resourceArn }: StatesRequest<'ListTagsForResource'>,
) {
  return { tags: tagged(store, resourceArn).tags };
}

/** Gives tags without a value an empty one. */
export const fullTags = (tags: readonly TagRequest[]): Tag[] =>
  tags.map(({ key, value = '' }) => ({ key, value }));

/** Finds the state machine by its ARN; versions have no tags. */
function tagged(store: StatesStore, arn: string): MachineRecord {
  const machine = store.machines.get(arn);
  if (machine === undefined) {
    parseArn(arn, ['stateMachine']);
    throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, 400, { resourceName: arn });
  }
  return machine;
}
