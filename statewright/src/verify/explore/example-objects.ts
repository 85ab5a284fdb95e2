import type { ObjectStore } from '../../engine';

/** Objects for the ItemReader of a distributed Map: each one is a list of one item. */
export const EXAMPLE_OBJECTS: ObjectStore = {
  async read() {
    return (async function* () {
      yield new TextEncoder().encode('[{}]');
    })();
  },
  async *list() {
    yield [{ Key: 'example.json' }];
  },
  async write() {},
};
