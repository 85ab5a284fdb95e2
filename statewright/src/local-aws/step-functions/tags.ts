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
  tagged.set(withTags(resourceArn, tagged.tags, tags));
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

/** The most tags of a state machine or an activity (Step Functions Developer Guide, "Service quotas"). */
const MOST_TAGS = 50;

/**
 * Merges new tags into the present ones. One without a value has an empty one.
 * @throws AwsError TooManyTags
 */
export function withTags(resourceArn: string, present: readonly Tag[], added: readonly TagRequest[]): Tag[] {
  const tags = new Map(present.map((tag) => [tag.key, tag]));
  for (const { key, value = '' } of added) tags.set(key, { key, value });
  if (tags.size <= MOST_TAGS) return [...tags.values()];
  throw new AwsError(
    'TooManyTags',
    `Too Many Tags: '${resourceArn}' can have at most ${MOST_TAGS} tags`,
    400,
    { resourceName: resourceArn },
  );
}

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
