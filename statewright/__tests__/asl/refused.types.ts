/** What must not compile: each line below a `@ts-expect-error` is an error, or the compiler reports it. */
// biome-ignore-all format: an expected error is on one line
import { defineStateMachine } from '../../src/asl';

const Resource = 'arn:aws:lambda:us-east-1:111122223333:function:f';
const inside = { StartAt: 'Item', States: { Item: { Type: 'Pass', End: true } } } as const;

// Names of states
defineStateMachine({
  // @ts-expect-error: the state does not exist
  StartAt: 'Aa',
  States: {
    // @ts-expect-error: the state does not exist
    A: { Type: 'Pass', Next: 'Bb' },
    // @ts-expect-error: the state does not exist
    B: { Type: 'Task', Resource, Catch: [{ ErrorEquals: ['E'], Next: 'Cc' }], End: true },
    // @ts-expect-error: the state does not exist
    C: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'Dd' }] },
    // @ts-expect-error: the state does not exist
    D: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'A' }], Default: 'Ee' },
    // @ts-expect-error: the state does not exist
    E: { Type: 'Choice', QueryLanguage: 'JSONata', Choices: [{ Condition: true, Next: 'Ff' }] },
    // @ts-expect-error: the state does not exist in the branch
    F: { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { X: { Type: 'Succeed' } } }], End: true },
    // @ts-expect-error: a state outside the branch
    G: { Type: 'Parallel', Branches: [{ StartAt: 'X', States: { X: { Type: 'Pass', Next: 'A' } } }], End: true },
    // @ts-expect-error: the state machine has a state with that name
    J: { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: { Type: 'Succeed' } } }], End: true },
    // @ts-expect-error: the other branch has a state with that name
    K: { Type: 'Parallel', Branches: [inside, inside], End: true },
    // @ts-expect-error: the state machine around both Maps has a state with that name
    L: { Type: 'Map', ItemProcessor: { StartAt: 'M', States: { M: { Type: 'Map', Iterator: { StartAt: 'A', States: { A: { Type: 'Succeed' } } }, End: true } } }, End: true },
    // @ts-expect-error: a state inside the processor
    H: { Type: 'Map', ItemProcessor: inside, Next: 'Item' },
    // @ts-expect-error: a state outside the processor
    I: { Type: 'Map', Iterator: { StartAt: 'X', States: { X: { Type: 'Pass', Next: 'A' } } }, End: true },
  },
});

// Next or End
defineStateMachine({
  StartAt: 'A',
  States: {
    // @ts-expect-error: neither
    A: { Type: 'Pass' },
    // @ts-expect-error: both
    B: { Type: 'Task', Resource, Next: 'A', End: true },
    // @ts-expect-error: End is true or missing
    C: { Type: 'Wait', Seconds: 1, End: false },
    // @ts-expect-error: ends by itself
    D: { Type: 'Succeed', End: true },
    // @ts-expect-error: ends by itself
    E: { Type: 'Fail', Next: 'A' },
    // @ts-expect-error: its rules have the transitions
    F: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'A' }], End: true },
    // @ts-expect-error: neither
    G: { Type: 'Map', ItemProcessor: inside },
  },
});

// Fields of a state machine
// @ts-expect-error: unknown
defineStateMachine({ StartAt: 'A', States: { A: { Type: 'Succeed' } }, Timeout: 3 });
// @ts-expect-error: required
defineStateMachine({ States: { A: { Type: 'Succeed' } } });
// @ts-expect-error: required
defineStateMachine({ StartAt: 'A' });
// @ts-expect-error: the language does not exist
defineStateMachine({ QueryLanguage: 'JMESPath', StartAt: 'A', States: { A: { Type: 'Succeed' } } });
// @ts-expect-error: the version does not exist
defineStateMachine({ Version: '2.0', StartAt: 'A', States: { A: { Type: 'Succeed' } } });
// @ts-expect-error: a start without states
defineStateMachine({ StartAt: 'A', States: {} });

// Fields of a state
defineStateMachine({
  StartAt: 'A',
  States: {
    // @ts-expect-error: unknown
    A: { Type: 'Pass', Coment: 'c', End: true },
    // @ts-expect-error: the type does not exist
    B: { Type: 'Passs', End: true },
    // @ts-expect-error: the type is missing
    C: { End: true },
    // @ts-expect-error: required
    D: { Type: 'Task', End: true },
    // @ts-expect-error: required
    E: { Type: 'Choice', Default: 'A' },
    // @ts-expect-error: required
    F: { Type: 'Parallel', End: true },
    // @ts-expect-error: required
    G: { Type: 'Map', End: true },
    // @ts-expect-error: required
    H: { Type: 'Wait', End: true },
    // @ts-expect-error: a field of a Task
    I: { Type: 'Pass', Resource, End: true },
    // @ts-expect-error: a field of a Task
    J: { Type: 'Map', ItemProcessor: inside, TimeoutSeconds: 1, End: true },
    // @ts-expect-error: a field of Task, Parallel and Map
    K: { Type: 'Pass', Retry: [], End: true },
    // @ts-expect-error: a field of Task, Parallel and Map
    L: { Type: 'Wait', Seconds: 1, Catch: [], End: true },
    // @ts-expect-error: Succeed has no Assign
    M: { Type: 'Succeed', Assign: { a: 1 } },
    // @ts-expect-error: a Fail state reads its input by ErrorPath
    N: { Type: 'Fail', InputPath: '$' },
  },
});

// Retry and Catch
defineStateMachine({
  StartAt: 'A',
  States: {
    // @ts-expect-error: unknown
    A: { Type: 'Task', Resource, Retry: [{ ErrorEquals: ['E'], MaxAttempt: 1 }], End: true },
    // @ts-expect-error: required
    B: { Type: 'Task', Resource, Retry: [{ MaxAttempts: 1 }], End: true },
    // @ts-expect-error: at least one
    C: { Type: 'Task', Resource, Retry: [{ ErrorEquals: [] }], End: true },
    // @ts-expect-error: FULL or NONE
    D: { Type: 'Task', Resource, Retry: [{ ErrorEquals: ['E'], JitterStrategy: 'HALF' }], End: true },
    // @ts-expect-error: required
    E: { Type: 'Task', Resource, Catch: [{ ErrorEquals: ['E'] }], End: true },
    // @ts-expect-error: only in JSONata
    F: { Type: 'Task', Resource, Catch: [{ ErrorEquals: ['E'], Output: 1, Next: 'A' }], End: true },
    // @ts-expect-error: only in JSONPath
    G: { Type: 'Task', QueryLanguage: 'JSONata', Resource, Catch: [{ ErrorEquals: ['E'], ResultPath: '$', Next: 'A' }], End: true },
    // @ts-expect-error: States.ALL must be alone
    H: { Type: 'Task', Resource, Catch: [{ ErrorEquals: ['States.ALL', 'E'], Next: 'A' }], End: true },
    // @ts-expect-error: States.ALL must be in the last entry
    I: { Type: 'Task', Resource, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'A' }, { ErrorEquals: ['E'], Next: 'A' }], End: true },
    // @ts-expect-error: States.ALL must be in the last entry
    J: { Type: 'Map', ItemProcessor: inside, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['States.ALL'] }], End: true },
    // @ts-expect-error: a list, not a catcher
    K: { Type: 'Task', Resource, Catch: { ErrorEquals: ['E'], Next: 'A' }, End: true },
    // @ts-expect-error: a predefined name in another case
    L: { Type: 'Task', Resource, Catch: [{ ErrorEquals: ['States.TimeOut', 'E'], Next: 'A' }], End: true },
    // @ts-expect-error: a predefined name in another case
    M: { Type: 'Task', Resource, Retry: [{ ErrorEquals: ['States.All'] }], End: true },
  },
});

// Resources
const invoke = 'arn:aws:states:::lambda:invoke';
defineStateMachine({
  StartAt: 'A',
  States: {
    // @ts-expect-error: not an ARN
    A: { Type: 'Task', Resource: 'f', End: true },
    // @ts-expect-error: an integration needs Parameters
    B: { Type: 'Task', Resource: invoke, End: true },
    // @ts-expect-error: an integration in a JSONata state needs Arguments
    C: { Type: 'Task', QueryLanguage: 'JSONata', Resource: 'arn:aws:states:::sqs:sendMessage', End: true },
    // @ts-expect-error: one role
    D: { Type: 'Task', Resource, Credentials: { RoleArn: 'r', 'RoleArn.$': '$.r' }, End: true },
    // @ts-expect-error: a role
    E: { Type: 'Task', Resource, Credentials: {}, End: true },
    // @ts-expect-error: an unknown field
    F: { Type: 'Task', Resource, Credentials: { RoleArn: 'r', Role: 'r' }, End: true },
  },
});

// Numbers
// @ts-expect-error: negative
defineStateMachine({ TimeoutSeconds: -1, StartAt: 'A', States: { A: { Type: 'Succeed' } } });
defineStateMachine({
  StartAt: 'A',
  States: {
    // @ts-expect-error: at least 1
    A: { Type: 'Task', Resource, TimeoutSeconds: 0, End: true },
    // @ts-expect-error: whole
    B: { Type: 'Task', Resource, HeartbeatSeconds: 1.5, End: true },
    // @ts-expect-error: negative
    C: { Type: 'Task', QueryLanguage: 'JSONata', Resource, TimeoutSeconds: -1, End: true },
    // @ts-expect-error: negative
    D: { Type: 'Wait', Seconds: -1, End: true },
    // @ts-expect-error: negative
    E: { Type: 'Map', ItemProcessor: inside, MaxConcurrency: -1, End: true },
    // @ts-expect-error: negative
    F: { Type: 'Map', ItemProcessor: inside, ToleratedFailurePercentage: -0.5, End: true },
    // @ts-expect-error: whole
    G: { Type: 'Map', ItemProcessor: inside, ToleratedFailureCount: 0.5, End: true },
    // @ts-expect-error: whole
    H: { Type: 'Task', Resource, Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1.5 }], End: true },
    // @ts-expect-error: negative
    I: { Type: 'Task', Resource, Retry: [{ ErrorEquals: ['E'] }, { ErrorEquals: ['F'], IntervalSeconds: -1 }], End: true },
    // @ts-expect-error: at least 1
    J: { Type: 'Task', Resource, Retry: [{ ErrorEquals: ['E'], BackoffRate: 0.9 }], End: true },
    // @ts-expect-error: at least 1
    K: { Type: 'Task', Resource, Retry: [{ ErrorEquals: ['E'], MaxDelaySeconds: 0 }], End: true },
    // @ts-expect-error: read from the state's data by TimeoutSecondsPath
    L: { Type: 'Task', Resource, TimeoutSeconds: '$.limit', End: true },
  },
});

// JSONata's fields in a JSONPath state
defineStateMachine({
  StartAt: 'A',
  States: {
    // @ts-expect-error
    A: { Type: 'Task', Resource, Arguments: {}, End: true },
    // @ts-expect-error
    B: { Type: 'Pass', Output: 1, End: true },
    // @ts-expect-error
    C: { Type: 'Task', Resource, TimeoutSeconds: '{% 1 %}', End: true },
    // @ts-expect-error
    D: { Type: 'Choice', Choices: [{ Condition: true, Next: 'A' }] },
    // @ts-expect-error
    E: { Type: 'Map', Items: [1], ItemProcessor: inside, End: true },
    // @ts-expect-error: inside a JSONata Map the state machine's language applies
    F: { Type: 'Map', QueryLanguage: 'JSONata', ItemProcessor: { StartAt: 'X', States: { X: { Type: 'Pass', Output: 1, End: true } } }, End: true },
    // @ts-expect-error: a processor has no QueryLanguage
    G: { Type: 'Map', ItemProcessor: { QueryLanguage: 'JSONata', ...inside }, End: true },
  },
});

// JSONPath's fields in a JSONata state
defineStateMachine({
  QueryLanguage: 'JSONata',
  StartAt: 'A',
  States: {
    // @ts-expect-error
    A: { Type: 'Task', Resource, Parameters: {}, End: true },
    // @ts-expect-error
    B: { Type: 'Pass', Result: 1, End: true },
    // @ts-expect-error
    C: { Type: 'Pass', InputPath: '$', End: true },
    // @ts-expect-error
    D: { Type: 'Task', Resource, TimeoutSecondsPath: '$.a', End: true },
    // @ts-expect-error
    E: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'A' }] },
    // @ts-expect-error
    F: { Type: 'Wait', SecondsPath: '$.a', End: true },
    // @ts-expect-error
    G: { Type: 'Map', ItemsPath: '$.a', ItemProcessor: inside, End: true },
    // @ts-expect-error
    H: { Type: 'Fail', ErrorPath: '$.a' },
    // @ts-expect-error: a JSONata machine has no JSONPath states
    I: { Type: 'Pass', QueryLanguage: 'JSONPath', End: true },
    // @ts-expect-error: neither a number nor an expression
    J: { Type: 'Task', Resource, TimeoutSeconds: '30', End: true },
    // @ts-expect-error: not an expression
    K: { Type: 'Map', Items: '$.list', ItemProcessor: inside, End: true },
    // @ts-expect-error: not an expression
    L: { Type: 'Choice', Choices: [{ Condition: '$states.input.a', Next: 'A' }] },
    // @ts-expect-error: an expression without its end
    M: { Type: 'Pass', Output: '{% 1', End: true },
    // @ts-expect-error: the same at any depth
    N: { Type: 'Task', Resource, Arguments: { list: ['{% 1'] }, End: true },
    // @ts-expect-error: the same for a variable
    O: { Type: 'Pass', Assign: { a: '{% 1 } ' }, End: true },
  },
});

// One of several
defineStateMachine({
  StartAt: 'A',
  States: {
    // @ts-expect-error
    A: { Type: 'Task', Resource, TimeoutSeconds: 1, TimeoutSecondsPath: '$.a', End: true },
    // @ts-expect-error
    B: { Type: 'Task', Resource, HeartbeatSeconds: 1, HeartbeatSecondsPath: '$.a', End: true },
    // @ts-expect-error
    C: { Type: 'Task', Resource, Credentials: { RoleArn: 'a', 'RoleArn.$': '$.a' }, End: true },
    // @ts-expect-error
    D: { Type: 'Task', Resource, Credentials: {}, End: true },
    // @ts-expect-error
    E: { Type: 'Wait', Seconds: 1, SecondsPath: '$.a', End: true },
    // @ts-expect-error
    F: { Type: 'Fail', Cause: 'c', CausePath: '$.c' },
    // @ts-expect-error
    G: { Type: 'Map', ItemProcessor: inside, Iterator: inside, End: true },
    // @ts-expect-error
    H: { Type: 'Map', ItemProcessor: inside, ItemSelector: {}, Parameters: {}, End: true },
    // @ts-expect-error
    I: { Type: 'Map', ItemProcessor: inside, MaxConcurrency: 1, MaxConcurrencyPath: '$.a', End: true },
    // @ts-expect-error
    J: { Type: 'Map', ItemProcessor: inside, ToleratedFailureCount: 1, ToleratedFailureCountPath: '$.a', End: true },
    // @ts-expect-error: two operators
    K: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, IsString: true, Next: 'A' }] },
    // @ts-expect-error: the operator is missing
    L: { Type: 'Choice', Choices: [{ Variable: '$.a', Next: 'A' }] },
    // @ts-expect-error: the variable is missing
    M: { Type: 'Choice', Choices: [{ IsNull: true, Next: 'A' }] },
    // @ts-expect-error: a test and a group of tests
    N: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, And: [{ Variable: '$.a', IsNull: true }], Next: 'A' }] },
    // @ts-expect-error: a nested rule has no Next
    O: { Type: 'Choice', Choices: [{ Not: { Variable: '$.a', IsNull: true, Next: 'A' }, Next: 'A' }] },
    // @ts-expect-error: a rule needs a Next
    P: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true }] },
    // @ts-expect-error: a list of tests
    Q: { Type: 'Choice', Choices: [{ And: { Variable: '$.a', IsNull: true }, Next: 'A' }] },
    // @ts-expect-error: one test, not a list
    R: { Type: 'Choice', Choices: [{ Not: [{ Variable: '$.a', IsNull: true }], Next: 'A' }] },
  },
});

// Distributed Maps
const getObject = 'arn:aws:states:::s3:getObject';
const distributed = {
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  ...inside,
} as const;
defineStateMachine({
  StartAt: 'A',
  States: {
    // @ts-expect-error: not in an inline Map
    A: { Type: 'Map', Label: 'L', ItemProcessor: inside, End: true },
    // @ts-expect-error: not in an inline Map
    B: { Type: 'Map', ItemReader: { Resource: getObject, Parameters: {} }, ItemProcessor: inside, End: true },
    // @ts-expect-error: not in an inline Map
    C: { Type: 'Map', ItemBatcher: { MaxItemsPerBatch: 1 }, ItemProcessor: inside, End: true },
    // @ts-expect-error: not in an inline Map
    D: { Type: 'Map', ResultWriter: { WriterConfig: {} }, ItemProcessor: inside, End: true },
    // @ts-expect-error: ExecutionType is missing
    E: { Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, ...inside }, End: true },
    // @ts-expect-error: no ExecutionType in an inline Map
    F: { Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'INLINE', ExecutionType: 'EXPRESS' }, ...inside }, End: true },
    // @ts-expect-error
    G: { Type: 'Map', ItemBatcher: { MaxItemsPerBatch: 1, MaxItemsPerBatchPath: '$.a' }, ItemProcessor: distributed, End: true },
    // @ts-expect-error
    H: { Type: 'Map', ItemReader: { Resource: getObject, Parameters: {}, ReaderConfig: { InputType: 'XML' } }, ItemProcessor: distributed, End: true },
    // @ts-expect-error: the place to write to is missing
    I: { Type: 'Map', ResultWriter: { Resource: 'arn:aws:states:::s3:putObject' }, ItemProcessor: distributed, End: true },
    // @ts-expect-error: neither transformed nor written
    J: { Type: 'Map', ResultWriter: {}, ItemProcessor: distributed, End: true },
    // @ts-expect-error: not to SQS
    K: { Type: 'Map', ResultWriter: { Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: {} }, ItemProcessor: distributed, End: true },
    // @ts-expect-error: the object to read is missing
    L: { Type: 'Map', ItemReader: { Resource: getObject }, ItemProcessor: distributed, End: true },
    // @ts-expect-error: not from SQS
    M: { Type: 'Map', ItemReader: { Resource: 'arn:aws:states:::sqs:receiveMessage', Parameters: {} }, ItemProcessor: distributed, End: true },
    // @ts-expect-error: CSVHeaderLocation is missing
    N: { Type: 'Map', ItemReader: { Resource: getObject, Parameters: {}, ReaderConfig: { InputType: 'CSV' } }, ItemProcessor: distributed, End: true },
    // @ts-expect-error: CSVHeaders is missing
    O: { Type: 'Map', ItemReader: { Resource: getObject, Parameters: {}, ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'GIVEN' } }, ItemProcessor: distributed, End: true },
    // @ts-expect-error: JSON has no columns
    P: { Type: 'Map', ItemReader: { Resource: getObject, Parameters: {}, ReaderConfig: { InputType: 'JSON', CSVHeaderLocation: 'FIRST_ROW' } }, ItemProcessor: distributed, End: true },
    // @ts-expect-error: one of the two
    Q: { Type: 'Map', ItemReader: { Resource: getObject, Parameters: {}, ReaderConfig: { InputType: 'JSON', MaxItems: 1, MaxItemsPath: '$.a' } }, ItemProcessor: distributed, End: true },
    // @ts-expect-error: a limit is missing
    R: { Type: 'Map', ItemBatcher: { BatchInput: {} }, ItemProcessor: distributed, End: true },
    // @ts-expect-error: a word in another case
    S: { Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'Distributed', ExecutionType: 'STANDARD' }, ...inside }, End: true },
    // @ts-expect-error: the processor is missing
    T: { Type: 'Map', ItemProcesor: inside, ItemReader: { Resource: getObject, Parameters: {} }, End: true },
  },
});

// Values
defineStateMachine({
  StartAt: 'A',
  States: {
    // @ts-expect-error: not a path
    A: { Type: 'Pass', InputPath: 'a', End: true },
    // @ts-expect-error: neither a path nor an intrinsic function
    B: { Type: 'Pass', Parameters: { 'a.$': 'a' }, End: true },
    // @ts-expect-error: the same at any depth
    C: { Type: 'Pass', Parameters: { a: [{ 'b.$': 'b' }] }, End: true },
    // @ts-expect-error: a reserved name
    E: { Type: 'Pass', Assign: { states: 1 }, End: true },
    // @ts-expect-error: not a valid name of a variable
    M: { Type: 'Pass', Assign: { 'order id': 1 }, End: true },
    // @ts-expect-error: not a valid name of a variable
    N: { Type: 'Pass', Assign: { 'order-id.$': '$.id' }, End: true },
    // @ts-expect-error: not a valid name of a variable
    O: { Type: 'Pass', QueryLanguage: 'JSONata', Assign: { 'id.$': '$.id' }, End: true },
    // @ts-expect-error: not a timestamp
    F: { Type: 'Wait', Timestamp: '08:00', End: true },
    // @ts-expect-error: not a number
    G: { Type: 'Wait', Seconds: '1', End: true },
    // @ts-expect-error: not a number
    H: { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: '1', Next: 'A' }] },
    // @ts-expect-error: not a path
    I: { Type: 'Choice', Choices: [{ Variable: 'a', IsNull: true, Next: 'A' }] },
    // @ts-expect-error: at least one
    J: { Type: 'Choice', Choices: [] },
    // @ts-expect-error: at least one
    K: { Type: 'Parallel', Branches: [], End: true },
    // @ts-expect-error: not JSON
    L: { Type: 'Pass', Result: new Date(0), End: true },
  },
});
