import { AwsError } from '../aws-error';
import { parseArn } from './arn';
import type { StatesDependencies } from './dependencies';
import type { Tag } from './records';
import type { StatesRequest, TagRequest } from './requests';
import type { StatesStore } from './store';

export function tagResource(
  { store }: StatesDependencies,
  { resourceArn, tags }: StatesRequest<'TagResource'>,
) {
  const tagged = taggedResource(store, resourceArn);
  const merged = new Map([...tagged.tags, ...fullTags(tags)].map((tag) => [tag.key, tag]));
  if (merged.size > 50) {
    throw new AwsError('TooManyTags', `Too Many Tags: '${resourceArn}' can have at most 50 tags`, 400, {
      resourceName: resourceArn,
    });
  }
  tagged.set([...merged.values()]);
  return {};
}

export function untagResource(
  { store }: StatesDependencies,
  { resourceArn, tagKeys }: StatesRequest<'UntagResource'>,
) {
  const tagged = taggedResource(store, resourceArn);
  tagged.set(tagged.tags.filter((tag) => !tagKeys.includes(tag.key)));
  return {};
}

export function listTagsForResource(
  { store }: StatesDependencies,
  { resourceArn }: StatesRequest<'ListTagsForResource'>,
) {
  return { tags: taggedResource(store, resourceArn).tags };
}

/** Gives tags without a value an empty one. */
export const fullTags = (tags: readonly TagRequest[]): Tag[] =>
  tags.map(({ key, value = '' }) => ({ key, value }));

interface Tagged {
  readonly tags: readonly Tag[];
  readonly set: (tags: readonly Tag[]) => void;
}

/** Finds the state machine or the activity by its ARN; versions have no tags. */
function taggedResource(store: StatesStore, arn: string): Tagged {
  const machine = store.machines.get(arn);
  if (machine) return { tags: machine.tags, set: (tags) => void store.updateMachine(arn, { tags }) };
  const activity = store.activities.get(arn);
  if (activity) {
    return { tags: activity.tags, set: (tags) => void store.activities.set(arn, { ...activity, tags }) };
  }
  parseArn(arn, ['stateMachine', 'activity']);
  throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, 400, { resourceName: arn });
}
