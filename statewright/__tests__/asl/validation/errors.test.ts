import { diagnosticsOfState } from '../machine';

const task = (fields: object) =>
  diagnosticsOfState({
    Type: 'Task',
    Resource: 'arn:aws:lambda:us-east-1:111122223333:function:f',
    ...fields,
  });
const retry = (fields: object) => task({ Retry: [{ ErrorEquals: ['E'], ...fields }] });

describe('Retry', () => {
  test('all fields', () => {
    expect(
      retry({
        Comment: 'c',
        IntervalSeconds: 2,
        MaxAttempts: 0,
        BackoffRate: 1.5,
        MaxDelaySeconds: 3,
        JitterStrategy: 'FULL',
      }),
    ).toEqual([]);
  });

  test.each([
    ['IntervalSeconds', -1, 'Minimum value is 0'],
    ['MaxAttempts', -1, 'Minimum value is 0'],
    ['MaxAttempts', 100_000_000, 'Maximum value is 99999999'],
    ['BackoffRate', 0.5, 'Minimum value is 1.0'],
    ['MaxDelaySeconds', 0, 'Minimum value is 1'],
    ['MaxDelaySeconds', 31_622_401, 'Maximum value is 31622400'],
    ['JitterStrategy', 'full', 'Value should be one of the following: [NONE, FULL]. Did you mean "FULL"?'],
    ['IntervalSeconds', '1', 'Expected value of type Integer'],
    ['ErrorEquals', [], 'Value cannot be empty'],
  ])('%s %p', (field, value, message) => {
    expect(retry({ [field]: value })).toEqual([
      `SCHEMA_VALIDATION_FAILED: ${message} at /States/A/Retry[0]/${field}`,
    ]);
  });

  test('MaxDelaySeconds is greater than IntervalSeconds', () => {
    expect(retry({ IntervalSeconds: 5, MaxDelaySeconds: 5 })).toEqual([
      'SCHEMA_VALIDATION_FAILED: MaxDelaySeconds must be greater than IntervalSeconds, which is 5 at /States/A/Retry[0]/MaxDelaySeconds',
    ]);
  });

  test('an unknown field', () => {
    expect(retry({ MaxAttempt: 3 })).toEqual([
      `SCHEMA_VALIDATION_FAILED: Field 'MaxAttempt' is not supported. Did you mean "MaxAttempts"? at /States/A/Retry[0]`,
    ]);
  });
});

describe('Catch', () => {
  test('the required fields', () => {
    expect(task({ Catch: [{}] })).toEqual([
      'SCHEMA_VALIDATION_FAILED: These fields are required: [ErrorEquals, Next] at /States/A/Catch[0]',
    ]);
  });

  test('ResultPath is a reference path', () => {
    expect(task({ Catch: [{ ErrorEquals: ['E'], Next: 'A', ResultPath: '$.a[*]' }] })).toEqual([
      expect.stringMatching(
        /^SCHEMA_VALIDATION_FAILED: Value is not a Reference Path: .* at \/States\/A\/Catch\[0\]\/ResultPath$/,
      ),
    ]);
  });
});

describe.each(['Retry', 'Catch'])('States.ALL in %s', (field) => {
  const entries = (...names: string[][]) =>
    task({
      [field]: names.map((ErrorEquals) => (field === 'Retry' ? { ErrorEquals } : { ErrorEquals, Next: 'A' })),
    });
  const message = 'SCHEMA_VALIDATION_FAILED: States.ALL must appear alone and at end of list';

  test('alone and last', () => {
    expect(entries(['E'], ['States.ALL'])).toEqual([]);
  });

  test('not alone', () => {
    expect(entries(['E', 'States.ALL'])).toEqual([`${message} at /States/A/${field}[0]/ErrorEquals`]);
  });

  test('not last', () => {
    expect(entries(['States.ALL'], ['E'])).toEqual([`${message} at /States/A/${field}[0]/ErrorEquals`]);
  });
});
