import { ownField, statesOf } from '../../asl/graph';
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
      const body = bodyFor(readers.find(isNamed) ?? readers[0], item);
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
  if (ownField(config, 'InputType') === 'CSV') {
    const value: unknown = JSON.parse(item);
    const members = isObject(value) && Object.keys(value).length > 0 ? value : { example: 'example' };
    const isGiven = ownField(config, 'CSVHeaderLocation') === 'GIVEN';
    const headers = isGiven ? [] : [Object.keys(members)];
    return [...headers, Object.values(members).map(String)].map((row) => row.join(',')).join('\n');
  }
  const pointer = ownField(config, 'ItemsPointer');
  const names = typeof pointer === 'string' ? pointer.split('/').slice(1) : [];
  return names.reduceRight((inner, name) => `{${JSON.stringify(name)}:${inner}}`, `[${item}]`);
}
