/** Every field of the language, in both query languages: this file must compile. */
import { defineStateMachine, type JsonValue, type Retrier } from '../../src/asl';

const lambda = 'arn:aws:lambda:us-east-1:111122223333:function:f';

export const jsonPath = defineStateMachine({
  Comment: 'JSONPath',
  Version: '1.0',
  QueryLanguage: 'JSONPath',
  TimeoutSeconds: 3600,
  StartAt: 'Task',
  States: {
    Task: {
      Type: 'Task',
      Comment: 'c',
      QueryLanguage: 'JSONPath',
      Resource: lambda,
      InputPath: '$.order',
      Parameters: {
        'id.$': '$.id',
        'text.$': "States.Format('{}', $.a)",
        list: [{ 'x.$': '$$.Task.Token' }, 1, null],
      },
      Credentials: { RoleArn: 'arn:aws:iam::111122223333:role/r' },
      ResultSelector: { 'body.$': '$.Payload' },
      ResultPath: '$.result',
      OutputPath: '$.result',
      Assign: { count: 1, 'id.$': '$.id' },
      TimeoutSeconds: 30,
      HeartbeatSecondsPath: '$.beat',
      Retry: [
        {
          Comment: 'c',
          ErrorEquals: ['States.Timeout', 'Own'],
          IntervalSeconds: 1,
          MaxAttempts: 2,
          BackoffRate: 1.5,
          MaxDelaySeconds: 10,
          JitterStrategy: 'FULL',
        },
      ],
      Catch: [
        {
          Comment: 'c',
          ErrorEquals: ['States.ALL'],
          ResultPath: '$.error',
          Assign: { 'e.$': '$.Error' },
          Next: 'Fail',
        },
      ],
      Next: 'Other task',
    },
    'Other task': {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: { FunctionName: 'f', Payload: { 'token.$': '$$.Task.Token' } },
      Credentials: { 'RoleArn.$': "States.Format('arn:aws:iam::{}:role/r', $.account)" },
      TimeoutSecondsPath: '$.limit',
      HeartbeatSeconds: 10,
      InputPath: null,
      ResultPath: null,
      OutputPath: null,
      Next: 'Pass',
    },
    Pass: { Type: 'Pass', Result: { a: [1, 'x', null] }, ResultPath: '$.a', Parameters: {}, Next: 'Choice' },
    Choice: {
      Type: 'Choice',
      InputPath: '$',
      OutputPath: '$',
      Assign: { 'default.$': '$.a' },
      Choices: [
        { Comment: 'c', Variable: '$.s', StringEquals: 's', Assign: { a: 1 }, Next: 'Wait' },
        { Variable: '$.s', StringEqualsPath: '$.t', Next: 'Wait' },
        { Variable: '$.s', StringLessThan: 's', Next: 'Wait' },
        { Variable: '$.s', StringLessThanPath: '$.t', Next: 'Wait' },
        { Variable: '$.s', StringGreaterThan: 's', Next: 'Wait' },
        { Variable: '$.s', StringGreaterThanPath: '$.t', Next: 'Wait' },
        { Variable: '$.s', StringLessThanEquals: 's', Next: 'Wait' },
        { Variable: '$.s', StringLessThanEqualsPath: '$.t', Next: 'Wait' },
        { Variable: '$.s', StringGreaterThanEquals: 's', Next: 'Wait' },
        { Variable: '$.s', StringGreaterThanEqualsPath: '$.t', Next: 'Wait' },
        { Variable: '$.s', StringMatches: 's*', Next: 'Wait' },
        { Variable: '$.n', NumericEquals: 1, Next: 'Wait' },
        { Variable: '$.n', NumericEqualsPath: '$.t', Next: 'Wait' },
        { Variable: '$.n', NumericLessThan: 1, Next: 'Wait' },
        { Variable: '$.n', NumericLessThanPath: '$.t', Next: 'Wait' },
        { Variable: '$.n', NumericGreaterThan: 1, Next: 'Wait' },
        { Variable: '$.n', NumericGreaterThanPath: '$.t', Next: 'Wait' },
        { Variable: '$.n', NumericLessThanEquals: 1, Next: 'Wait' },
        { Variable: '$.n', NumericLessThanEqualsPath: '$.t', Next: 'Wait' },
        { Variable: '$.n', NumericGreaterThanEquals: 1, Next: 'Wait' },
        { Variable: '$.n', NumericGreaterThanEqualsPath: '$.t', Next: 'Wait' },
        { Variable: '$.b', BooleanEquals: true, Next: 'Wait' },
        { Variable: '$.b', BooleanEqualsPath: '$.t', Next: 'Wait' },
        { Variable: '$.t', TimestampEquals: '2030-01-31T08:00:00Z', Next: 'Wait' },
        { Variable: '$.t', TimestampEqualsPath: '$.t', Next: 'Wait' },
        { Variable: '$.t', TimestampLessThan: '2030-01-31T08:00:00.5+02:00', Next: 'Wait' },
        { Variable: '$.t', TimestampLessThanPath: '$.t', Next: 'Wait' },
        { Variable: '$.t', TimestampGreaterThan: '2030-01-31T08:00:00Z', Next: 'Wait' },
        { Variable: '$.t', TimestampGreaterThanPath: '$.t', Next: 'Wait' },
        { Variable: '$.t', TimestampLessThanEquals: '2030-01-31T08:00:00Z', Next: 'Wait' },
        { Variable: '$.t', TimestampLessThanEqualsPath: '$.t', Next: 'Wait' },
        { Variable: '$.t', TimestampGreaterThanEquals: '2030-01-31T08:00:00Z', Next: 'Wait' },
        { Variable: '$.t', TimestampGreaterThanEqualsPath: '$.t', Next: 'Wait' },
        { Variable: '$.x', IsNull: true, Next: 'Wait' },
        { Variable: '$.x', IsPresent: true, Next: 'Wait' },
        { Variable: '$.x', IsNumeric: true, Next: 'Wait' },
        { Variable: '$.x', IsString: true, Next: 'Wait' },
        { Variable: '$.x', IsBoolean: true, Next: 'Wait' },
        { Variable: '$variable', IsTimestamp: true, Next: 'Wait' },
        {
          And: [{ Variable: '$.x', IsNull: false }, { Not: { Variable: '$.x', StringEquals: '' } }],
          Next: 'Wait',
        },
        { Or: [{ Variable: '$$.Execution.Input.x', IsNull: false }], Next: 'Wait' },
      ],
      Default: 'Wait',
    },
    Wait: { Type: 'Wait', Seconds: 1, Assign: { a: 1 }, Next: 'Wait for a path' },
    'Wait for a path': { Type: 'Wait', SecondsPath: '$.seconds', Next: 'Wait until' },
    'Wait until': { Type: 'Wait', Timestamp: '2030-01-31T08:00:00Z', Next: 'Wait until a path' },
    'Wait until a path': { Type: 'Wait', TimestampPath: '$.time', Next: 'Parallel' },
    Parallel: {
      Type: 'Parallel',
      Parameters: { 'a.$': '$.a' },
      ResultSelector: { 'a.$': '$[0]' },
      Retry: [{ ErrorEquals: ['States.ALL'] }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Fail' }],
      Branches: [
        { Comment: 'c', StartAt: 'Left', States: { Left: { Type: 'Pass', End: true } } },
        {
          StartAt: 'Right',
          States: { Right: { Type: 'Pass', QueryLanguage: 'JSONata', Output: 1, End: true } },
        },
      ],
      Next: 'Map',
    },
    Map: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemSelector: { 'item.$': '$$.Map.Item.Value' },
      MaxConcurrencyPath: '$.at.once',
      ToleratedFailureCount: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        Comment: 'c',
        StartAt: 'Inner',
        States: {
          Inner: {
            Type: 'Map',
            Iterator: { StartAt: 'Old', States: { Old: { Type: 'Succeed' } } },
            End: true,
          },
        },
      },
      Next: 'Distributed Map',
    },
    'Distributed Map': {
      Type: 'Map',
      Label: 'Items',
      MaxConcurrency: 100,
      ToleratedFailurePercentage: 5,
      ToleratedFailureCountPath: '$.count',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        Parameters: { Bucket: 'b', 'Key.$': '$.key' },
        ReaderConfig: {
          InputType: 'CSV',
          CSVDelimiter: 'SEMICOLON',
          CSVHeaderLocation: 'GIVEN',
          CSVHeaders: ['id'],
          MaxItemsPath: '$.max',
        },
      },
      ItemBatcher: {
        MaxItemsPerBatch: 10,
        MaxInputBytesPerBatchPath: '$.bytes',
        BatchInput: { 'a.$': '$.a' },
      },
      ItemSelector: { 'item.$': '$$.Map.Item.Value' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'Item',
        States: { Item: { Type: 'Pass', End: true } },
      },
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        Parameters: { Bucket: 'b' },
        WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSON' },
      },
      Next: 'Old Map',
    },
    'Old Map': {
      Type: 'Map',
      Parameters: { 'item.$': '$$.Map.Item.Value' },
      Iterator: {
        StartAt: 'Each',
        States: { Each: { Type: 'Fail', ErrorPath: '$.e', CausePath: 'States.UUID()' } },
      },
      Next: 'Succeed',
    },
    Succeed: { Type: 'Succeed', Comment: 'c', InputPath: '$.a', OutputPath: '$$.Execution.Id' },
    Fail: { Type: 'Fail', Error: 'E', Cause: 'c' },
  },
});

export const jsonata = defineStateMachine({
  QueryLanguage: 'JSONata',
  StartAt: 'Task',
  States: {
    Task: {
      Type: 'Task',
      QueryLanguage: 'JSONata',
      Resource: lambda,
      Arguments: { id: '{% $states.input.id %}' },
      Credentials: { RoleArn: '{% $role %}' },
      TimeoutSeconds: '{% $limit %}',
      HeartbeatSeconds: 5,
      Output: '{% $states.result.Payload %}',
      Assign: { total: '{% $states.result.total %}' },
      Retry: [{ ErrorEquals: ['States.QueryEvaluationError'] }],
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Output: '{% $states.errorOutput %}',
          Assign: { failed: true },
          Next: 'Fail',
        },
      ],
      Next: 'Pass',
    },
    Pass: {
      Type: 'Pass',
      Output: [1, '{% $total %}', null],
      Assign: { a: { b: '{% 1 %}' } },
      Next: 'Choice',
    },
    Choice: {
      Type: 'Choice',
      Choices: [
        { Comment: 'c', Condition: '{% $total > 1 %}', Output: 1, Assign: { a: 1 }, Next: 'Wait' },
        { Condition: false, Next: 'Wait' },
      ],
      Output: '{% $states.input %}',
      Assign: { a: 2 },
      Default: 'Wait',
    },
    Wait: { Type: 'Wait', Seconds: '{% 5 %}', Output: {}, Next: 'Wait until' },
    'Wait until': { Type: 'Wait', Timestamp: '{% $now() %}', Next: 'Parallel' },
    Parallel: {
      Type: 'Parallel',
      Arguments: '{% $states.input %}',
      Output: '{% $states.result[0] %}',
      Branches: [{ StartAt: 'Left', States: { Left: { Type: 'Pass', Output: 1, End: true } } }],
      Next: 'Map',
    },
    Map: {
      Type: 'Map',
      Items: '{% $states.input.items %}',
      ItemSelector: { item: '{% $states.context.Map.Item.Value %}' },
      MaxConcurrency: '{% 5 %}',
      ToleratedFailurePercentage: 10,
      ItemProcessor: { StartAt: 'Item', States: { Item: { Type: 'Pass', End: true } } },
      Next: 'Distributed Map',
    },
    'Distributed Map': {
      Type: 'Map',
      Items: [1, 2],
      ToleratedFailureCount: '{% 1 %}',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:listObjectsV2',
        Arguments: { Bucket: '{% $bucket %}' },
        ReaderConfig: {
          InputType: 'JSON',
          ItemsPointer: '/orders',
          Transformation: 'NONE',
          MaxItems: '{% 10 %}',
        },
      },
      ItemBatcher: {
        MaxItemsPerBatch: '{% 10 %}',
        MaxInputBytesPerBatch: 1000,
        BatchInput: { a: '{% $a %}' },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Each',
        States: { Each: { Type: 'Pass', End: true } },
      },
      ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'b' } },
      Next: 'Succeed',
    },
    Succeed: { Type: 'Succeed', Output: '{% $states.input %}' },
    Fail: { Type: 'Fail', Error: '{% $states.input.Error %}', Cause: 'c' },
  },
});

/** The names of the states are known. */
export const names: 'A' | 'B' = defineStateMachine({
  StartAt: 'A',
  States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Succeed' } },
}).StartAt;

interface Values {
  readonly text: string;
  readonly number: number;
  readonly value: JsonValue;
  readonly retrier: Retrier;
  readonly retriers: readonly Retrier[];
}

/** Validation checks the values that are only known at run time. */
export const computed = ({ text, number, value, retrier, retriers }: Values) =>
  defineStateMachine({
    QueryLanguage: 'JSONata',
    TimeoutSeconds: number,
    StartAt: 'Task',
    States: {
      Task: {
        Type: 'Task',
        Resource: text,
        Arguments: value,
        TimeoutSeconds: number,
        Assign: { [text]: value },
        Retry: [retrier, retrier, { ErrorEquals: ['States.ALL'], MaxAttempts: number }],
        Output: { a: [text, `{% ${text}`, value] },
        Next: 'Alias',
      },
      Alias: { Type: 'Task', Resource: `${text}:live`, Retry: retriers, Next: 'Token' },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's reference
      Token: { Type: 'Task', Resource: '${aws_lambda_function.test.arn}', Next: 'Map' },
      Map: {
        Type: 'Map',
        ItemReader: { Resource: `arn:${text}:states:::s3:getObject`, Arguments: value },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Item',
          States: { Item: { Type: 'Pass', End: true } },
        },
        ResultWriter: { WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSONL' } },
        End: true,
      },
    },
  });

/** Parts can be defined separately, and names can be computed. */
const retry = { ErrorEquals: ['Lambda.TooManyRequestsException'], MaxAttempts: 6 } as const;
const last: string = 'Last';
const chain = Object.fromEntries(['a', 'b'].map((name) => [name, { Type: 'Pass', Next: last } as const]));

export const assembled = defineStateMachine({
  StartAt: 'a',
  States: { ...chain, [last]: { Type: 'Task', Resource: lambda, Retry: [retry], End: true } },
});

/** A list of tests can be computed, too. */
const isOneOf = ['a', 'b'].map((StringEquals) => ({ Variable: '$.kind', StringEquals }) as const);

export const computedTests = defineStateMachine({
  StartAt: 'Which',
  States: {
    Which: { Type: 'Choice', Choices: [{ Or: isOneOf, Next: 'Known' }], Default: 'Known' },
    Known: { Type: 'Succeed' },
  },
});
