import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Arguments } from '../../../terraform/arguments';
import { ArgumentError, UnsupportedError } from '../../../terraform/errors';
import { globPattern } from '../../../terraform/functions/files';
import type { BlockContext, BlockType } from '../block-type';
import { filesIn, type ZipEntry, zipFiles } from './zip-files';

/** Zips files as the archive provider's data source does. The zip is kept in memory; nothing is written. */
export const archiveFile: BlockType = (block, context) => {
  const type = block.text('type');
  if (type !== 'zip')
    throw new UnsupportedError(`${block.place}.type`, `the archive type "${type}" is not supported here`);
  const mode = Number.parseInt(block.optionalText('output_file_mode') ?? '0644', 8);
  const zip = zipFiles(entriesOf(block, context), mode);
  context.addFile(block.text('output_path'), zip);

  const digest = (algorithm: string, encoding: 'hex' | 'base64') =>
    createHash(algorithm).update(zip).digest(encoding);
  return {
    id: digest('sha1', 'hex'),
    output_size: zip.length,
    output_md5: digest('md5', 'hex'),
    output_sha: digest('sha1', 'hex'),
    output_sha256: digest('sha256', 'hex'),
    output_base64sha256: digest('sha256', 'base64'),
    output_sha512: digest('sha512', 'hex'),
    output_base64sha512: digest('sha512', 'base64'),
  };
};

function entriesOf(block: Arguments, context: BlockContext): ZipEntry[] {
  if (block.has('source_file')) {
    const path = block.text('source_file');
    return [{ name: basename(path), bytes: contentOf('source_file', path, block, context) }];
  }
  if (block.has('source_dir')) return folderEntries(block, context);
  const text = (content: string) => Buffer.from(content, 'utf8');
  if (block.has('source_content')) {
    return [{ name: block.text('source_content_filename'), bytes: text(block.text('source_content')) }];
  }
  const sources = block.blocks('source');
  if (sources.length === 0) block.missing('source_file');
  return sources.map((source) => ({ name: source.text('filename'), bytes: text(source.text('content')) }));
}

function folderEntries(block: Arguments, context: BlockContext): ZipEntry[] {
  const folder = block.text('source_dir');
  const absolute = resolve(context.folder, folder);
  if (!statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ArgumentError(`${block.place}.source_dir`, `the folder ${folder} does not exist`);
  }
  const excluded = block.texts('excludes').map((path) => globPattern(path.replace(/\/$/, '')));
  const isExcluded = (path: string) =>
    pathsTo(path).some((each) => excluded.some((pattern) => pattern.test(each)));
  return filesIn(absolute)
    .filter((path) => !isExcluded(path))
    .map((path) => ({ name: path, bytes: contentOf('source_dir', join(folder, path), block, context) }));
}

/** The folders that lead to a path, and the path itself. */
const pathsTo = (path: string): string[] =>
  path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'));

function contentOf(argument: string, path: string, block: Arguments, { readFile }: BlockContext): Uint8Array {
  const bytes = readFile(path);
  if (!bytes) throw new ArgumentError(`${block.place}.${argument}`, `the file ${path} does not exist`);
  return bytes;
}
