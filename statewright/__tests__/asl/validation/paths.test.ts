import { diagnosticsOfState } from '../machine';

const pass = (fields: object) => diagnosticsOfState({ Type: 'Pass', ...fields });
const task = (fields: object) =>
  diagnosticsOfState({
    Type: 'Task',
    Resource: 'arn:aws:lambda:us-east-1:111122223333:function:f',
    ...fields,
  });

describe('paths', () => {
  test.each([
    '$',
    '$.a',
    '$.a[0].b',
    "$['a b']",
    '$..a',
    '$.a[*]',
    '$$.Execution.Id',
    '$total',
    '$total.net',
  ])('InputPath %s is a path', (InputPath) => {
    expect(pass({ InputPath })).toEqual([]);
  });

  test.each(['', 'a', '$.', '$.a[', "$['a"])('InputPath %s is not a path', (InputPath) => {
    expect(pass({ InputPath })).toEqual([
      expect.stringMatching(
        /^SCHEMA_VALIDATION_FAILED: Value must be a valid JSONPath\. .+ at \/States\/A\/InputPath$/,
      ),
    ]);
  });

  test('null means an empty object', () => {
    expect(pass({ InputPath: null, OutputPath: null, ResultPath: null })).toEqual([]);
  });
});

describe('reference paths', () => {
  test.each(['$', '$.a.b', '$.a[0]'])('ResultPath %s is a reference path', (ResultPath) => {
    expect(pass({ ResultPath })).toEqual([]);
  });

  test.each([
    ['a', "Reference path didn't start with '$'"],
    ['$.a[*]', 'It can match more than one value'],
    ['$..a', 'It can match more than one value'],
    ['$.a[?(@.b)]', 'It can match more than one value'],
    ['$$.State.Name', 'It reads the context object'],
    ['$total', 'A result is put in the input, not in a variable'],
  ])('ResultPath %s is not a reference path', (ResultPath, reason) => {
    expect(pass({ ResultPath })).toEqual([
      `SCHEMA_VALIDATION_FAILED: Value is not a Reference Path: ${reason} at /States/A/ResultPath`,
    ]);
  });

  test('TimeoutSecondsPath reads the input and variables', () => {
    expect(task({ TimeoutSecondsPath: '$.limit' })).toEqual([]);
    expect(task({ TimeoutSecondsPath: '$limit' })).toEqual([]);
    expect(task({ TimeoutSecondsPath: '$$.Execution.Input.limit' })).toEqual([
      'SCHEMA_VALIDATION_FAILED: Value is not a Reference Path: It reads the context object at /States/A/TimeoutSecondsPath',
    ]);
  });
});

describe('payload templates', () => {
  test('have values, paths and intrinsic functions', () => {
    const Parameters = {
      text: 'plain',
      'id.$': '$.id',
      'name.$': '$$.State.Name',
      'greeting.$': "States.Format('Hello {}', $.name)",
      list: [{ 'x.$': '$x' }, 7, null],
    };
    expect(pass({ Parameters })).toEqual([]);
  });

  test.each([
    ['text', 'plain'],
    ['a number', 7],
    ['an unknown function', 'States.Fromat($.a)'],
    ['an unfinished call', 'States.Format('],
    ['an unfinished path', '$.a['],
  ])('%s in a field that ends in .$', (_, value) => {
    expect(pass({ Parameters: { 'id.$': value } })).toEqual([
      expect.stringMatching(
        /^SCHEMA_VALIDATION_FAILED: The value for the field 'id\.\$' must be a valid JSONPath or a valid intrinsic function call\. .+ at \/States\/A\/Parameters$/,
      ),
    ]);
  });

  test.each([
    ['a list', [{ 'seat.$': '$.seat' }, 'row A']],
    ['text', 'plain'],
    ['a number', 7],
    ['true', true],
  ])('a template is %s', (_, template) => {
    expect(pass({ Parameters: template })).toEqual([]);
    expect(task({ Parameters: template, ResultSelector: template })).toEqual([]);
  });

  test('a field with and without .$', () => {
    const template = { a: [{ 'id.$': '$.id', id: 1 }] };
    const fault = (field: string) =>
      `SCHEMA_VALIDATION_FAILED: Cannot have both the field 'id.$' and the field 'id' at the same time at /States/A/${field}/a[0]`;
    expect(task({ Parameters: template })).toEqual([fault('Parameters')]);
    expect(task({ ResultSelector: template })).toEqual([fault('ResultSelector')]);
  });

  test('report the place of a nested fault', () => {
    expect(task({ ResultSelector: { a: [{ 'b.$': 'x' }] } })).toEqual([
      expect.stringMatching(/ at \/States\/A\/ResultSelector\/a\[0\]$/),
    ]);
  });

  test('a path in a field that does not end in .$', () => {
    expect(pass({ Parameters: { id: '$.id' } })).toEqual([
      "WARNING NO_DOLLAR: Field 'id' appears to hold a JSONPath or an intrinsic function, but its name does not end with '.$' at /States/A/Parameters/id",
    ]);
  });

  test.each(['$5', 'USD', `\${aws_lambda_function.test.arn}`])('%s is not a path', (price) => {
    expect(pass({ Parameters: { price } })).toEqual([]);
  });
});

describe('Assign', () => {
  test.each(['total', 'größe', '合計', 'a_1'])('the variable %s', (name) => {
    expect(pass({ Assign: { [name]: 1, [`${name}2.$`]: '$.a' } })).toEqual([]);
  });

  test.each(['1st', 'a-b', 'a b', ''])('%p is not a variable', (name) => {
    expect(pass({ Assign: { [name]: 1 } })).toEqual([
      `INVALID_VARIABLE_NAME: Invalid variable name '${name}': the variable name contains invalid characters. at /States/A/Assign`,
    ]);
  });

  test('a name of 81 characters', () => {
    expect(pass({ Assign: { ['v'.repeat(80)]: 1 } })).toEqual([]);
    expect(pass({ Assign: { ['v'.repeat(81)]: 1 } })).toEqual([
      expect.stringMatching(
        /^INVALID_VARIABLE_NAME: .* the variable name exceeds the 80-character limit\. at/,
      ),
    ]);
  });

  test.each(['states', 'states.$'])('%s is reserved', (name) => {
    expect(pass({ Assign: { [name]: '$.a' } })).toContain(
      "RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/A/Assign",
    );
  });
});
