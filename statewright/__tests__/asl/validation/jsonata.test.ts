import { diagnosticsOfState } from '../machine';

const pass = (Output: unknown) => diagnosticsOfState({ Type: 'Pass', Output }, { QueryLanguage: 'JSONata' });

describe('expressions', () => {
  test.each([
    '{% $states.input.orders[total > 100].id %}',
    '{% $sum($states.input.orders.(price * quantity)) %}',
    '{% $map($states.input.names, function($name) { $uppercase($name) }) %}',
    '{% ($rate := 0.2; $states.input.total * $rate) %}',
    '{% $states.input.orders{customer: $sum(total)} %}',
    '{% $states.input.orders^(>total)[0] %}',
    '{% $states.input ~> |orders|{"seen": true}| %}',
    '{% {"id": $states.context.Execution.Id, "all": [1..3]} %}',
    '{%1%}',
  ])('%s is valid', (expression) => {
    expect(pass(expression)).toEqual([]);
  });

  test.each([
    ['{% 1 + %}', 'Unexpected end of expression'],
    ['{% $states.input[1,2) %}', 'Expected "]", got ","'],
    ['{% "open %}', 'String literal must be terminated by a matching quote'],
  ])('%s', (expression, message) => {
    expect(pass(expression)).toEqual([
      expect.stringMatching(
        /^INVALID_JSONATA_EXPRESSION: .* at character \d+ of the expression at \/States\/A\/Output$/,
      ),
    ]);
    expect(pass(expression)[0]).toContain(message);
  });

  test.each([
    ['$states.input.a == 1', '='],
    ['$states.input.a === 1', '='],
    ['$states.input.a && true', 'and'],
    ['$states.input.a || true', 'or'],
    ['!$states.input.a', '$not(…)'],
    ['$states.input.a !== 1', '!='],
  ])('%s: an operator of another language', (expression, operator) => {
    expect(pass(`{% ${expression} %}`)[0]).toContain(`. JSONata has "${operator}" for this`);
  });

  test('one that is nested too deeply', () => {
    expect(pass(`{% ${'('.repeat(5000)}1${')'.repeat(5000)} %}`)).toEqual([
      'INVALID_JSONATA_EXPRESSION: The expression is nested too deeply at /States/A/Output',
    ]);
  });

  test.each([
    ['$states.input.name ?? "none"', '?', 22],
    ['$states.input.name ?: "none"', ':', 22],
    ['($f := function($x) { $x.a ?? 0 }; $f(1))', '?', 30],
    ['{"a": [$states.input.list[price ?? 0 > 1]]}', '?', 35],
  ])('%s: an operator that JSONata 2.0.6 does not have', (expression, symbol, position) => {
    expect(pass(`{% ${expression} %}`)).toEqual([
      `INVALID_JSONATA_EXPRESSION: The symbol "${symbol}" cannot be used as a unary operator at character ${position} of the expression at /States/A/Output`,
    ]);
  });

  test.each([
    '{% "a ?? b ?: c" %}',
    '{% /* ?? */ $x ? 1 : 2 %}',
    '{% $map([1], $f(?, 1)) %}',
    '{% $contains("a", /a??/) %}',
  ])('%s has none of them', (expression) => {
    expect(pass(expression)).toEqual([]);
  });

  test('are found in every field, with their place', () => {
    expect(pass({ a: [1, { b: '{% ( %}' }] })).toEqual([
      expect.stringMatching(/^INVALID_JSONATA_EXPRESSION: .* at \/States\/A\/Output\/a\[1\]\/b$/),
    ]);
  });

  test('without an end', () => {
    expect(pass('{% 1 + 1')).toEqual([
      'SCHEMA_VALIDATION_FAILED: JSONata string must start with {% and end with %} at /States/A/Output',
    ]);
  });

  test('other texts are plain text', () => {
    expect(pass(['1 +', '{ % 1 + %}', '%}', '{{ x }}'])).toEqual([]);
  });
});

describe('names that an expression cannot read', () => {
  test.each([
    ['{% phone %}', 'phone'],
    ['{% address.city %}', 'address'],
    ['{% $sum(orders.total) %}', 'orders'],
    ['{% {"a": total} %}', 'total'],
    ['{% $states.input.ok ? yes : $no %}', 'yes'],
  ])('%s: an expression has no context item', (expression, name) => {
    expect(pass({ v: expression })).toEqual([
      `UNSUPPORTED_JSONATA_EXPRESSION: Reference to '${name}' at the top level is not supported. Did you mean "$states.input.${name}" or the variable "$${name}"? at /States/A/Output/v`,
    ]);
  });

  test('$$', () => {
    expect(pass('{% $$.a %}')).toEqual([
      "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' at the top level is not supported. at /States/A/Output",
    ]);
  });

  test('$states.errorOutput, except in a catcher', () => {
    const Output = '{% $states.errorOutput.Cause %}';
    const task = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:111122223333:function:f' };
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'A', Output, Assign: { error: Output } }];
    expect(diagnosticsOfState({ ...task, Catch }, { QueryLanguage: 'JSONata' })).toEqual([]);
    expect(pass(Output)).toEqual([
      "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$states.errorOutput' at the top level is not supported. Only a catcher has it. at /States/A/Output",
    ]);
  });
});

test('a field that only accepts an expression', () => {
  const ItemProcessor = { StartAt: 'B', States: { B: { Type: 'Succeed' } } };
  const map = (Items: unknown) =>
    diagnosticsOfState({ Type: 'Map', ItemProcessor, Items }, { QueryLanguage: 'JSONata' });
  expect(map('{% $states.input.list %}')).toEqual([]);
  expect(map([1, 2])).toEqual([]);
  expect(map('$.list')).toEqual([
    'SCHEMA_VALIDATION_FAILED: JSONata string must start with {% and end with %} at /States/A/Items',
  ]);
});

test('a variable with a reserved name', () => {
  expect(diagnosticsOfState({ Type: 'Pass', Assign: { states: 1 } }, { QueryLanguage: 'JSONata' })).toEqual([
    "RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/A/Assign",
  ]);
});
