import { resolve } from 'node:path';
import type { Bucket, BucketOf } from '../integrations/bucket';
import { FolderBucket } from '../integrations/folder-bucket';
import { UserError } from '../user-error';
import { isFolder } from '../user-file';
import { listOf, type Option, type Values } from './command';

export const bucketOption: Option = {
  type: 'list',
  value: 'NAME=DIR',
  description: 'A folder in place of an S3 bucket, for distributed Maps and aws-sdk:s3 Tasks',
};

/**
 * Reads the folders that take the place of buckets.
 * @throws UserError for an option without a name, a folder that does not exist, and a second folder for a bucket
 */
export function readBuckets({ bucket }: Values): BucketOf {
  const buckets = new Map<string, Bucket>();
  for (const text of listOf(bucket)) {
    const [, name = '', folder = ''] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    if (name === '') {
      throw new UserError(
        `"${text}" (--bucket) does not name a bucket and its folder.`,
        'Write NAME=DIR: orders=./data/orders',
      );
    }
    if (!isFolder(folder)) {
      throw new UserError(
        `--bucket ${text}: the folder ${resolve(folder)} does not exist.`,
        `Create it: mkdir -p ${folder}`,
      );
    }
    if (buckets.has(name))
      throw new UserError(`--bucket names a folder for "${name}" twice.`, 'Keep one of them.');
    buckets.set(name, new FolderBucket(folder));
  }
  return (name) => buckets.get(name);
}
