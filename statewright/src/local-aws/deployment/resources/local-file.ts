import type { Arguments } from '../../../terraform/arguments';
import type { BlockContext, BlockType } from '../block-type';
import { fileAttributes } from '../file-attributes';

/** A file that later blocks can read, such as `archive_file`. It is kept in memory; nothing is written. */
export const localFile: BlockType = (block, context) => {
  const bytes = contentsOf(block, context) ?? block.missing('content');
  context.addFile(block.text('filename'), bytes);
  return fileAttributes(bytes);
};

/** What the arguments `source`, `content` or `content_base64` hold; undefined if there are none, or no file. */
export function contentsOf(block: Arguments, { readFile }: BlockContext): Uint8Array | undefined {
  const source = block.optionalText('source');
  if (source !== undefined) return readFile(source);
  const [content, sensitive, encoded] = ['content', 'sensitive_content', 'content_base64'].map((name) =>
    block.optionalText(name),
  );
  const text = content ?? sensitive;
  if (text !== undefined) return Buffer.from(text);
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64');
}
