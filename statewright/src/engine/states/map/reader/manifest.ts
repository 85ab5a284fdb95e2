import { isArray, isObject, type Json } from '../../../data';
import { hasTexts, type ObjectRequest } from '../../../execution/object-store';
import { ItemReaderError } from '../errors';
import { linesOf } from './text';

/** An inventory of S3: its files, and the names of their columns. */
export interface Inventory {
  readonly files: readonly ObjectRequest[];
  readonly columns: readonly string[];
}

/**
 * Reads the manifest.json of an inventory report (S3 User Guide, "Locating your inventory list").
 * @throws ItemReaderError
 */
export function inventoryOf(manifest: Json): Inventory {
  if (!isObject(manifest) || !hasTexts(manifest, ['destinationBucket', 'fileFormat', 'fileSchema'])) {
    throw new ItemReaderError('The manifest is not that of an S3 inventory.');
  }
  const { destinationBucket, fileFormat, fileSchema, files } = manifest;
  if (fileFormat !== 'CSV') {
    throw new ItemReaderError(`The S3 inventory has the format ${fileFormat}. Only CSV can be read here.`);
  }
  const Bucket = destinationBucket.replace(/^arn:[^:]*:s3:::/, '');
  return {
    files: (isArray(files) ? files : []).flatMap((file) =>
      isObject(file) && typeof file.key === 'string' ? [{ Bucket, Key: file.key }] : [],
    ),
    columns: fileSchema.split(',').map((column) => column.trim()),
  };
}

/**
 * The objects that the manifest of an Athena query names: a line `s3://bucket/key` for each.
 * @throws ItemReaderError
 */
export async function* athenaObjects(text: AsyncIterable<string>): AsyncGenerator<ObjectRequest> {
  for await (const line of linesOf(text)) {
    const uri = line.trim().replace(/^"(.*)"$/, '$1');
    if (uri === '') continue;
    const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
    if (Bucket === undefined || Key === undefined) {
      throw new ItemReaderError(`The manifest has a line that is not an address of S3: ${uri}`);
    }
    yield { Bucket, Key };
  }
}
