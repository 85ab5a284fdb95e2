import {
  compileJsonata,
  type Json,
  JsonataSyntaxError,
  QueryEvaluationError,
} from '../../../../src/engine/data';
import { evaluate, failureOf, jsonataScope } from './evaluate';

describe('the result of a field', () => {
  test.each<[string, Json, string]>([
    ['an expression', '{% 1 + 1 %}', '2'],
    ['an expression with little space', '{%"a" & "b"%}', '"ab"'],
    ['text that only contains one', 'say {% 1 %}', '"say {% 1 %}"'],
    [
      'expressions in an object, in its order',
      { b: '{% 1+1 %}', a: '{% $states.input.x %}', c: 3 },
      '{"b":2,"a":7,"c":3}',
    ],
    ['expressions in arrays', ['{% 1+1 %}', [null, '{% null %}'], 'x'], '[2,[null,null],"x"]'],
    ['nulls among other values', { a: '{% 1+1 %}', b: '{% null %}', c: null }, '{"a":2,"b":null,"c":null}'],
    ['no expression', { a: [1, '$states.input'] }, '{"a":[1,"$states.input"]}'],
    ['a member named __proto__', { ['__proto__']: '{% 1+1 %}', b: 1 }, '{"__proto__":2,"b":1}'],
  ])('%s', async (_what, value, result) => {
    expect(await evaluate(value, { input: '{"x":7}' })).toBe(result);
  });

  test.each([
    ['$states.input.list', '[1]'],
    ['$states.input.list[0]', '1'],
    ['$states.input.orders.id', '[1,2]'],
    ['$states.input.orders[id = 2].id', '2'],
    ['$states.input.orders.id[]', '[1,2]'],
    ['$states.input.nothing', 'null'],
    ['$states.result.ok', 'true'],
    ['$states.context.State.Name', '"A"'],
    ['$name', '"Ada"'],
    ['$people.name', '["Bo","Cy"]'],
    ['$keys($states)', '["input","context","result"]'],
    ['($x := 2; $x * 3)', '6'],
    ['$map([1,2], function($n) { $n * 2 })', '[2,4]'],
  ])('%s is %s', async (expression, value) => {
    const input = '{"list":[1],"orders":[{"id":1},{"id":2}],"nothing":null}';
    const variables = { name: 'Ada', people: [{ name: 'Bo' }, { name: 'Cy' }] };
    expect(await evaluate(`{% ${expression} %}`, { input, variables, result: '{"ok":true}' })).toBe(value);
  });

  test("jsonata's extra properties on arrays are removed", async () => {
    const value = await compileJsonata(
      '{% $states.input.a.b %}',
      'Output',
    )(jsonataScope({ input: '{"a":[{"b":1},{"b":2}]}' }));
    expect(Object.keys(value as object)).toEqual(['0', '1']);
  });

  test('field access and constants are synchronous', () => {
    const scope = jsonataScope({ input: '{"a":{"b":[1]}}', variables: { v: { w: 1 } } });
    const field = { a: '{% $states.input.a.b %}', b: ['{% $v.w %}'], c: 'constant' };
    expect(compileJsonata(field, 'Output')(scope)).toEqual({ a: [1], b: [1], c: 'constant' });
  });
});

test('a variable hides the function of its name', async () => {
  const variables = { range: 1, größe: 2 };
  expect(await evaluate('{% $range %}', { variables })).toBe('1');
  expect(await evaluate('{% $range + $größe %}', { variables })).toBe('3');
});

describe('numbers', () => {
  test.each([
    ['1.0', '1'],
    ['1e2', '100'],
    ['2.50', '2.5'],
    ['9007199254740993', '9007199254740993'],
    ['9223372036854775807', '9223372036854775807'],
    ['9223372036854775808', '9.223372036854776E18'],
  ])('%s in the input is passed on as %s', async (text, passed) => {
    expect(await evaluate('{% $states.input.n %}', { input: `{"n":${text}}` })).toBe(passed);
    expect(await evaluate('{% $states.input %}', { input: `{"n":[${text}]}` })).toBe(`{"n":[${passed}]}`);
  });

  test.each([
    ['0.1 + 0.2', '0.30000000000000004'],
    ['$states.input.n * 2', '3'],
    ['1e20', '1.0E20'],
    ['0.00001', '1.0E-5'],
    ['9007199254740992 * 2', '18014398509481984'],
    ['1/0', '"Infinity"'],
    ['[-1/0]', '["-Infinity"]'],
  ])('%s is %s', async (expression, value) => {
    expect(await evaluate(`{% ${expression} %}`, { input: '{"n":1.50}' })).toBe(value);
  });
});

describe('an expression that fails', () => {
  test.each([
    ['$nope', 'returned nothing (undefined).'],
    ['$states.input.nope', 'returned nothing (undefined).'],
    ['$states.input.nope.deeper', 'returned nothing (undefined).'],
    ['[1][5]', 'returned nothing (undefined).'],
    ['function($x) { $x }', 'returned an unsupported result type.'],
    ['{"f": $sum}', 'returned an unsupported result type.'],
    ['$sum', 'returned an unsupported result type.'],
    ['/pattern/', 'returned an unsupported result type.'],
    ['$nope()', 'threw an error during evaluation. T1006: Attempted to invoke a non-function'],
    ['$eval("1")', 'threw an error during evaluation. T1006: Attempted to invoke a non-function'],
    ['$error("broken")', 'threw an error during evaluation. D3137: broken'],
    [
      '$abs("1")',
      'threw an error during evaluation. T0410: Argument 1 of function "abs" does not match function signature',
    ],
    [
      '"a" < 1',
      'threw an error during evaluation. T2009: The values "a" and 1 either side of operator "<" must be of the same data type',
    ],
  ])('%s %s', async (expression, failure) => {
    expect(await failureOf(expression)).toBe(failure);
  });

  test('is an error that names the expression and its place', async () => {
    const field = { list: [1, { id: '{% $nope %}' }] };
    await expect(evaluate(field, { location: 'Arguments' })).rejects.toThrow(QueryEvaluationError);
    await expect(evaluate(field, { location: 'Arguments' })).rejects.toMatchObject({
      error: 'States.QueryEvaluationError',
      location: 'Arguments/list[1]/id',
      message:
        "The JSONata expression '$nope' specified for the field 'Arguments/list[1]/id' returned nothing (undefined).",
    });
  });

  test('the first of several is reported, and no further one is evaluated', async () => {
    const asked: string[] = [];
    const variables = {
      get(name: string) {
        asked.push(name);
        return undefined;
      },
    };
    const scope = { ...jsonataScope(), variables };
    const field = compileJsonata(['{% 1 + 1 %}', '{% $first + 1 %}', '{% $second + 1 %}'], 'Output');
    await expect(field(scope)).rejects.toMatchObject({ location: 'Output[1]' });
    expect(asked).toEqual(['first']);
  });
});

describe('limits', () => {
  const sum = (terms: number) => Array(terms).fill('1').join('+');

  test('an expression nests at most a hundred levels', async () => {
    expect(await evaluate(`{% ${sum(100)} %}`)).toBe('100');
    expect(await failureOf(sum(101))).toMatch(
      /^threw an error during evaluation: Stack overflow error: .* Depth=101 max=100$/,
    );
  });

  test('it collects at most 873,782 items', async () => {
    expect(await evaluate('{% $count([1..873782]) %}')).toBe('873782');
    expect(await failureOf('$count([1..873783])')).toBe(
      'threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage',
    );
  });

  test('it cannot call itself for ever', async () => {
    expect(await failureOf('($f := function($n) { 1 + $f($n) }; $f(1))')).toContain('Stack overflow error');
  });
});

describe('a field with a required type', () => {
  const unexpected = (type: string, value: string) =>
    `returned an unexpected result type. Expected 'array', but was '${type}' for value: ${value}`;

  test.each([
    ['1.5', unexpected('number', '1.5')],
    ['"text"', unexpected('string', '"text"')],
    ['true', unexpected('boolean', 'true')],
    ['null', unexpected('null', 'null')],
    ['{"a": [1]}', unexpected('object', '{"a":[1]}')],
    ['$states.input', unexpected('object', '{"b":1}')],
  ])('rejects %s', async (expression, failure) => {
    expect(await failureOf(expression, { expected: 'array', input: '{"b":1}' })).toBe(failure);
  });

  test('accepts a value of its type', async () => {
    expect(await evaluate('{% [1] %}', { expected: 'array' })).toBe('[1]');
    expect(await evaluate('{% 2 %}', { expected: 'integer' })).toBe('2');
    expect(await failureOf('2.5', { expected: 'integer' })).toContain("Expected 'integer', but was 'number'");
  });

  test('is checked only for an expression', async () => {
    expect(await evaluate(['{% 1+1 %}'], { expected: 'array' })).toBe('[2]');
  });
});

test.each([
  ['a[1,2)', 'Expected "]", got ","'],
  ['1 +', 'Unexpected end of expression'],
  ['null ?? 1', 'The symbol "?" cannot be used as a unary operator'],
  ['0 ?: 1', 'The symbol ":" cannot be used as a unary operator'],
])('%s cannot be read: %s', (expression, reason) => {
  const compile = () => compileJsonata({ a: `{% ${expression} %}` }, 'Output');
  expect(compile).toThrow(JsonataSyntaxError);
  expect(compile).toThrow(`Invalid JSONata expression '${expression}' in Output/a: ${reason}`);
});
