import { type ExploreOptions, exploreDefinition } from '../../../src/verify/explore';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const SQS = 'arn:aws:states:::sqs:sendMessage';

const task = (more: object = {}) => ({ Type: 'Task', Resource: FUNCTION, End: true, ...more });

async function findings(definition: object, options: ExploreOptions = {}): Promise<string[]> {
  const explored = await exploreDefinition(definition, options);
  expect(explored.limits).toEqual([]);
  return explored.findings.map(({ kind, location, message }) => `${kind} ${location} ${message}`);
}

/** Each row as `state error → end`. */
async function ends(definition: object, options: ExploreOptions = {}): Promise<string[]> {
  const { rows } = await exploreDefinition(definition, options);
  return rows.map(({ state, error, end }) =>
    [`${state} ${error} →`, end.status, end.state, end.error ?? '', end.because ?? ''].join(' ').trim(),
  );
}

const machine = (states: Record<string, object>, more: object = {}) => ({
  StartAt: Object.keys(states)[0],
  States: states,
  ...more,
});

describe('entries of Retry and Catch that never apply', () => {
  const never = async (state: object, more: Record<string, object> = {}) =>
    (
      await findings(machine({ A: { ...state, Next: 'B', End: undefined }, B: { Type: 'Succeed' }, ...more }))
    ).filter((text) => text.startsWith('NEVER_APPLIES'));
  const catching = (...names: string[][]) => names.map((ErrorEquals) => ({ ErrorEquals, Next: 'B' }));

  test('after an entry that handles the error', async () => {
    const Catch = catching(['Alpha'], ['Alpha', 'Beta'], ['States.TaskFailed'], ['Gamma'], ['States.ALL']);
    expect(await never(task({ Catch }))).toEqual([
      'NEVER_APPLIES /States/A/Catch[1] Alpha in this Catch of A never applies: an earlier entry (/States/A/Catch[0]) handles Alpha.',
      'NEVER_APPLIES /States/A/Catch[3] This Catch entry of A (Gamma) never applies: States.TaskFailed in an earlier entry (/States/A/Catch[2]) handles every error but States.Timeout.',
    ]);
  });

  test('after States.ALL', async () => {
    expect(await never(task({ Catch: catching(['States.ALL'], ['Alpha']) }))).toEqual([
      'NEVER_APPLIES /States/A/Catch[1] This Catch entry of A (Alpha) never applies: States.ALL in an earlier entry (/States/A/Catch[0]) handles every error.',
    ]);
  });

  test('names that the service does not raise', async () => {
    const Retry = [{ ErrorEquals: ['Lambda.ServiceException', 'SQS.Throttled', 'MyError'] }];
    expect(
      await never(task({ Resource: SQS, Parameters: { QueueUrl: 'q', MessageBody: 'm' }, Retry })),
    ).toEqual([
      'NEVER_APPLIES /States/A/Retry[0] Lambda.ServiceException in this Retry of A never applies: sqs:sendMessage does not raise it.',
      'NEVER_APPLIES /States/A/Retry[0] MyError in this Retry of A never applies: sqs:sendMessage does not raise it.',
    ]);
    expect(await never(task({ Retry: [{ ErrorEquals: ['Lambda.ServiceException', 'MyError'] }] }))).toEqual(
      [],
    );
  });

  test('States.Timeout without a timeout, and States.Runtime', async () => {
    expect(await never(task({ Catch: catching(['States.Timeout'], ['States.Runtime']) }))).toEqual([
      'NEVER_APPLIES /States/A/Catch[0] This Catch entry of A (States.Timeout) never applies: the Task needs TimeoutSeconds to time out.',
      'NEVER_APPLIES /States/A/Catch[1] This Catch entry of A (States.Runtime) never applies: Step Functions never passes States.Runtime to Retry or Catch.',
    ]);
    expect(await never(task({ TimeoutSeconds: 5, Catch: catching(['States.Timeout']) }))).toEqual([]);
  });

  test('in a Parallel: what no state in it raises', async () => {
    const branch = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });
    const parallel = (last: object) => ({
      Type: 'Parallel',
      Branches: [
        branch('L', task({ Resource: SQS, Parameters: { QueueUrl: 'q', MessageBody: 'm' } })),
        branch('R', last),
      ],
      Catch: catching(['Refused']),
    });
    expect(await never(parallel({ Type: 'Pass', End: true }))).toEqual([
      'NEVER_APPLIES /States/A/Catch[0] This Catch entry of A (Refused) never applies: no state in it raises it.',
    ]);
    expect(await never(parallel({ Type: 'Fail', Error: 'Refused' }))).toEqual([]);
  });
});

test('a handler whose input lacks what it reads, and a Catch that throws it away', async () => {
  const order = (ResultPath: object) =>
    machine({
      Reserve: task({
        ResultPath: '$.hotel',
        End: undefined,
        Catch: [{ ErrorEquals: ['Full'], ...ResultPath, Next: 'Cancel' }],
        Next: 'Pay',
      }),
      Pay: task({
        ResultPath: '$.paid',
        Catch: [{ ErrorEquals: ['Declined'], ResultPath: '$.error', Next: 'Cancel' }],
      }),
      Cancel: task({ Parameters: { 'id.$': '$.hotel.id', 'for.$': '$.customer' } }),
    });
  const faults = async (definition: object) =>
    (await findings(definition)).filter((text) => /^(HANDLER|INPUT)/.test(text));

  const missing =
    "Cancel fails with States.Runtime: The JSONPath '$.hotel.id' specified for the field 'id.$' could not be found in its input.";
  expect(await faults(order({ ResultPath: '$.error' }))).toEqual([
    `HANDLER_FAILS /States/Cancel After Full of Reserve, which a Catch handles, ${missing}`,
  ]);

  const lost = machine({
    Pay: task({ Catch: [{ ErrorEquals: ['Declined'], Next: 'Tell' }] }),
    Tell: task({ Parameters: { 'to.$': '$.customer' } }),
  });
  expect(await faults(lost)).toEqual([
    'INPUT_LOST /States/Pay/Catch[0] The Catch for Declined of Pay replaces the input, which Tell needs. ' +
      "Tell fails with States.Runtime: The JSONPath '$.customer' specified for the field 'to.$' could not be found in its input. " +
      'Keep the input with ResultPath, such as "$.error".',
  ]);
});

test('in JSONata, too', async () => {
  const definition = machine(
    {
      Pay: task({
        Arguments: '{% $states.input.order %}',
        Catch: [{ ErrorEquals: ['Declined'], Next: 'Tell' }],
      }),
      Tell: task({ Arguments: { to: '{% $states.input.customer.name %}' } }),
    },
    { QueryLanguage: 'JSONata' },
  );
  expect(await ends(definition)).toEqual([
    '→ SUCCEEDED Pay',
    'Pay Declined → FAILED Tell States.QueryEvaluationError',
    'Pay any other error → FAILED Pay',
  ]);
  expect((await findings(definition)).filter((text) => text.startsWith('INPUT_LOST'))).toHaveLength(1);
});

test('an item of a Map that fails while the others run, and the Catch of the Map', async () => {
  const each = (mode: object, more: object = {}) =>
    machine({
      Each: {
        Type: 'Map',
        ItemsPath: '$.items',
        ItemProcessor: { ...mode, StartAt: 'Work', States: { Work: task() } },
        ...more,
        Catch: [{ ErrorEquals: ['Broken'], ResultPath: '$.error', Next: 'Repair' }],
        End: true,
      },
      Repair: { Type: 'Succeed' },
    });
  const inputs = [{ items: [1, 2, 3] }];
  const expected = [
    '→ SUCCEEDED Each',
    'Work Broken → SUCCEEDED Repair',
    'Work any other error → FAILED Work',
  ];
  expect(await ends(each({}), { inputs })).toEqual(expected);

  const distributed = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
  expect(await ends(each(distributed), { inputs })).toEqual([
    '→ SUCCEEDED Each',
    'Work Broken → FAILED Each States.ExceedToleratedFailureThreshold',
    'Work any other error → FAILED Each States.ExceedToleratedFailureThreshold',
  ]);
  expect(await ends(each(distributed, { ToleratedFailureCount: 1 }), { inputs })).toEqual(
    [
      '→ SUCCEEDED Each',
      'Work Broken → SUCCEEDED Each',
      'Work any other error → SUCCEEDED Each',
      'Work Broken → FAILED Each States.ExceedToleratedFailureThreshold',
      'Work any other error → FAILED Each States.ExceedToleratedFailureThreshold',
    ].sort(byWork),
  );
});

/** The rows of one error next to each other. */
const byWork = (a: string, b: string) => Number(a.includes('FAILED')) - Number(b.includes('FAILED'));

test('a loop that keeps the time that it reads is explored as one that does not', async () => {
  const definition = machine({
    Ask: task({ ResultPath: '$.answer', Next: 'Which', End: undefined }),
    Which: {
      Type: 'Choice',
      Choices: [{ Variable: '$.answer.status', StringEquals: 'BUSY', Next: 'Pause' }],
      Default: 'Done',
    },
    Pause: { Type: 'Wait', Seconds: 10, Next: 'Note' },
    Note: {
      Type: 'Pass',
      Parameters: { 'at.$': '$$.State.EnteredTime' },
      ResultPath: '$.note',
      Next: 'Ask',
    },
    Done: { Type: 'Succeed' },
  });
  const { executions, rows } = await exploreDefinition(definition, { maxEvents: 100, maxExecutions: 50 });
  expect(rows.map(({ state, end }) => `${state} → ${end.status}`)).toEqual([' → SUCCEEDED', 'Ask → FAILED']);
  expect(executions).toBeLessThan(10);
});

test.each([
  { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
  { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', CSVDelimiter: 'SEMICOLON' },
  { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['owner', 'id', 'kind'] },
  { InputType: 'JSONL' },
  { InputType: 'JSON' },
  { InputType: 'JSON', ItemsPointer: '/shop/orders' },
  { InputType: 'MANIFEST' },
  { InputType: 'JSONL', ManifestType: 'ATHENA_DATA', MaxItems: 5 },
  { InputType: 'PARQUET' },
])('an example item that an ItemReader reads, in the format of %j', async (ReaderConfig) => {
  const read = task({ Parameters: { 'id.$': '$.id' } });
  const isParcel = { Variable: '$.kind', StringEquals: 'small, parcel', Next: 'Work' };
  const definition = machine({
    Each: {
      Type: 'Map',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig,
        Parameters: { Bucket: 'orders', Key: 'all' },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Kind',
        States: { Kind: { Type: 'Choice', Choices: [isParcel] }, Work: read },
      },
      End: true,
    },
  });
  expect(await ends(definition)).toEqual([
    '→ SUCCEEDED Each',
    'Work any error → FAILED Each States.ExceedToleratedFailureThreshold',
  ]);
});

test('a Task that a handler repeats: what follows when it fails each time', async () => {
  const repeat = {
    Try: task({
      End: undefined,
      Catch: [{ ErrorEquals: ['Busy'], ResultPath: null, Next: 'Pause' }],
      Next: 'Done',
    }),
    Pause: { Type: 'Wait', Seconds: 60, Next: 'Try' },
    Done: { Type: 'Succeed' },
  };
  const rows = ['→ SUCCEEDED Done', 'Try Busy → SUCCEEDED Done', 'Try any other error → FAILED Try'];
  expect(await ends(machine(repeat))).toEqual([...rows, 'Try Busy, each time → NEVER_ENDS Try  repeats']);
  expect(await ends(machine(repeat, { TimeoutSeconds: 3600 }))).toEqual([
    ...rows,
    'Try Busy, each time → TIMED_OUT Try',
  ]);
  expect(await findings(machine(repeat))).toContain(
    'NEVER_ENDS /States/Try Try is repeated without an end, if Try fails with Busy, each time.',
  );
});

test('a loop that counts ends; retries that last longer than a year do not', async () => {
  const counting = machine({
    Start: { Type: 'Pass', Result: 0, ResultPath: '$.tries', Next: 'Try' },
    Try: task({
      End: undefined,
      ResultPath: null,
      Catch: [{ ErrorEquals: ['Busy'], ResultPath: null, Next: 'Count' }],
      Next: 'Done',
    }),
    Count: { Type: 'Pass', Parameters: { 'tries.$': 'States.MathAdd($.tries, 1)' }, Next: 'Again?' },
    'Again?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.tries', NumericLessThan: 3, Next: 'Try' }],
      Default: 'GiveUp',
    },
    GiveUp: { Type: 'Fail', Error: 'GaveUp' },
    Done: { Type: 'Succeed' },
  });
  expect(await ends(counting)).toContain('Try Busy, each time → FAILED GiveUp GaveUp');

  const patient = machine({ A: task({ Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 40 }] }) });
  expect(await ends(patient)).toContain('A Busy → NEVER_ENDS A  waits');
  expect(await findings(patient)).toContain(
    'NEVER_ENDS /States/A A waits for more than a year, if A fails with Busy.',
  );
});

test('the cause of a failed job and of an HTTP response is JSON', async () => {
  const call = (Resource: string, error: string, Next: string) => ({
    Type: 'Task',
    Resource,
    Catch: [{ ErrorEquals: [error], Output: '{% $parse($states.errorOutput.Cause) %}', Next: 'Done' }],
    TimeoutSeconds: 60,
    Next,
  });
  const States = {
    Job: call('arn:aws:states:::batch:submitJob.sync', 'States.TaskFailed', 'Http'),
    Http: call('arn:aws:states:::http:invoke', 'States.Http.StatusCode.404', 'Done'),
    Done: { Type: 'Succeed' },
  };
  const lines = await ends(machine(States, { QueryLanguage: 'JSONata' }));
  expect(lines).toContain('Job any error → SUCCEEDED Done');
  expect(lines).toContain('Http States.Http.StatusCode.404 → SUCCEEDED Done');
});

test('a state behind two members of the input is reached', async () => {
  const both = {
    And: [
      { Variable: '$.kind', StringEquals: 'B' },
      { Variable: '$.state', StringEquals: 'Y' },
    ],
  };
  const definition = machine({
    Which: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.kind', StringEquals: 'A', Next: 'Done' },
        { Variable: '$.state', StringEquals: 'X', Next: 'Done' },
        { ...both, Next: 'Rare' },
      ],
      Default: 'Done',
    },
    Rare: { Type: 'Pass', Next: 'Done' },
    Done: { Type: 'Succeed' },
  });
  expect(await findings(definition)).toEqual([]);
});

test('JSONata makes one item of a list of one; with two items what follows is reached', async () => {
  const definition = machine(
    {
      Shape: { Type: 'Pass', Output: `{% $states.input.lines.{ 'sku': sku } %}`, Next: 'Each' },
      Each: {
        Type: 'Map',
        Items: '{% $states.input %}',
        ItemProcessor: { StartAt: 'Line', States: { Line: { Type: 'Pass', End: true } } },
        End: true,
      },
    },
    { QueryLanguage: 'JSONata' },
  );
  expect(await findings(definition)).toEqual([
    expect.stringMatching(/^FAILS_WITHOUT_ERROR \/States\/Each .* Expected 'array', but was 'object'/),
  ]);
});

test('both ways of a Choice are taken; what no example reaches is named', async () => {
  const definition = machine({
    Ask: task({ End: undefined, Next: 'Paid?' }),
    'Paid?': {
      Type: 'Choice',
      Choices: [
        { Variable: '$.state', StringEquals: 'PAID', Next: 'Done' },
        {
          And: [
            { Variable: '$.state', StringEquals: 'PAID' },
            { Variable: '$.sum', NumericGreaterThan: 5 },
          ],
          Next: 'Never',
        },
      ],
      Default: 'Refused',
    },
    Refused: { Type: 'Fail', Error: 'Refused' },
    Never: { Type: 'Pass', End: true },
    Done: { Type: 'Succeed' },
  });
  expect(await ends(definition)).toEqual([
    '→ SUCCEEDED Done',
    '→ FAILED Refused Refused',
    'Ask any error → FAILED Ask',
  ]);
  expect((await findings(definition)).at(-1)).toBe(
    'NOT_REACHED /States/Never No execution reached Never: add an input, or a stand-in with a result that leads there.',
  );
});

test('limits that were reached are reported', async () => {
  const loop = machine({
    A: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'B' },
    B: task({ ResultPath: null, End: undefined, Next: 'A' }),
  });
  const explored = await exploreDefinition(loop, { inputs: [{ n: 0 }], maxEvents: 100, maxExecutions: 7 });
  expect(explored.limits).toEqual([
    'An execution was stopped after 100 events.',
    'After 7 executions, longer sequences of outcomes were not tried.',
  ]);
  expect(explored.executions).toBe(7);
});
