import jsonata from 'jsonata';
import { distinct, isAfter, sorted } from '../../../../src/engine/data/jsonata/arrays';
import { evaluate } from './evaluate';

describe('$sort and $distinct return what they return in jsonata', () => {
  test.each([
    '$sort([3, 1, 2, 1])',
    "$sort(['b', 'a', 'B', ''])",
    '$sort([2])',
    '$sort([])',
    '$sort([3, 1, 2], function($a, $b) { $a < $b })',
    "$sort([{'n': 2, 'i': 1}, {'n': 1, 'i': 2}, {'n': 2, 'i': 3}], function($a, $b) { $a.n > $b.n })",
    '$distinct([1, 2, 1, 3, 2])',
    "$distinct([1, '1', true, 'true', null, 'null', [1], '[1]', [1]])",
    "$distinct([{'a': 1, 'b': 2}, {'b': 2, 'a': 1}, {'a': 1}])",
    "$distinct([{'a': 1}, {'a': 1}].a)",
    '$distinct(5)',
    '$distinct([])',
  ])('%s', async (expression) => {
    const plain = await jsonata(expression).evaluate(undefined);
    expect(JSON.parse(await evaluate(`{% ${expression} %}`))).toEqual(JSON.parse(JSON.stringify(plain)));
  });

  test('also their errors', async () => {
    await expect(evaluate("{% $sort([1, 'a']) %}")).rejects.toThrow('D3070');
  });
});

test('others have their turn between their steps', async () => {
  let turns = 0;
  const turn = () => {
    turns += 1;
    return Promise.resolve();
  };
  const items = Array.from({ length: 100 }, (_, index) => (index * 7) % 100);
  expect(await sorted(items, isAfter(items), turn)).toEqual([...items].sort((a, b) => a - b));
  expect(turns).toBeGreaterThan(100);
  turns = 0;
  expect(await distinct([...items, ...items], [], turn)).toEqual(items);
  expect(turns).toBe(200);
});
