import { ArgumentError } from '../../../terraform/errors';
import type { BlockType } from '../block-type';
import { fileAttributes } from '../file-attributes';

/** Reads a file: local_file (Terraform Registry, local provider). */
export const localFile: BlockType = (block, context) => {
  const path = block.text('filename');
  const bytes = context.readFile(path);
  if (!bytes) throw new ArgumentError(`${block.place}.filename`, `the file ${path} does not exist`);
  return {
    ...fileAttributes(bytes),
    content: Buffer.from(bytes).toString('utf8'),
    content_base64: Buffer.from(bytes).toString('base64'),
  };
};
