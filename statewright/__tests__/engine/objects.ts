import { type ObjectStore, ObjectStoreError } from '../../src/engine';

/** An object store in memory, with objects by `bucket/key`. */
export function memoryObjects(contents: Readonly<Record<string, string | Uint8Array>> = {}) {
  const objects = new Map(Object.entries(contents));
  const store: ObjectStore = {
    async read({ Bucket, Key }) {
      const found = objects.get(`${Bucket}/${Key}`);
      if (found === undefined) throw new ObjectStoreError('The specified key does not exist.');
      return bytesOf(found);
    },
    async *list({ Bucket, Prefix = '' }) {
      const start = `${Bucket}/${Prefix}`;
      for (const name of [...objects.keys()].sort()) {
        if (name.startsWith(start)) yield [{ Key: name.slice(Bucket.length + 1) }];
      }
    },
    async write({ Bucket, Key }, body) {
      if (Bucket === 'closed') throw new ObjectStoreError('Access Denied');
      objects.set(`${Bucket}/${Key}`, body);
    },
  };
  return { store, objects };
}

/** Byte by byte, so that every value is split. */
async function* bytesOf(contents: string | Uint8Array): AsyncGenerator<Uint8Array> {
  for (const byte of Buffer.from(contents)) yield Buffer.from([byte]);
}
