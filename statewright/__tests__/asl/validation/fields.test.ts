import { diagnosticsOf, diagnosticsOfState, machineOf } from '../machine';

const pass = { Type: 'Pass', End: true };

describe('the state machine', () => {
  test('a valid definition has no diagnostics', () => {
    expect(diagnosticsOf(machineOf({ Type: 'Pass' }))).toEqual([]);
  });

  test.each([null, undefined, ''])('an empty definition: %p', (definition) => {
    expect(diagnosticsOf(definition)).toEqual([
      'MISSING_DESCRIPTION: Received a null or empty workflow input at (the definition)',
    ]);
  });

  test.each([[[]], ['{}'], [7], [true]])('not an object: %p', (definition) => {
    expect(diagnosticsOf(definition)).toEqual([
      'SCHEMA_VALIDATION_FAILED: Expected value of type Object at (the definition)',
    ]);
  });

  test('the required fields', () => {
    expect(diagnosticsOf({ Comment: 'empty' })).toEqual([
      'SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at (the definition)',
    ]);
  });

  test('an unknown field, with a suggestion', () => {
    expect(diagnosticsOf({ ...machineOf(pass), TimoutSeconds: 3 })).toEqual([
      `SCHEMA_VALIDATION_FAILED: Field 'TimoutSeconds' is not supported. Did you mean "TimeoutSeconds"? at (the definition)`,
    ]);
  });

  test('only version 1.0', () => {
    expect(diagnosticsOf(machineOf(pass, { Version: '2' }))).toEqual([
      'SCHEMA_VALIDATION_FAILED: Value should be one of the following: [1.0] at /Version',
    ]);
  });

  test('with a QueryLanguage that does not exist is not checked further', () => {
    const jsonata = { Type: 'Pass', Output: '{% 1 %}', End: true };
    expect(diagnosticsOf({ QueryLanguage: 'JSONAta', StartAt: 'A', States: { A: jsonata } })).toEqual([
      'SCHEMA_VALIDATION_FAILED: Value should be one of the following: [JSONPath, JSONata]. Did you mean "JSONata"? at /QueryLanguage',
    ]);
  });

  test('no states', () => {
    expect(diagnosticsOf({ StartAt: 'A', States: {} })).toEqual([
      'SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States',
    ]);
  });

  test('States that are not an object', () => {
    expect(diagnosticsOf({ StartAt: 'A', States: [] })).toEqual([
      'SCHEMA_VALIDATION_FAILED: Expected value of type Object at /States',
    ]);
  });
});

describe('a state', () => {
  test('without a Type', () => {
    expect(diagnosticsOfState({})).toEqual([
      'SCHEMA_VALIDATION_FAILED: These fields are required: [Type] at /States/A',
    ]);
  });

  test('of an unknown Type', () => {
    expect(diagnosticsOfState({ Type: 'Chioce', End: true })).toEqual([
      "SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these values: " +
        '[Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]. Did you mean "Choice"? at /States/A/Type',
    ]);
  });

  test.each(['__proto__', 'constructor', 'toString'])('of the Type %s', (type) => {
    expect(diagnosticsOfState({ Type: type })).toEqual([
      expect.stringMatching(
        /^SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of .* at \/States\/A\/Type$/,
      ),
    ]);
  });

  test('that is not an object', () => {
    expect(diagnosticsOf({ StartAt: 'A', States: { A: 'Pass', B: pass } })).toContain(
      'SCHEMA_VALIDATION_FAILED: Expected value of type Object at /States/A',
    );
  });

  test.each([
    ['TimeoutSeconds', 'Pass'],
    ['TimeoutSeconds', 'Map'],
    ['Catch', 'Wait'],
    ['Retry', 'Choice'],
    ['Assign', 'Succeed'],
    ['InputPath', 'Fail'],
    ['Next', 'Succeed'],
    ['Resource', 'Parallel'],
  ])('%s on a %s', (field, type) => {
    expect(diagnosticsOfState({ Type: type, [field]: [] })).toContainEqual(
      expect.stringMatching(
        new RegExp(`^SCHEMA_VALIDATION_FAILED: Field '${field}' is not supported.* at /States/A$`),
      ),
    );
  });

  test('with a field of other state types', () => {
    expect(diagnosticsOfState({ Type: 'Wait', Seconds: 1, Retry: [] })).toEqual([
      "SCHEMA_VALIDATION_FAILED: Field 'Retry' is not supported. Only these state types have it: Task, Parallel, Map at /States/A",
    ]);
  });

  test('with neither Next nor End', () => {
    expect(diagnosticsOf({ StartAt: 'A', States: { A: { Type: 'Pass' }, B: pass } })).toContain(
      'SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields: [Next, End] at /States/A',
    );
  });

  test('with an invalid End', () => {
    expect(diagnosticsOf({ StartAt: 'A', States: { A: { Type: 'Pass', End: false }, B: pass } })).toContain(
      'SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields: [Next, End] at /States/A',
    );
  });

  test('with both Next and End', () => {
    expect(diagnosticsOfState({ Type: 'Pass', Next: 'A', End: true })).toEqual([
      'SCHEMA_VALIDATION_FAILED: There should only be one of the following fields: [Next, End] at /States/A',
    ]);
  });

  test.each([
    ['Comment', 7, 'String'],
    ['End', 'yes', 'Boolean'],
    ['Assign', [], 'Object'],
    ['InputPath', 7, 'String'],
  ])('%s of the wrong type', (field, value, type) => {
    expect(diagnosticsOfState({ Type: 'Pass', Next: 'A', [field]: value })).toContain(
      `SCHEMA_VALIDATION_FAILED: Expected value of type ${type} at /States/A/${field}`,
    );
  });
});

describe('query languages', () => {
  test('a JSONata field in a JSONPath state', () => {
    expect(diagnosticsOfState({ Type: 'Pass', Output: 1 })).toEqual([
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/A",
    ]);
  });

  test('a JSONPath field in a JSONata state', () => {
    expect(diagnosticsOfState({ Type: 'Pass', QueryLanguage: 'JSONata', Parameters: {} })).toEqual([
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'Parameters' is only supported for the 'JSONPath' QueryLanguage at /States/A",
    ]);
  });

  test('states without their own language use the one of the state machine', () => {
    expect(diagnosticsOfState({ Type: 'Pass', Output: 1 }, { QueryLanguage: 'JSONata' })).toEqual([]);
  });

  test('a JSONata state machine has no JSONPath states', () => {
    expect(
      diagnosticsOfState({ Type: 'Pass', QueryLanguage: 'JSONPath' }, { QueryLanguage: 'JSONata' }),
    ).toEqual([
      "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A",
    ]);
  });

  test('the language of a Map does not apply to the states inside it', () => {
    const inside = { StartAt: 'B', States: { B: { Type: 'Pass', Output: 1, End: true } } };
    expect(diagnosticsOfState({ Type: 'Map', QueryLanguage: 'JSONata', ItemProcessor: inside })).toEqual([
      expect.stringMatching(
        /field 'Output' is only supported for the 'JSONata' .* at \/States\/A\/ItemProcessor\/States\/B$/,
      ),
    ]);
  });

  test('a processor has no QueryLanguage', () => {
    const inside = { QueryLanguage: 'JSONata', StartAt: 'B', States: { B: pass } };
    expect(diagnosticsOfState({ Type: 'Map', ItemProcessor: inside })).toEqual([
      "SCHEMA_VALIDATION_FAILED: Field 'QueryLanguage' is not supported at /States/A/ItemProcessor",
    ]);
  });
});

describe('numbers', () => {
  const task = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:111122223333:function:f' };

  test.each([
    [0, 'Minimum value is 1'],
    [100_000_000, 'Maximum value is 99999999'],
    [1.5, 'Expected value of type Integer'],
    ['60', 'Expected value of type Integer'],
  ])('TimeoutSeconds %p', (value, message) => {
    expect(diagnosticsOfState({ ...task, TimeoutSeconds: value })).toEqual([
      `SCHEMA_VALIDATION_FAILED: ${message} at /States/A/TimeoutSeconds`,
    ]);
  });

  test.each([
    [30, 30],
    [60, 30],
  ])('HeartbeatSeconds %p of TimeoutSeconds %p', (HeartbeatSeconds, TimeoutSeconds) => {
    expect(diagnosticsOfState({ ...task, HeartbeatSeconds, TimeoutSeconds })).toEqual([
      'SCHEMA_VALIDATION_FAILED: HeartbeatSeconds must be less than TimeoutSeconds, which is 30 at /States/A/HeartbeatSeconds',
    ]);
  });

  test('a heartbeat shorter than the timeout', () => {
    expect(diagnosticsOfState({ ...task, HeartbeatSeconds: 29, TimeoutSeconds: 30 })).toEqual([]);
  });

  test('a JSONata state can compute them', () => {
    const state = { ...task, QueryLanguage: 'JSONata', TimeoutSeconds: '{% 2 * 30 %}' };
    expect(diagnosticsOfState(state)).toEqual([]);
  });

  test.each([['TimeoutSeconds'], ['HeartbeatSeconds']])('%s is a number or a path, not both', (field) => {
    expect(diagnosticsOfState({ ...task, [field]: 60, [`${field}Path`]: '$.limit' })).toEqual([
      `SCHEMA_VALIDATION_FAILED: There should only be one of the following fields: [${field}, ${field}Path] at /States/A`,
    ]);
  });
});

describe('Wait', () => {
  const group = '[SecondsPath, Seconds, TimestampPath, Timestamp]';

  test('without a time', () => {
    expect(diagnosticsOfState({ Type: 'Wait' })).toEqual([
      `SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields: ${group} at /States/A`,
    ]);
  });

  test('with two times', () => {
    expect(diagnosticsOfState({ Type: 'Wait', Seconds: 1, Timestamp: '2030-01-31T08:00:00Z' })).toEqual([
      `SCHEMA_VALIDATION_FAILED: There should only be one of the following fields: ${group} at /States/A`,
    ]);
  });

  test.each([
    '2030-01-31',
    '2030-01-31t08:00:00z',
    '2030-13-31T08:00:00Z',
    '2030-02-30T08:00:00Z',
    'tomorrow',
  ])('until %s', (time) => {
    expect(diagnosticsOfState({ Type: 'Wait', Timestamp: time })).toEqual([
      'SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/A/Timestamp',
    ]);
  });
});

describe('Fail and Pass', () => {
  test('both Error and ErrorPath', () => {
    expect(diagnosticsOfState({ Type: 'Fail', Error: 'E', ErrorPath: '$.error' })).toEqual([
      'SCHEMA_VALIDATION_FAILED: There should only be one of the following fields: [Error, ErrorPath] at /States/A',
    ]);
  });

  test('a text that looks like a path', () => {
    expect(diagnosticsOfState({ Type: 'Fail', Cause: '$.cause' })).toEqual([
      "WARNING NO_PATH: Field value looks like a path, but the field's name does not end with 'Path' at /States/A/Cause",
    ]);
  });

  test('a path in a Result', () => {
    expect(diagnosticsOfState({ Type: 'Pass', Result: { 'id.$': '$.id' } })).toEqual([
      'WARNING PASS_RESULT_IS_STATIC: The Result of a Pass state is static: a path in it is not read. Use Parameters at /States/A/Result',
    ]);
  });
});
