import { ownField } from '../../asl/graph';
import type { IntegrationResource } from '../../asl/resource';
import { type JsonObject, stringifyJson } from '../../engine/data';
import type { TaskCall, TaskResult } from '../../engine/execution/services';
import { callBucket } from '../../integrations/bucket-task';
import { sorted } from '../../integrations/json-members';
import type { StatesDependencies } from './dependencies';
import { refused } from './refused';

/** The bucket of an `aws-sdk:s3` Task; undefined for any other call. */
export function bucketOfTask(
  { sdk, service }: Pick<IntegrationResource, 'sdk' | 'service'>,
  request: unknown,
): string | undefined {
  const name = sdk && service === 's3' ? ownField(request, 'Bucket') : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** Calls S3 on a bucket of this machine; undefined for any other call. */
export async function callLocalBucket(
  { bucketOf, context }: StatesDependencies,
  { executionArn }: TaskCall,
  called: IntegrationResource,
  request: JsonObject,
): Promise<TaskResult | undefined> {
  if (bucketOf === undefined || bucketOfTask(called, request) === undefined) return undefined;
  const answer = await callBucket((name) => bucketOf(name, executionArn), called, request, context.uuid);
  if (answer === undefined) return undefined;
  return 'error' in answer ? refused(called, answer) : { output: stringifyJson(sorted(answer.output)) };
}
