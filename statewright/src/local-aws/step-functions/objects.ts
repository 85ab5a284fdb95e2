import type { TaskPermission } from '../../asl/task-permissions';
import {
  type ListedObject,
  type ListRequest,
  type ObjectRequest,
  type ObjectStore,
  ObjectStoreError,
} from '../../engine/execution/object-store';
import { BucketObjects } from '../../integrations/bucket-objects';
import { S3Objects } from '../../integrations/s3-objects';
import { deniedFailure } from '../../integrations/service-error';
import type { StatesDependencies } from './dependencies';
import { deniedMessage } from './task-role';

/** The execution whose distributed Maps read and write objects. */
interface Caller {
  readonly executionArn: string;
  readonly roleArn: string;
}

/**
 * The objects that an execution reads and writes, as far as its role may: those of buckets on this machine, else those of
 * the endpoint for S3.
 */
export function objectsOf(states: StatesDependencies, { executionArn, roleArn }: Caller): ObjectStore {
  const { region, uuid } = states.context;
  const upstream = new S3Objects(states.upstreamOf, region);

  const storeOf = (Bucket: string, permission: TaskPermission): ObjectStore => {
    const denied = deniedMessage(states, { roleArn }, [permission]);
    if (denied !== undefined) {
      throw new ObjectStoreError(deniedFailure({ sdk: false, service: 's3' }, denied, uuid()).cause);
    }
    const bucket = states.bucketOf?.(Bucket, executionArn);
    return bucket ? new BucketObjects(bucket, uuid) : upstream;
  };
  const objectArn = ({ Bucket, Key }: ObjectRequest) => `arn:aws:s3:::${Bucket}/${Key}`;

  return {
    async read(request) {
      const action = request.VersionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
      return storeOf(request.Bucket, { action, resource: objectArn(request) }).read(request);
    },
    async *list(request: ListRequest): AsyncGenerator<readonly ListedObject[]> {
      const resource = `arn:aws:s3:::${request.Bucket}`;
      yield* storeOf(request.Bucket, { action: 's3:ListBucket', resource }).list(request);
    },
    async write(request, body) {
      await storeOf(request.Bucket, { action: 's3:PutObject', resource: objectArn(request) }).write(
        request,
        body,
      );
    },
  };
}
