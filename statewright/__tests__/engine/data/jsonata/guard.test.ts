import jsonata from 'jsonata';
import { compileJsonata } from '../../../../src/engine/data';
import { evaluate, failureOf, jsonataScope } from './evaluate';

const tooMuch =
  'threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage';

test.each([
  '$length($pad("", 500000000, "x"))',
  '$length($pad("", -500000000, "x"))',
  '($double := function($s, $n) { $n = 0 ? $s : $double($s & $s, $n - 1) }; $length($double("x", 28)))',
  '($double := function($s, $n) { $n = 0 ? $s : $double([[$s], [$s]], $n - 1) }; $double(1, 28))',
  '($double := function($s, $n) { $n = 0 ? $s : $double({"a": $s, "b": $s}, $n - 1) }; $string($double(1, 28)))',
  '($text := $pad("x", 1000000); [1..1000].$uppercase($text))',
  '($text := $pad("x", 1000000); $map([1..1000].$text, $uppercase))',
  '$replace($pad("", 10000, "x"), "x", $pad("", 10000, "y"))',
])(
  '%s takes no more memory than there is',
  async (expression) => {
    expect(await failureOf(expression)).toBe(tooMuch);
  },
  20_000,
);

test('what is large, and no larger than a state can use, is not refused', async () => {
  expect(await evaluate('{% $length($pad("", 1000000, "x")) %}')).toBe('1000000');
  const copies = '{% $count([1..5000].$uppercase("abc")) & " " & $length($join([1..5000].$string())) %}';
  expect(await evaluate(copies)).toBe('"5000 18893"');
}, 20_000);

test('functions in a value are no trouble', async () => {
  expect(await evaluate('{% $type({"f": $uppercase, "g": function($x) { $x }}) %}')).toBe('"object"');
});

test('others have their turn also when the time of day is set back', async () => {
  const now = Date.now();
  const backwards = jest
    .spyOn(Date, 'now')
    .mockReturnValueOnce(now)
    .mockReturnValue(now - 3_600_000);
  const order: string[] = [];
  const evaluation = evaluate('{% $sum([1..4000].($ * 2)) %}').then(() => order.push('evaluated'));
  setImmediate(() => order.push('another'));
  await evaluation;
  backwards.mockRestore();
  expect(order).toEqual(['another', 'evaluated']);
});

test.each([
  '$sum([1..4000].($ * 2))',
  '$count($split($pad("", 30000, ","), /,/))',
  '$count($match($pad("", 30000, ","), /,/))',
  '$length($replace($pad("", 30000, ","), /,/, "."))',
  '$count($map([1..30000], $string))',
])(
  'a long evaluation lets others have their turn, while simulated time stands still: %s',
  async (expression) => {
    let held = 0;
    const hold = () => {
      held++;
      return () => {
        held--;
      };
    };
    const evaluator = compileJsonata(`{% ${expression} %}`, 'Output');
    const order: string[] = [];
    const evaluation = Promise.resolve(evaluator({ ...jsonataScope(), hold })).then(() =>
      order.push('evaluated'),
    );
    setImmediate(() => order.push(`another, held ${held}`));
    await evaluation;
    expect(order).toEqual(['another, held 1', 'evaluated']);
    expect(held).toBe(0);
  },
  20_000,
);

test.each([
  '$map(["a", "bc"], $uppercase)',
  '$map(["a", "xxb"], /b/).match',
  '$reduce(["a", "b"], $join)',
  '$filter([0, 1, 2], $boolean)',
  '$each({"a": 1}, $string)',
  '$replace("abcb", /b/, function($m) { $uppercase($m.match) & $m.index })',
  '$match("ab", function($text) { {"match": $text, "start": 0, "end": 2, "groups": [], "next": function() { $nothing }} }).match',
  '$split("a1b22c", /\\d+/, 2)',
])('a function that a function receives is called as in jsonata: %s', async (expression) => {
  expect(await evaluate(`{% ${expression} %}`)).toBe(
    JSON.stringify(await jsonata(expression).evaluate(undefined)),
  );
});

test.each(['not base64!', 'YQ=', 'Y', 'YW Jj'])('%j is not Base64', async (text) => {
  expect(await failureOf(`$base64decode("${text}")`)).toContain('D3137');
});

test.each(['YWI=', 'YWI'])('%j is Base64', async (text) => {
  expect(await evaluate(`{% $base64decode("${text}") %}`)).toBe('"ab"');
});

test('any number of numbers has a largest and a smallest', async () => {
  expect(await evaluate('{% [$max([1..200000]), $min([1..200000]), $max([3])] %}')).toBe('[200000,1,3]');
  expect(await failureOf('$max([])')).toBe('returned nothing (undefined).');
  expect(await failureOf('$max(["a"])')).toContain('T0412');
});
