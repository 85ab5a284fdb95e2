import { diagnosticsOf, diagnosticsOfState, machineOf } from '../machine';

const inside = { StartAt: 'B', States: { B: { Type: 'Pass', End: true } } };
const distributed = { ...inside, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
const map = (fields: object, rest = {}) =>
  diagnosticsOfState({ Type: 'Map', ItemProcessor: inside, ...fields }, rest);
const large = (fields: object, rest = {}) => map({ ItemProcessor: distributed, ...fields }, rest);

describe('the processor', () => {
  test('is required', () => {
    expect(diagnosticsOfState({ Type: 'Map' })).toEqual([
      'SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields: [ItemProcessor, Iterator] at /States/A',
    ]);
  });

  test('is one of the two fields', () => {
    const other = { StartAt: 'C', States: { C: { Type: 'Succeed' } } };
    expect(map({ Iterator: other })).toEqual([
      'SCHEMA_VALIDATION_FAILED: There should only be one of the following fields: [ItemProcessor, Iterator] at /States/A',
    ]);
  });

  test('is a scope', () => {
    expect(map({ ItemProcessor: {} })).toEqual([
      'SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /States/A/ItemProcessor',
    ]);
  });

  test.each([
    [
      { Mode: 'DISTRIBUTED' },
      'These fields are required: [ExecutionType] at /States/A/ItemProcessor/ProcessorConfig',
    ],
    [
      { Mode: 'INLINE', ExecutionType: 'EXPRESS' },
      "Field 'ExecutionType' is not supported at /States/A/ItemProcessor/ProcessorConfig",
    ],
    [
      { Mode: 'inline' },
      'Value should be one of the following: [INLINE, DISTRIBUTED]. Did you mean "INLINE"? at /States/A/ItemProcessor/ProcessorConfig/Mode',
    ],
  ])('%j', (ProcessorConfig, message) => {
    expect(map({ ItemProcessor: { ...inside, ProcessorConfig } })).toEqual([
      `SCHEMA_VALIDATION_FAILED: ${message}`,
    ]);
  });
});

describe('fields of a distributed Map', () => {
  const reader = {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['id'], MaxItems: 10 },
    Parameters: { Bucket: 'b', 'Key.$': '$.key' },
  };
  const fields = {
    ItemReader: reader,
    ItemBatcher: { MaxItemsPerBatch: 10, MaxInputBytesPerBatchPath: '$.bytes', BatchInput: { 'a.$': '$.a' } },
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Parameters: { Bucket: 'b' },
      WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSONL' },
    },
    Label: 'Orders',
  };

  test('all of them', () => {
    expect(large({ ...fields, ToleratedFailurePercentagePath: '$.p', ToleratedFailureCount: 3 })).toEqual([]);
  });

  test.each(Object.entries(fields))('%s needs a distributed processor', (name, value) => {
    expect(map({ [name]: value })).toEqual([
      `SCHEMA_VALIDATION_FAILED: Field '${name}' is not supported. It needs a processor of Mode DISTRIBUTED at /States/A`,
    ]);
  });

  test('ToleratedFailure* works in an inline Map too', () => {
    expect(map({ ToleratedFailureCount: 3, ToleratedFailurePercentage: 12.5 })).toEqual([]);
  });

  test.each([
    ['ToleratedFailurePercentage', -1, 'Minimum value is 0.0'],
    ['ToleratedFailurePercentage', 101, 'Maximum value is 100.0'],
    ['ToleratedFailureCount', -1, 'Minimum value is 0'],
    ['MaxConcurrency', -1, 'Minimum value is 0'],
  ])('%s %p', (field, value, message) => {
    expect(large({ [field]: value })).toEqual([`SCHEMA_VALIDATION_FAILED: ${message} at /States/A/${field}`]);
  });

  test.each(['MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage'])(
    '%s as a value and as a path',
    (field) => {
      expect(large({ [field]: 1, [`${field}Path`]: '$.a' })).toEqual([
        `SCHEMA_VALIDATION_FAILED: There should only be one of the following fields: [${field}, ${field}Path] at /States/A`,
      ]);
    },
  );

  test.each([
    [{ InputType: 'CSV' }, "The field 'CSVHeaderLocation' is required at /States/A/ItemReader/ReaderConfig"],
    [
      { InputType: 'JSON', CSVHeaderLocation: 'FIRST_ROW' },
      "Field 'CSVHeaderLocation' is not supported at /States/A/ItemReader/ReaderConfig",
    ],
    [
      { InputType: 'CSV', CSVHeaderLocation: 'GIVEN' },
      'These fields are required: [CSVHeaders] at /States/A/ItemReader/ReaderConfig',
    ],
    [{ MaxItems: 100_000_001 }, 'Maximum value is 100000000 at /States/A/ItemReader/ReaderConfig/MaxItems'],
    [
      { InputType: 'JSON', ItemsPointer: 'orders' },
      'Value must be a valid JSON Pointer at /States/A/ItemReader/ReaderConfig/ItemsPointer',
    ],
    [
      { MaxItems: 1, MaxItemsPath: '$.a' },
      'There should only be one of the following fields: [MaxItems, MaxItemsPath] at /States/A/ItemReader/ReaderConfig',
    ],
    [
      { MaxItemsPath: '$$.Execution.Input.n' },
      'Value is not a Reference Path: It reads the context object at /States/A/ItemReader/ReaderConfig/MaxItemsPath',
    ],
  ])('ReaderConfig %j', (ReaderConfig, message) => {
    expect(large({ ItemReader: { ...reader, ReaderConfig } })).toEqual([
      `SCHEMA_VALIDATION_FAILED: ${message}`,
    ]);
  });

  test('items are read from S3 only', () => {
    expect(large({ ItemReader: { ...reader, Resource: 'arn:aws:states:::sqs:receiveMessage' } })).toEqual([
      "SCHEMA_VALIDATION_FAILED: The field 'Resource' does not match any of the allowed values at /States/A/ItemReader/Resource",
    ]);
  });

  test.each([
    ['ItemReader', { Resource: reader.Resource }, 'These fields are required: [Parameters]'],
    ['ItemBatcher', { BatchInput: {} }, 'Needs MaxItemsPerBatch or MaxInputBytesPerBatch, or both'],
    ['ResultWriter', {}, 'Value cannot be empty'],
    [
      'ResultWriter',
      { Resource: 'arn:aws:states:::s3:putObject' },
      'These fields are required: [Parameters]',
    ],
    ['ResultWriter', { Parameters: { Bucket: 'b' } }, 'These fields are required: [Resource]'],
  ])('%s %j', (field, value, message) => {
    expect(large({ [field]: value })).toEqual([`SCHEMA_VALIDATION_FAILED: ${message} at /States/A/${field}`]);
  });

  test.each([
    [{ MaxItemsPerBatch: 0 }, 'Minimum value is 1 at /States/A/ItemBatcher/MaxItemsPerBatch'],
    [
      { MaxInputBytesPerBatch: 262_145 },
      'Maximum value is 262144 at /States/A/ItemBatcher/MaxInputBytesPerBatch',
    ],
  ])('ItemBatcher %j', (ItemBatcher, message) => {
    expect(large({ ItemBatcher })).toEqual([`SCHEMA_VALIDATION_FAILED: ${message}`]);
  });

  test('results that are transformed but not written', () => {
    expect(large({ ResultWriter: { WriterConfig: { Transformation: 'FLATTEN' } } })).toEqual([]);
  });

  test('ItemsPath reads the context object', () => {
    expect(map({ ItemsPath: '$$.Execution.Input.list' })).toEqual([]);
  });

  test('in JSONata', () => {
    const jsonata = { QueryLanguage: 'JSONata' };
    expect(large({ MaxConcurrency: '{% 2 %}', ItemSelector: { a: '{% $states.input %}' } }, jsonata)).toEqual(
      [],
    );
    expect(large({ ItemBatcher: { MaxItemsPerBatchPath: '$.a' } }, jsonata)).toEqual([
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'MaxItemsPerBatchPath' is only supported for the 'JSONPath' QueryLanguage at /States/A/ItemBatcher",
    ]);
  });
});

describe('Parallel', () => {
  test('needs a branch', () => {
    expect(diagnosticsOfState({ Type: 'Parallel', Branches: [] })).toEqual([
      'SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/A/Branches',
    ]);
  });

  test('each branch needs states', () => {
    expect(diagnosticsOfState({ Type: 'Parallel', Branches: [inside, { StartAt: 'C' }] })).toEqual([
      'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /States/A/Branches[1]',
    ]);
  });
});

test('no distributed Map in an EXPRESS state machine, or in an EXPRESS child execution', () => {
  const message =
    "SCHEMA_VALIDATION_FAILED: The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines at";
  expect(diagnosticsOf(machineOf({ Type: 'Map', ItemProcessor: distributed }), 'EXPRESS')).toEqual([
    `${message} /States/A/ItemProcessor/ProcessorConfig/Mode`,
  ]);
  const outer = {
    StartAt: 'Inner',
    States: { Inner: { Type: 'Map', ItemProcessor: distributed, End: true } },
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
  };
  expect(map({ ItemProcessor: outer })).toEqual([
    `${message} /States/A/ItemProcessor/States/Inner/ItemProcessor/ProcessorConfig/Mode`,
  ]);
});
