import { jsonChanges } from '../../src/console/json-changes';

test.each([
  ['{"a":1}', '{"a":1.0}', []],
  ['{"a":1,"b":2}', '{"a":1,"c":[]}', ['removed $.b', 'added $.c']],
  ['{"a":{"b":[1,{"c":2}]}}', '{"a":{"b":[1,{"c":3},4]}}', ['changed $.a.b[1].c', 'added $.a.b[2]']],
  ['{"a b":1}', '{"a b":2}', ['changed $["a b"]']],
  ['[1]', '{"0":1}', ['changed $']],
  ['{}', 'null', ['changed $']],
  ['"a"', '"b"', ['changed $']],
  ['{"__proto__":1}', '{"__proto__":2}', ['changed $.__proto__']],
] as const)('%s to %s', (before, after, expected) => {
  const found = jsonChanges(before, after)?.map(
    ({ path, ...change }) =>
      `${change.before === undefined ? 'added' : change.after === undefined ? 'removed' : 'changed'} ${path}`,
  );
  expect(found).toEqual(expected);
});

test('text that is not JSON cannot be compared', () => {
  expect(jsonChanges('{}', 'plain')).toBeUndefined();
});
