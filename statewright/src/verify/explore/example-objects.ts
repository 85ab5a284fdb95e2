import { unparse } from 'papaparse';
import { CSV_DELIMITERS } from '../../asl/csv-delimiters';
import { objectOf, ownField, statesOf } from '../../asl/graph';
import type { ObjectStore } from '../../engine';
import { isObject } from '../../is-object';

/** The members of an object in a list of S3. */
const LISTED = {
  Key: 'example.json',
  Size: 1,
  ETag: '"example"',
  LastModified: '2024-01-01T00:00:00Z',
  StorageClass: 'STANDARD',
};

/**
 * The definition with ItemReaders that read an example: of a manifest, the data that it names; of data in Parquet, the
 * same in JSON.
 */
export function withReadableItems(definition: object): object {
  const copy = structuredClone(definition);
  for (const { content } of statesOf(copy)) {
    const reader = ownField(content, 'ItemReader');
    const config = objectOf(ownField(reader, 'ReaderConfig'));
    if (!isObject(reader) || config === undefined) continue;
    const { ManifestType, MaxItems, ...format } = config;
    const isJson = /^(?:MANIFEST|PARQUET)$/.test(String(format.InputType)) || ManifestType === 'S3_INVENTORY';
    Object.assign(reader, {
      ReaderConfig: {
        ...(isJson ? { InputType: 'JSON' } : format),
        ...(MaxItems !== undefined && { MaxItems }),
      },
    });
  }
  return copy;
}

/**
 * Objects for the ItemReaders of a definition's distributed Maps: each one has one item.
 *
 * @param item the item as JSON text, with the members that the states read
 */
export function exampleObjects(definition: object, item: string): ObjectStore {
  const readers = [...statesOf(definition)].flatMap(({ content }) => {
    const reader = ownField(content, 'ItemReader');
    return reader === undefined ? [] : [reader];
  });
  return {
    async read({ Key }) {
      const isNamed = (reader: unknown) =>
        ['Parameters', 'Arguments'].some((field) => ownField(ownField(reader, field), 'Key') === Key);
      const isListed = (reader: unknown) =>
        Key === LISTED.Key && ownField(ownField(reader, 'ReaderConfig'), 'Transformation') !== undefined;
      const reader = readers.find(isNamed) ?? readers.find(isListed) ?? readers[0];
      const body = bodyFor(reader, item);
      return (async function* () {
        yield new TextEncoder().encode(body);
      })();
    },
    async *list() {
      yield [LISTED];
    },
    async write() {},
  };
}

/** The item in the format that a reader expects. */
function bodyFor(reader: unknown, item: string): string {
  const config = ownField(reader, 'ReaderConfig');
  if (ownField(config, 'InputType') === 'JSONL') return item;
  if (ownField(config, 'InputType') === 'CSV') return csvOf(JSON.parse(item), config);
  const pointer = ownField(config, 'ItemsPointer');
  const names = typeof pointer === 'string' ? pointer.split('/').slice(1) : [];
  return names.reduceRight((inner, name) => `{${JSON.stringify(name)}:${inner}}`, `[${item}]`);
}

/** One row, with the headers above it unless the ReaderConfig has them. */
function csvOf(item: unknown, config: unknown): string {
  const members = isObject(item) && Object.keys(item).length > 0 ? item : { example: 'example' };
  const headers = ownField(config, 'CSVHeaders');
  const isGiven = ownField(config, 'CSVHeaderLocation') === 'GIVEN' && Array.isArray(headers);
  const columns = isGiven ? headers.map(String) : Object.keys(members);
  const row = columns.map((column) => String(members[column] ?? 'example'));
  const delimiter = CSV_DELIMITERS[String(ownField(config, 'CSVDelimiter'))] ?? ',';
  return unparse(isGiven ? [row] : [columns, row], { delimiter });
}
