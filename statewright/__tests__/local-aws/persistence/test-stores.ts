import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../../../src/local-aws/persistence/store';
import { asIfKilled } from './killed';

/** Opens stores in a folder that each test of a file has for itself, and closes and removes them after it. */
export function testStores() {
  let folder: string;
  const opened: Store[] = [];
  const copies: string[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'store-'));
  });
  afterEach(() => {
    for (const store of opened.splice(0)) store.close();
    for (const place of [folder, ...copies.splice(0)]) rmSync(place, { recursive: true });
  });

  async function open(place = folder): Promise<Store> {
    const store = await openStore(place);
    opened.push(store);
    return store;
  }
  return {
    folder: () => folder,
    open,
    /** What is found after the process was killed at this moment. */
    openKilled(): Promise<Store> {
      const copy = asIfKilled(folder);
      copies.push(copy);
      return open(copy);
    },
  };
}
