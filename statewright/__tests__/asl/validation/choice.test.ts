import { diagnosticsOf } from '../machine';

const machine = (rules: unknown, rest = {}) =>
  diagnosticsOf({
    StartAt: 'A',
    States: { A: { Type: 'Choice', Choices: rules, Default: 'B' }, B: { Type: 'Succeed' } },
    ...rest,
  });
const rule = (fields: object) => machine([{ ...fields, Next: 'B' }]);

const operands = { String: 'a', Numeric: 1.5, Boolean: true, Timestamp: '2030-01-31T08:00:00Z' };
const orders = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'];

describe('operators', () => {
  test.each(
    Object.entries(operands).flatMap(([kind, operand]) =>
      orders
        .filter((order) => kind !== 'Boolean' || order === 'Equals')
        .flatMap((order): [string, unknown][] => [
          [`${kind}${order}`, operand],
          [`${kind}${order}Path`, '$.other'],
        ]),
    ),
  )('%s %p', (operator, operand) => {
    expect(rule({ Variable: '$.a', [operator]: operand })).toEqual([]);
    expect(rule({ Variable: '$.a', [operator]: {} })).toEqual([
      expect.stringMatching(
        new RegExp(`^SCHEMA_VALIDATION_FAILED: .* at /States/A/Choices\\[0\\]/${operator}$`),
      ),
    ]);
  });

  test.each(['IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'])(
    '%s',
    (operator) => {
      expect(rule({ Variable: '$$.Execution.Input.a', [operator]: false })).toEqual([]);
      expect(rule({ Variable: '$a', [operator]: 'yes' })).toEqual([
        `SCHEMA_VALIDATION_FAILED: Expected value of type Boolean at /States/A/Choices[0]/${operator}`,
      ]);
    },
  );

  test('StringMatches', () => {
    expect(rule({ Variable: '$.a', StringMatches: '*.log' })).toEqual([]);
  });

  test('a misspelt operator', () => {
    expect(rule({ Variable: '$.a', NumericEqual: 1 })).toContain(
      `SCHEMA_VALIDATION_FAILED: Field 'NumericEqual' is not supported. Did you mean "NumericEquals"? at /States/A/Choices[0]`,
    );
  });

  test('no operator', () => {
    expect(rule({ Variable: '$.a' })).toEqual([
      expect.stringMatching(
        /^SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields: \[.*StringEquals.*\] at \/States\/A\/Choices\[0\]$/,
      ),
    ]);
  });

  test('two operators', () => {
    expect(rule({ Variable: '$.a', StringEquals: 'x', NumericEquals: 1 })).toEqual([
      'SCHEMA_VALIDATION_FAILED: There should only be one of the following fields: [StringEquals, NumericEquals] at /States/A/Choices[0]',
    ]);
  });

  test('a text that looks like a path', () => {
    expect(rule({ Variable: '$.a', StringEquals: '$.b' })).toEqual([
      expect.stringMatching(/^WARNING NO_PATH: .* at \/States\/A\/Choices\[0\]\/StringEquals$/),
    ]);
  });

  test('a variable that is not a path', () => {
    expect(rule({ Variable: 'States.ArrayLength($.a)', NumericEquals: 0 })).toEqual([
      "SCHEMA_VALIDATION_FAILED: Value is not a Reference Path: Reference path didn't start with '$' at /States/A/Choices[0]/Variable",
    ]);
  });
});

describe('rules', () => {
  const test1 = { Variable: '$.a', IsNull: true };

  test.each([{ And: [test1, test1] }, { Or: [test1] }, { Not: test1 }, { Not: { And: [{ Not: test1 }] } }])(
    '%j',
    (fields) => {
      expect(rule(fields)).toEqual([]);
    },
  );

  test('at least one is required', () => {
    expect(machine([])).toEqual(['SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/A/Choices']);
  });

  test('each needs a Next', () => {
    expect(machine([test1])).toEqual([
      'SCHEMA_VALIDATION_FAILED: These fields are required: [Next] at /States/A/Choices[0]',
    ]);
  });

  test.each([{}, { And: [test1], Not: test1 }, { ...test1, Or: [test1] }])(
    'are of one kind: %j',
    (fields) => {
      expect(rule(fields)).toContain(
        'SCHEMA_VALIDATION_FAILED: The object must have only one of the following fields, [And, Or, Not, Variable, Condition] at /States/A/Choices[0]',
      );
    },
  );

  test('nested rules have no Next', () => {
    expect(rule({ And: [{ ...test1, Next: 'B' }] })).toEqual([
      "SCHEMA_VALIDATION_FAILED: Field 'Next' is not supported at /States/A/Choices[0]/And[0]",
    ]);
  });

  test('an operator next to And', () => {
    expect(rule({ And: [test1], IsNull: true })).toEqual([
      "SCHEMA_VALIDATION_FAILED: Field 'IsNull' is not supported at /States/A/Choices[0]",
    ]);
  });

  test('a Condition is for JSONata, a Variable is not', () => {
    const jsonata = (fields: object) => machine([{ ...fields, Next: 'B' }], { QueryLanguage: 'JSONata' });
    expect(jsonata({ Condition: '{% $states.input.a > 1 %}' })).toEqual([]);
    expect(jsonata({ Condition: true, Output: 1, Assign: { a: 1 } })).toEqual([]);
    expect(jsonata(test1)).toContain(
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'Variable' is only supported for the 'JSONPath' QueryLanguage at /States/A/Choices[0]",
    );
    expect(rule({ Condition: '{% true %}' })).toEqual([
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' QueryLanguage at /States/A/Choices[0]",
    ]);
  });
});
