import { createHash } from 'node:crypto';
import type { BlockType } from '../block-type';
import { contentsOf } from './local-file';

/** The name that code in S3 has among the files of a deployment. */
export const objectPath = (bucket: string, key: string): string => `s3://${bucket}/${key}`;

/** An object exists for the deployment alone: the code of functions and layers can be in it. */
export const s3Object: BlockType = (block, context) => {
  const key = block.text('key');
  const contents = contentsOf(block, context);
  if (contents) context.addFile(objectPath(block.text('bucket'), key), contents);
  const byName = context.otherTypes?.(block, context);
  const etag = createHash('md5')
    .update(contents ?? '')
    .digest('hex');
  return byName ?? { id: key, etag, version_id: '' };
};
