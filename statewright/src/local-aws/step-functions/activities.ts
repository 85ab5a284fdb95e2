import { AwsError } from '../aws-error';
import { parseArn } from './arn';
import type { StatesDependencies } from './dependencies';
import { checkEncryption, OWNED_KEY } from './encryption';
import { checkName } from './name';
import { statesPage, tokenOf } from './paging';
import type { StatesRequest } from './requests';
import { withTags } from './tags';

/**
 * Creates an activity. The same request again returns the same answer and changes nothing, even if its tags differ; another
 * encryption configuration is an ActivityAlreadyExists error (Step Functions API Reference, CreateActivity).
 */
export function createActivity(
  { store }: StatesDependencies,
  { name, tags = [], encryptionConfiguration }: StatesRequest<'CreateActivity'>,
) {
  checkName(name);
  if (encryptionConfiguration) checkEncryption(encryptionConfiguration);
  const { accountId, region, clock } = store.context;
  const activityArn = `arn:aws:states:${region}:${accountId}:activity:${name}`;
  const existing = store.activities.get(activityArn);
  if (existing === undefined) {
    const creationDate = clock.now();
    store.activities.set(activityArn, {
      activityArn,
      name,
      creationDate,
      tags: withTags(activityArn, [], tags),
      ...(encryptionConfiguration && { encryptionConfiguration }),
    });
    return { activityArn, creationDate: new Date(creationDate) };
  }
  const asked = JSON.stringify(encryptionConfiguration ?? OWNED_KEY);
  if (asked !== JSON.stringify(existing.encryptionConfiguration ?? OWNED_KEY)) {
    throw new AwsError('ActivityAlreadyExists', `Activity Already Exists: '${activityArn}'`);
  }
  return { activityArn, creationDate: new Date(existing.creationDate) };
}

export function describeActivity(
  { store }: StatesDependencies,
  { activityArn }: StatesRequest<'DescribeActivity'>,
) {
  const { name, creationDate, encryptionConfiguration = OWNED_KEY } = store.activity(activityArn);
  return { activityArn, name, creationDate: new Date(creationDate), encryptionConfiguration };
}

/** Succeeds if it does not exist. */
export function deleteActivity(
  { store }: StatesDependencies,
  { activityArn }: StatesRequest<'DeleteActivity'>,
) {
  parseArn(activityArn, ['activity']);
  store.activities.delete(activityArn);
  return {};
}

export function listActivities({ store }: StatesDependencies, request: StatesRequest<'ListActivities'>) {
  const cut = statesPage([...store.activities.values()], request);
  const activities = cut.items.map(({ activityArn, name, creationDate }) => ({
    activityArn,
    name,
    creationDate: new Date(creationDate),
  }));
  return { activities, ...tokenOf(cut) };
}

/**
 * Takes the next task of an activity, and waits for one for at most 60 seconds; the answer is empty if there was none.
 * @param hungUp aborted when the worker no longer waits
 */
export async function getActivityTask(
  { store, activityTasks }: StatesDependencies,
  { activityArn, workerName }: StatesRequest<'GetActivityTask'>,
  hungUp?: AbortSignal,
): Promise<{ readonly taskToken?: string; readonly input?: string }> {
  store.activity(activityArn);
  const task = await activityTasks.take(activityArn, workerName, hungUp);
  return task?.taskToken === undefined ? {} : { taskToken: task.taskToken, input: task.input };
}
