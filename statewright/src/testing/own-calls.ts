import { ownField } from '../asl/graph';
import { parseResource } from '../asl/resource';
import type { TaskCall } from '../engine';
import type { Account, AccountOptions } from '../local-aws/account';
import { bucketOfTask } from '../local-aws/step-functions/bucket-task';
import { OWN_SERVICES } from '../local-aws/step-functions/dependencies';
import { neededService } from '../local-aws/step-functions/upstream-task';

/**
 * Whether the account itself can answer a call: it starts a state machine of the account, or is an `aws-sdk:` call of a
 * service that the account has.
 */
export function isAnsweredByAccount({ states }: Account, { resource, input }: TaskCall): boolean {
  const called = parseResource(resource);
  if (called.kind !== 'integration') return false;
  // A worker that waits for a task would stop the simulated time.
  if (called.sdk && called.action === 'getActivityTask') return false;
  if (called.sdk) return (OWN_SERVICES as readonly string[]).includes(called.service);
  if (called.service !== 'states') return false;
  const arn = String(ownField(JSON.parse(input), 'StateMachineArn'));
  return states
    .listStateMachines()
    .stateMachines.some(({ stateMachineArn }) => `${arn}:`.startsWith(`${stateMachineArn}:`));
}

/** Whether a call is an `aws-sdk:s3` call on a bucket of the test. */
export function isAnsweredByBucket(
  buckets: { has(name: string): boolean },
  { resource, input }: TaskCall,
): boolean {
  const called = parseResource(resource);
  const name = called.kind === 'integration' ? bucketOfTask(called, JSON.parse(input)) : undefined;
  return name !== undefined && buckets.has(name);
}

/** Whether a call is for a bucket on this machine, or for a service that has an endpoint. */
export function isAnsweredByService(
  { upstreamOf, bucketOf, connections }: AccountOptions,
  task: TaskCall,
): boolean {
  const called = parseResource(task.resource);
  if (called.kind !== 'integration') return false;
  const has = (name: string) => bucketOf?.(name, task.executionArn) !== undefined;
  if (isAnsweredByBucket({ has }, task)) return true;
  return (
    upstreamOf?.(neededService(called)) !== undefined ||
    (called.service === 'http' && connections !== undefined)
  );
}
