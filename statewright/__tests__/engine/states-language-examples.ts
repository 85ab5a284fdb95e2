import { memoryObjects } from './objects';
import { LAMBDA, machineOf, type RunOptions } from './run';

/** A state machine that uses one name of the language, and its result. */
export interface Example {
  readonly machine: object;
  readonly options?: RunOptions;
  readonly output?: unknown;
  /** The error, or `error: cause`, when the execution must fail. */
  readonly error?: string;
  /** Whether it fails because the engine does not support it. */
  readonly refused?: true;
}

const JSONATA = { QueryLanguage: 'JSONata' };
const pass = (more: object, input: unknown, output: unknown): Example => ({
  machine: machineOf({ Type: 'Pass', ...more, End: true }),
  options: { input },
  output,
});
const task = (more: object, options: RunOptions, output: unknown): Example => ({
  machine: machineOf({ Type: 'Task', Resource: `${LAMBDA}x`, ...more, End: true }),
  options: { tasks: { State: ({ input }) => ({ output: input }) }, ...options },
  output,
});
const one = (state: object) => ({ StartAt: 'One', States: { One: state } });
const PASS = one({ Type: 'Pass', End: true });
const DISTRIBUTED = { ...PASS, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
const map = (more: object, input: unknown, output: unknown): Example => ({
  machine: machineOf({ Type: 'Map', ItemProcessor: PASS, ...more, End: true }),
  options: { input },
  output,
});
const GET_OBJECT = { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'b', Key: 'k' } };
const reading = (ReaderConfig: object): Example => ({
  machine: machineOf({
    Type: 'Map',
    ItemProcessor: DISTRIBUTED,
    ItemReader: { ...GET_OBJECT, ReaderConfig },
    End: true,
  }),
  options: { objects: memoryObjects({ 'b/k': '[1, 2]' }).store },
  output: [1, 2],
});
const PUT_OBJECT = { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b' } };
const fail = (more: object, error: string): Example => ({
  machine: machineOf({ Type: 'Fail', ...more }),
  options: { input: { e: 'E', c: 'C' } },
  error,
});
/** The rule is true for the input, and not for `null`. */
const rule = (name: string, is: object, v: unknown): [string, Example[]] => {
  const machine = {
    StartAt: 'Ask',
    States: {
      Ask: { Type: 'Choice', Choices: [{ ...is, Next: 'Yes' }], Default: 'No' },
      Yes: { Type: 'Pass', Result: 'yes', End: true },
      No: { Type: 'Pass', Result: 'no', End: true },
    },
  };
  return [name, [{ machine, options: { input: { v } }, output: 'yes' }]];
};
const intrinsic = (call: string, output: unknown, input: unknown = {}): [string, Example[]] => [
  call.slice(0, call.indexOf('(')),
  [pass({ Parameters: { 'v.$': call }, OutputPath: '$.v' }, input, output)],
];
const jsonata = (expression: string, output: unknown): [string, Example[]] => [
  expression.slice(0, expression.indexOf('(')),
  [pass({ ...JSONATA, Output: `{% ${expression} %}` }, {}, output)],
];
const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/);
const NEVER = { output: '1', takes: Number.POSITIVE_INFINITY };

/** By the row names in docs/states-language.md. */
export const examples: ReadonlyMap<string, readonly Example[]> = new Map<string, Example[]>([
  ['Task', [task({}, { input: 1 }, 1)]],
  ['Pass', [pass({}, 1, 1)]],
  rule('Choice', { Variable: '$.v', IsPresent: true }, 1),
  ['Wait', [{ machine: machineOf({ Type: 'Wait', Seconds: 86_400, End: true }), output: {} }]],
  ['Succeed', [{ machine: machineOf({ Type: 'Succeed' }), output: {} }]],
  ['Fail', [fail({ Error: 'E' }, 'E')]],
  [
    'Parallel',
    [{ machine: machineOf({ Type: 'Parallel', Branches: [PASS, PASS], End: true }), output: [{}, {}] }],
  ],
  ['Map, inline', [map({}, [1], [1])]],
  ['Map, distributed', [map({ ItemProcessor: DISTRIBUTED }, [1], [1])]],

  [
    'TimeoutSeconds of the state machine',
    [{ machine: machineOf({ Type: 'Wait', Seconds: 0, End: true }, { TimeoutSeconds: 1 }), output: {} }],
  ],
  ['QueryLanguage', [pass({ ...JSONATA, Output: '{% 1 + 1 %}' }, {}, 2)]],
  ['InputPath', [pass({ InputPath: '$.a' }, { a: 1 }, 1)]],
  ['Parameters', [pass({ Parameters: { 'a.$': '$.b', c: 2 } }, { b: 1 }, { c: 2, a: 1 })]],
  ['ResultSelector', [task({ ResultSelector: { 'a.$': '$.b' } }, { input: { b: 1 } }, { a: 1 })]],
  ['ResultPath', [task({ ResultPath: '$.r' }, { input: { b: 1 } }, { b: 1, r: { b: 1 } })]],
  ['OutputPath', [pass({ OutputPath: '$.a' }, { a: 1 }, 1)]],
  ['Result', [pass({ Result: 1 }, {}, 1)]],
  ['Assign', [pass({ Assign: { x: 1 } }, {}, {})]],
  ['Arguments', [task({ ...JSONATA, Arguments: { a: '{% 1 + 1 %}' } }, {}, { a: 2 })]],
  ['Output', [pass({ ...JSONATA, Output: { a: '{% $states.input.b %}' } }, { b: 1 }, { a: 1 })]],
  [
    'Retry',
    [task({ Retry: [{ ErrorEquals: ['E'] }] }, { tasks: { State: [{ error: 'E' }, { output: '1' }] } }, 1)],
  ],
  [
    'Catch',
    [
      {
        machine: {
          StartAt: 'State',
          States: {
            State: {
              Type: 'Task',
              Resource: `${LAMBDA}x`,
              Catch: [{ ErrorEquals: ['E'], Next: 'Next' }],
              End: true,
            },
            Next: { Type: 'Pass', Result: 'caught', End: true },
          },
        },
        options: { tasks: { State: { error: 'E' } } },
        output: 'caught',
      },
    ],
  ],
  [
    'TimeoutSeconds, TimeoutSecondsPath',
    [
      { ...task({ TimeoutSeconds: 1 }, { tasks: { State: NEVER } }, 0), error: 'States.Timeout' },
      {
        ...task({ TimeoutSecondsPath: '$.t' }, { input: { t: 1 }, tasks: { State: NEVER } }, 0),
        error: 'States.Timeout',
      },
    ],
  ],
  [
    'HeartbeatSeconds, HeartbeatSecondsPath',
    [{ HeartbeatSeconds: 1 }, { HeartbeatSecondsPath: '$.h' }].map((more) => ({
      ...task(
        { Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', ...more },
        { input: { h: 1 }, tasks: { State: { output: '{}' } } },
        0,
      ),
      error: 'States.Timeout',
    })),
  ],
  [
    'Credentials',
    [
      task(
        { Credentials: { RoleArn: 'arn:r' } },
        { tasks: { State: ({ roleArn }) => ({ output: `"${roleArn}"` }) } },
        'arn:r',
      ),
    ],
  ],
  [
    'Seconds, SecondsPath',
    [
      { machine: machineOf({ Type: 'Wait', Seconds: 1, End: true }), output: {} },
      {
        machine: machineOf({ Type: 'Wait', SecondsPath: '$.s', End: true }),
        options: { input: { s: 1 } },
        output: { s: 1 },
      },
    ],
  ],
  [
    'Timestamp, TimestampPath',
    [
      { machine: machineOf({ Type: 'Wait', Timestamp: '2030-01-01T00:00:00Z', End: true }), output: {} },
      {
        machine: machineOf({ Type: 'Wait', TimestampPath: '$.t', End: true }),
        options: { input: { t: '2030-01-01T00:00:00Z' } },
        output: { t: '2030-01-01T00:00:00Z' },
      },
    ],
  ],
  ['Error, ErrorPath', [fail({ Error: 'E' }, 'E'), fail({ ErrorPath: '$.e' }, 'E')]],
  [
    'Cause, CausePath',
    [fail({ Error: 'E', Cause: 'C' }, 'E: C'), fail({ Error: 'E', CausePath: '$.c' }, 'E: C')],
  ],
  [
    'Items, ItemsPath',
    [map({ ItemsPath: '$.a' }, { a: [1] }, [1]), map({ ...JSONATA, Items: [1, '{% 2 %}'] }, {}, [1, 2])],
  ],
  [
    'ItemSelector',
    [
      map({ ItemSelector: { 'i.$': '$$.Map.Item.Index' } }, ['a'], [{ i: 0 }]),
      map({ Parameters: { 'i.$': '$$.Map.Item.Index' } }, ['a'], [{ i: 0 }]),
    ],
  ],
  ['ItemProcessor', [map({}, [1], [1]), map({ ItemProcessor: undefined, Iterator: PASS }, [1], [1])]],
  [
    'MaxConcurrency, MaxConcurrencyPath',
    [
      map({ MaxConcurrency: 1 }, [1], [1]),
      map({ ItemsPath: '$.a', MaxConcurrencyPath: '$.m' }, { a: [1], m: 1 }, [1]),
    ],
  ],
  [
    'ItemBatcher',
    [map({ ItemProcessor: DISTRIBUTED, ItemBatcher: { MaxItemsPerBatch: 2 } }, [1, 2], [{ Items: [1, 2] }])],
  ],
  ...['ToleratedFailureCount', 'ToleratedFailurePercentage'].map((name): [string, Example[]] => [
    `${name}, ${name}Path`,
    [{ [name]: 100 }, { [`${name}Path`]: '$.most' }].map((more) =>
      map(
        {
          ItemsPath: '$.a',
          ItemProcessor: { ...DISTRIBUTED, ...one({ Type: 'Fail', Error: 'E' }) },
          ...more,
        },
        { a: [1], most: 100 },
        [expect.objectContaining({ Status: 'FAILED', Error: 'E' })],
      ),
    ),
  ]),
  ['Label', [map({ ItemProcessor: DISTRIBUTED, Label: 'L' }, [1], [1])]],
  [
    'ItemReader',
    [
      reading({ InputType: 'JSON' }),
      { ...reading({ InputType: 'PARQUET' }), error: 'States.ItemReaderFailed', refused: true },
    ],
  ],
  [
    'ResultWriter',
    [
      map(
        { ItemProcessor: DISTRIBUTED, ResultWriter: { WriterConfig: { Transformation: 'FLATTEN' } } },
        [[1], [2]],
        [1, 2],
      ),
      {
        machine: machineOf({
          Type: 'Map',
          ItemProcessor: DISTRIBUTED,
          ResultWriter: PUT_OBJECT,
          OutputPath: '$.ResultWriterDetails.Bucket',
          End: true,
        }),
        options: { input: [1], objects: memoryObjects().store },
        output: 'b',
      },
    ],
  ],

  rule('And', { And: [{ Variable: '$.v', IsPresent: true }] }, 1),
  rule('Or', { Or: [{ Variable: '$.v', IsPresent: true }] }, 1),
  rule('Not', { Not: { Variable: '$.v', IsPresent: false } }, 1),
  ...[
    { type: 'String', value: 'm', less: 'a', more: 'z' },
    { type: 'Numeric', value: 5, less: 1, more: 9 },
    {
      type: 'Timestamp',
      value: '2024-06-01T00:00:00Z',
      less: '2024-01-01T00:00:00Z',
      more: '2024-12-01T00:00:00Z',
    },
  ].map(({ type, value, less, more }): [string, Example[]] => {
    const operands = {
      Equals: value,
      LessThan: more,
      GreaterThan: less,
      LessThanEquals: value,
      GreaterThanEquals: value,
    };
    const names = Object.keys(operands).map((operator) => `${type}${operator}`);
    const both = Object.values(operands).flatMap((operand, index) => [
      rule('', { Variable: '$.v.a', [names[index] as string]: operand }, { a: value }),
      rule('', { Variable: '$.v.a', [`${names[index]}Path`]: '$.v.b' }, { a: value, b: operand }),
    ]);
    return [names.join(', '), both.flatMap(([, made]) => made)];
  }),
  rule('StringMatches', { Variable: '$.v', StringMatches: 'a*' }, 'abc'),
  rule('BooleanEquals', { Variable: '$.v', BooleanEquals: true }, true),
  [
    'IsNull, IsPresent, IsNumeric, IsString, IsBoolean, IsTimestamp',
    Object.entries({
      IsNull: null,
      IsPresent: 1,
      IsNumeric: 1,
      IsString: 's',
      IsBoolean: true,
      IsTimestamp: '2024-01-01T00:00:00Z',
    }).flatMap(([name, v]) => rule('', { Variable: '$.v', [name]: true }, v)[1]),
  ],
  [
    'Condition',
    [
      {
        machine: {
          ...JSONATA,
          StartAt: 'Ask',
          States: {
            Ask: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.v > 0 %}', Next: 'Yes' }] },
            Yes: { Type: 'Pass', Output: 'yes', End: true },
          },
        },
        options: { input: { v: 1 } },
        output: 'yes',
      },
    ],
  ],

  intrinsic('States.Array(1, 2)', [1, 2]),
  intrinsic('States.ArrayPartition($.a, 2)', [[1, 2], [3]], { a: [1, 2, 3] }),
  intrinsic('States.ArrayContains($.a, 2)', true, { a: [1, 2] }),
  intrinsic('States.ArrayRange(1, 5, 2)', [1, 3, 5]),
  intrinsic('States.ArrayGetItem($.a, 1)', 2, { a: [1, 2] }),
  intrinsic('States.ArrayLength($.a)', 2, { a: [1, 2] }),
  intrinsic('States.ArrayUnique($.a)', [1, 2], { a: [1, 2, 1] }),
  intrinsic("States.Base64Encode('ab')", 'YWI='),
  intrinsic("States.Base64Decode('YWI=')", 'ab'),
  intrinsic("States.Hash('a', 'MD5')", '0cc175b9c0f1b6a831c399e269772661'),
  intrinsic('States.JsonMerge($.a, $.b, false)', { x: 1, y: 2 }, { a: { x: 1 }, b: { y: 2 } }),
  intrinsic('States.JsonToString($.a)', '{"x":1}', { a: { x: 1 } }),
  intrinsic("States.StringToJson('[1]')", [1]),
  intrinsic('States.MathAdd(1, 2)', 3),
  intrinsic('States.MathRandom(1, 3)', 2),
  intrinsic("States.StringSplit('a,b', ',')", ['a', 'b']),
  intrinsic("States.Format('{}!', 'a')", 'a!'),
  intrinsic('States.UUID()', UUID),
  jsonata('$partition([1, 2, 3], 2)', [[1, 2], [3]]),
  jsonata('$range(1, 5, 2)', [1, 3, 5]),
  jsonata("$hash('a', 'MD5')", '0cc175b9c0f1b6a831c399e269772661'),
  jsonata('$random()', expect.any(Number)),
  jsonata('$uuid()', UUID),
  jsonata("$parse('[1, 2]')", [1, 2]),
  [
    '$eval',
    [
      {
        ...pass({ ...JSONATA, Output: "{% $eval('1') %}" }, {}, 0),
        error: 'States.QueryEvaluationError',
        refused: true,
      },
    ],
  ],

  ["a Lambda function's ARN", [task({}, { input: 1 }, 1)]],
  ['arn:aws:states:::lambda:invoke', [task({ Resource: 'arn:aws:states:::lambda:invoke' }, { input: 1 }, 1)]],
  [
    '….waitForTaskToken',
    [
      {
        ...task({ Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', TimeoutSeconds: 1 }, {}, 0),
        error: 'States.Timeout',
      },
    ],
  ],
  ['….sync', [task({ Resource: 'arn:aws:states:::glue:startJobRun.sync' }, { input: 1 }, 1)]],
  [
    'another service',
    [
      task({ Resource: 'arn:aws:states:::sqs:sendMessage' }, { input: 1 }, 1),
      {
        ...task(
          { Resource: 'arn:aws:states:::sqs:sendMessage' },
          { tasks: { State: { error: 'NoStandIn' } } },
          0,
        ),
        error: 'NoStandIn',
        refused: true,
      },
    ],
  ],
  [
    'an activity',
    [
      task({ Resource: 'arn:aws:states:us-east-1:123456789012:activity:work' }, { input: 1 }, 1),
      {
        ...task(
          { Resource: 'arn:aws:states:us-east-1:123456789012:activity:work' },
          { tasks: { State: { error: 'NoPaint' } } },
          0,
        ),
        error: 'NoPaint',
      },
    ],
  ],

  ['the context object', [pass({ InputPath: '$$.State.Name' }, {}, 'State')]],
  ['256 KiB', [{ ...pass({ Result: 'x'.repeat(2 ** 18) }, {}, 0), error: 'States.DataLimitExceeded' }]],
  ['25,000 events', [{ machine: machineOf({ Type: 'Pass', Next: 'State' }), error: 'States.Runtime' }]],
  [
    'Express',
    [
      {
        ...pass({ InputPath: '$$.Execution' }, {}, expect.not.objectContaining({ RedriveCount: 0 })),
        options: { type: 'EXPRESS' },
      },
    ],
  ],
]);
