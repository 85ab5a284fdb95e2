import { examplesOf } from '../../../src/verify/explore/documents';
import { NeedsOfStates } from '../../../src/verify/explore/needs-of-states';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const INVOKE = 'arn:aws:states:::lambda:invoke';

const machine = (States: Record<string, object>, more: object = {}) => ({
  StartAt: Object.keys(States)[0],
  States,
  ...more,
});

const inputs = (definition: object): unknown[] =>
  examplesOf(new NeedsOfStates(definition).input).map((text) => JSON.parse(text));

function results(definition: object, state: string): unknown[] {
  const needs = new NeedsOfStates(definition).results.get(state);
  return needs ? examplesOf(needs).map((text) => JSON.parse(text)) : [];
}

test('the input has what the states read, wherever they read it', () => {
  const definition = machine({
    Shape: {
      Type: 'Pass',
      InputPath: '$.order',
      Parameters: { 'id.$': '$.id', 'sum.$': "States.MathAdd($['net price'], 1)" },
      ResultPath: '$.shaped',
      Next: 'Pause',
    },
    Pause: { Type: 'Wait', SecondsPath: '$.pause', Next: 'Each' },
    Each: {
      Type: 'Map',
      ItemsPath: '$.order.lines',
      ItemProcessor: {
        StartAt: 'Line',
        States: { Line: { Type: 'Pass', Parameters: { 'sku.$': '$.sku' }, End: true } },
      },
      End: true,
    },
  });
  expect(inputs(definition)).toEqual([
    { order: { id: 'example', 'net price': 1, lines: [{ sku: 'example' }] }, pause: 1 },
  ]);
});

test('the arguments of intrinsic functions have the type that they need', () => {
  const definition = machine({
    Split: { Type: 'Pass', Parameters: { 'parts.$': 'States.ArrayPartition($.list, $.size)' }, End: true },
  });
  expect(inputs(definition)).toEqual([{ list: ['example'], size: 1 }]);
});

test('so have those of functions in functions', () => {
  const definition = machine({
    Merge: {
      Type: 'Pass',
      Parameters: {
        'all.$': 'States.JsonMerge(States.StringToJson($.body), $.defaults, false)',
        'text.$': "States.Format('$.not.read {}', States.ArrayGetItem($.list, States.MathAdd($.n, 1)))",
      },
      End: true,
    },
  });
  expect(inputs(definition)).toEqual([{ body: '{}', defaults: {}, list: ['example'], n: 1 }]);
});

test('slices and filters read the items of a list', () => {
  const Parameters = { 'last.$': '$.lines[-1:].sku', 'open.$': "$.orders[?(@.status == 'open')].id" };
  expect(inputs(machine({ Shape: { Type: 'Pass', Parameters, End: true } }))).toEqual([
    { lines: [{ sku: 'example' }], orders: [{ id: 'example' }] },
  ]);
});

test('Assign reads the input of a Pass, the result of a Task, and the input of the execution', () => {
  const Assign = { 'id.$': '$.id', 'trip.$': '$$.Execution.Input.trip' };
  const definition = machine({
    Shape: { Type: 'Pass', Assign, Next: 'Work' },
    Work: { Type: 'Task', Resource: FUNCTION, Assign: { 'price.$': '$.price' }, End: true },
  });
  expect(inputs(definition)).toEqual([{ id: 'example', trip: 'example' }]);
  expect(results(definition, 'Work')).toEqual([{ price: 'example' }]);
});

test('each way of a Choice has an example', () => {
  const definition = machine({
    Ask: { Type: 'Task', Resource: FUNCTION, ResultPath: '$.answer', Next: 'Which' },
    Which: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.answer.kind', StringEquals: 'A', Next: 'Done' },
        { Variable: '$.limit', NumericGreaterThan: 10, Next: 'Done' },
        { Not: { Variable: '$.flag', IsPresent: true }, Next: 'Done' },
      ],
      Default: 'Done',
    },
    Done: { Type: 'Succeed' },
  });
  expect(results(definition, 'Ask')).toEqual([{ kind: 'A' }, { kind: 'not A' }]);
  expect(inputs(definition)).toEqual([
    { limit: 10, flag: 'example' },
    { limit: 11, flag: 'example' },
    { limit: 9, flag: 'example' },
    { limit: 10 },
  ]);
});

test('each way of a Choice has an example, through payload templates too', () => {
  const definition = machine({
    Ask: {
      Type: 'Task',
      Resource: INVOKE,
      Parameters: { FunctionName: 'f' },
      ResultSelector: {
        inner: { 'kind.$': '$.Payload.type' },
        'text.$': "States.Format('{}', $.StatusCode)",
      },
      ResultPath: '$.answer',
      Next: 'Shape',
    },
    Shape: {
      Type: 'Pass',
      Parameters: { 'kind.$': '$.answer.inner.kind', size: { 'of.$': '$.order.size' } },
      Next: 'Which',
    },
    Which: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.kind', StringEquals: 'A', Next: 'Done' },
        { Variable: '$.kind', IsPresent: false, Next: 'Done' },
        { Variable: '$.size.of', NumericEquals: 11, Next: 'Done' },
      ],
      Default: 'Done',
    },
    Done: { Type: 'Succeed' },
  });
  // A result without `type` would fail in the ResultSelector.
  expect(results(definition, 'Ask')).toEqual(
    ['A', 'not A'].map((type) => ({ Payload: { type }, StatusCode: 'example' })),
  );
  expect(inputs(definition)).toEqual([11, 12, 10].map((size) => ({ order: { size } })));
});

test('each way of a Choice in a Map has an example, through its ItemSelector', () => {
  const definition = machine({
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemSelector: { 'flag.$': '$$.Map.Item.Value.isGood', 'limit.$': '$.max' },
      ItemProcessor: {
        StartAt: 'Good',
        States: {
          Good: {
            Type: 'Choice',
            Choices: [
              { Variable: '$.flag', BooleanEquals: true, Next: 'Done' },
              { Variable: '$.limit', NumericEquals: 5, Next: 'Done' },
            ],
            Default: 'Done',
          },
          Done: { Type: 'Succeed' },
        },
      },
      End: true,
    },
  });
  expect(inputs(definition)).toEqual([
    { items: [{ isGood: true }], max: 5 },
    { items: [{ isGood: true }], max: 6 },
    { items: [{ isGood: true }], max: 4 },
    { items: [{ isGood: false }], max: 5 },
  ]);
});

test('in JSONata too: through an ItemSelector, Arguments and a nested Output', () => {
  const choice = (condition: string) => ({
    StartAt: 'Which',
    States: {
      Which: {
        Type: 'Choice',
        Choices: [{ Condition: `{% ${condition} %}`, Next: 'Done' }],
        Default: 'Done',
      },
      Done: { Type: 'Succeed' },
    },
  });
  const definition = machine(
    {
      Each: {
        Type: 'Map',
        Items: '{% $states.input.items %}',
        ItemSelector: { one: '{% $states.context.Map.Item.Value %}', max: '{% $states.input.max %}' },
        ItemProcessor: choice("$states.input.one.kind = 'A' and $states.input.max > 5"),
        Output: { both: { flag: '{% $states.input.flag %}' } },
        Next: 'Two',
      },
      Two: {
        Type: 'Parallel',
        Arguments: { is: '{% $states.input.both.flag %}' },
        Branches: [choice('$states.input.is = true')],
        End: true,
      },
    },
    { QueryLanguage: 'JSONata' },
  );
  expect(inputs(definition)).toEqual(
    expect.arrayContaining([
      { flag: true, max: 5, items: [{ kind: 'A' }] },
      { flag: false, max: 5, items: [{ kind: 'A' }] },
      { flag: true, max: 6, items: [{ kind: 'A' }] },
      { flag: true, max: 5, items: [{ kind: 'not A' }] },
    ]),
  );
});

test('a Map over a variable reads the variable, not its own input', () => {
  const line = {
    StartAt: 'Line',
    States: { Line: { Type: 'Pass', Parameters: { 'sku.$': '$.sku' }, End: true } },
  };
  const lineOfJsonata = {
    StartAt: 'Line',
    States: { Line: { Type: 'Pass', Output: '{% $states.input.sku %}', End: true } },
  };
  const expected = [{ order: { lines: [{ sku: 'example' }] }, id: 'example' }];

  expect(
    inputs(
      machine({
        Keep: { Type: 'Pass', Assign: { 'lines.$': '$.order.lines' }, Next: 'Each' },
        Each: { Type: 'Map', ItemsPath: '$lines', ItemProcessor: line, ResultPath: '$.done', Next: 'Id' },
        Id: { Type: 'Pass', Parameters: { 'id.$': '$.id' }, End: true },
      }),
    ),
  ).toEqual(expected);
  expect(
    inputs(
      machine(
        {
          Keep: {
            Type: 'Pass',
            Assign: { lines: '{% $states.input.order.lines %}', id: '{% $states.input.id %}' },
            Next: 'Each',
          },
          Each: { Type: 'Map', Items: '{% $lines %}', ItemProcessor: lineOfJsonata, End: true },
        },
        { QueryLanguage: 'JSONata' },
      ),
    ),
  ).toEqual(expected);
});

describe('a JSONata expression reads', () => {
  test.each([
    ['$states.input.a.`b c`', { a: { 'b c': 'example' } }],
    ['$sum($states.input.lines.(qty * price))', { lines: [{ qty: 1, price: 1 }] }],
    [`$states.input.lines.{ 'sku': sku }`, { lines: [{ sku: 'example' }] }],
    [`$states.input.lines{ sku: $sum(qty) }`, { lines: [{ sku: 'example', qty: 1 }] }],
    ['$states.input.lines[paid and total > 3].id', { lines: [{ paid: true, total: 3, id: 'example' }] }],
    ['$states.input.lines[0].id', { lines: [{ id: 'example' }] }],
    ['$states.input.lines^(>price)[-1].id', { lines: [{ price: 1, id: 'example' }] }],
    ['$map($states.input.lines, function($l, $i) { $l.id & $i })', { lines: [{ id: 'example' }] }],
    ['$filter($states.input.all, function($l) { $l.ok = true }).id', { all: [{ ok: true, id: 'example' }] }],
    ['$reduce($states.input.all, function($sum, $l) { $sum + $l.n })', { all: [{ n: 1 }] }],
    ['$states.input.lines@$l.{ "id": $l.id }', { lines: [{ id: 'example' }] }],
    ['($o := $states.input.order; $o.id ~> $uppercase())', { order: { id: 'example' } }],
    ['$exists($states.input.limit) ? $states.input.limit : 500', { limit: 500 }],
    ['$states.input.max ? $states.input.max - 1 : "none"', { max: 1 }],
    [`$states.input.tier in ['gold', 'silver']`, { tier: 'gold' }],
    ['$contains($states.input.mail, "@example.com")', { mail: '@example.com' }],
    ['$parse($states.input.text)', { text: '{}' }],
    ['-$states.input.n', { n: 1 }],
    ['$toMillis($states.input.at) > 0', { at: '2024-01-01T00:00:00Z' }],
    ['$states.input.a $', {}],
    ['$merge([$states.context.Execution, { "a": 1 }]).a', {}],
  ])('%s', (expression, expected) => {
    const definition = machine(
      { Only: { Type: 'Pass', Output: `{% [${expression}] %}`, End: true } },
      { QueryLanguage: 'JSONata' },
    );
    expect(inputs(definition)[0]).toEqual(expected);
  });

  test('numbers of an ItemReader and an ItemBatcher', () => {
    const Each = {
      Type: 'Map',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON', MaxItems: '{% $states.input.most %}' },
        Arguments: { Bucket: 'b', Key: '{% $states.input.key %}' },
      },
      ItemBatcher: { MaxItemsPerBatch: '{% $states.input.size %}' },
      ItemProcessor: { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } },
      End: true,
    };
    expect(inputs(machine({ Each }, { QueryLanguage: 'JSONata' }))[0]).toEqual({
      most: 1,
      key: 'example',
      size: 1,
    });
  });
});

test('the items that an expression computes are not read from the input', () => {
  const each = { StartAt: 'Each', States: { Each: { Type: 'Pass', End: true } } };
  const definition = machine(
    {
      Ask: { Type: 'Map', Items: '{% [1..$states.input.size] %}', ItemProcessor: each, End: true },
    },
    { QueryLanguage: 'JSONata' },
  );
  expect(inputs(definition)).toEqual([{ size: 1 }]);
});

test('the input has what any state reads of the input of the execution', () => {
  const distributed = {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Child',
    States: { Child: { Type: 'Pass', Parameters: { 'a.$': '$$.Execution.Input.ofItem' }, End: true } },
  };
  const definition = machine({
    Work: { Type: 'Task', Resource: FUNCTION, Next: 'Limit' },
    Limit: {
      Type: 'Choice',
      Choices: [{ Variable: '$$.Execution.Input.dryRun', BooleanEquals: true, Next: 'Each' }],
      Default: 'Each',
    },
    Each: { Type: 'Map', ItemsPath: '$$.Execution.Input.lines', ItemProcessor: distributed, Next: 'Last' },
    Last: {
      Type: 'Pass',
      QueryLanguage: 'JSONata',
      Output: '{% $states.context.Execution.Input.bucket %}',
      End: true,
    },
  });
  expect(inputs(definition)).toEqual([
    { bucket: 'example', dryRun: true, lines: [{ ofItem: 'example' }] },
    { bucket: 'example', dryRun: false, lines: [{ ofItem: 'example' }] },
  ]);
});

test('what InputPath, OutputPath, an ItemReader and a merge with defaults read exists', () => {
  const definition = machine({
    Merge: {
      Type: 'Pass',
      Parameters: { 'all.$': 'States.JsonMerge($.defaults, $, false)' },
      OutputPath: '$.all',
      Next: 'Read',
    },
    Read: {
      Type: 'Map',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        Parameters: { Bucket: 'b', 'Key.$': '$.key' },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Item',
        States: { Item: { Type: 'Pass', End: true } },
      },
      ResultPath: null,
      Next: 'Work',
    },
    Work: { Type: 'Task', Resource: FUNCTION, InputPath: '$.data', OutputPath: '$.answer', End: true },
  });
  const read = { key: 'example', data: 'example' };
  expect(inputs(definition)).toEqual([{ defaults: read, ...read }]);
  expect(results(definition, 'Work')).toEqual([{ answer: 'example' }]);
});

test('the item of a batch is read through Items, its BatchInput from the input of the Map', () => {
  const definition = machine(
    {
      Each: {
        Type: 'Map',
        Items: '{% $states.input.lines %}',
        ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { day: '{% $states.input.day %}' } },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Batch',
          States: {
            Batch: {
              Type: 'Pass',
              Output: '{% [$states.input.BatchInput.day.name, $states.input.Items.sku] %}',
              End: true,
            },
          },
        },
        End: true,
      },
    },
    { QueryLanguage: 'JSONata' },
  );
  expect(inputs(definition)).toEqual([{ lines: [{ sku: 'example' }], day: { name: 'example' } }]);
});

test('a text that is parsed as JSON has what is read of it', () => {
  const which = {
    Type: 'Choice',
    Choices: [{ Variable: '$.record.kind', StringEquals: 'A', Next: 'Done' }],
    Default: 'Done',
  };
  const expected = ['{"kind":"A"}', '{"kind":"not A"}'].map((body) => ({ body }));
  const Done = { Type: 'Succeed' };
  const Parse = { Type: 'Pass', Parameters: { 'record.$': 'States.StringToJson($.body)' }, Next: 'Which' };
  expect(inputs(machine({ Parse, Which: which, Done }))).toEqual(expected);
  const parse = {
    Type: 'Pass',
    QueryLanguage: 'JSONata',
    Output: { record: '{% $parse($states.input.body) %}' },
    Next: 'Which',
  };
  expect(inputs(machine({ Parse: parse, Which: which, Done }))).toEqual(expected);
});

test('the items that a path with a wildcard finds are read', () => {
  const definition = machine({
    Scan: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:dynamodb:scan',
      Parameters: { TableName: 'repositories' },
      ResultSelector: { 'items.$': '$.Items[*]' },
      Next: 'Each',
    },
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemProcessor: {
        StartAt: 'Item',
        States: { Item: { Type: 'Pass', Parameters: { 'name.$': '$.name.S' }, End: true } },
      },
      End: true,
    },
  });
  expect(results(definition, 'Scan')).toEqual([{ Items: [{ name: { S: 'example' } }] }]);
});

test('the payload of a function is JSON', () => {
  const Parameters = { FunctionName: 'f', 'Payload.$': '$.body' };
  expect(inputs(machine({ Call: { Type: 'Task', Resource: INVOKE, Parameters, End: true } }))).toEqual([
    { body: {} },
  ]);
});

test.each([
  ['OutputPath', { OutputPath: '$.next' }],
  ['Parameters', { Parameters: { 'next.$': '$.next.next' } }],
  ['Output', { QueryLanguage: 'JSONata', Output: '{% $states.input.next %}' }],
  [
    'Assign',
    {
      QueryLanguage: 'JSONata',
      Assign: { rest: '{% $states.input.next %}' },
      Output: '{% $rest %}',
    },
  ],
])('a loop that reads deeper in each turn ends: %s', (_, fields) => {
  const definition = machine({
    Step: { Type: 'Pass', ...fields, Next: 'More' },
    More: {
      Type: 'Choice',
      Choices: [{ Variable: '$.next', IsPresent: true, Next: 'Step' }],
      Default: 'Done',
    },
    Done: { Type: 'Succeed' },
  });
  expect(inputs(definition)[0]).toMatchObject({ next: { next: {} } });
});

test('a time that may be missing is a time', () => {
  const definition = machine({
    When: {
      Type: 'Choice',
      Choices: [{ Variable: '$.at', IsPresent: true, Next: 'Pause' }],
      Default: 'Done',
    },
    Pause: { Type: 'Wait', TimestampPath: '$.at', Next: 'Done' },
    Done: { Type: 'Succeed' },
  });
  expect(inputs(definition)).toEqual([{ at: '2024-01-01T00:00:10Z' }, {}]);
});

test('a comparison in parentheses, as the console writes it, gives both sides', () => {
  const definition = machine(
    {
      Which: {
        Type: 'Choice',
        Choices: [{ Condition: '{% ($states.input.status) = ("available") %}', Next: 'Done' }],
        Default: 'Done',
      },
      Done: { Type: 'Succeed' },
    },
    { QueryLanguage: 'JSONata' },
  );
  expect(inputs(definition)).toEqual([{ status: 'available' }, { status: 'not available' }]);
});

test('a Condition that is nothing but a reference is true and false', () => {
  const definition = machine(
    {
      Which: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.isPaid %}', Next: 'Done' }],
        Default: 'Done',
      },
      Done: { Type: 'Succeed' },
    },
    { QueryLanguage: 'JSONata' },
  );
  expect(inputs(definition)).toEqual([{ isPaid: true }, { isPaid: false }]);
});

test('a page token of a result is left out in another example, through a ResultSelector too', () => {
  const definition = machine({
    Page: {
      Type: 'Task',
      Resource: INVOKE,
      Parameters: { FunctionName: 'f' },
      ResultSelector: { 'page.$': '$.Payload' },
      Next: 'More',
    },
    More: {
      Type: 'Choice',
      Choices: [{ Variable: '$.page.token', IsPresent: true, Next: 'Page' }],
      Default: 'Done',
    },
    Done: { Type: 'Succeed' },
  });
  expect(results(definition, 'Page')).toEqual([{ Payload: { token: 'example' } }, { Payload: {} }]);
});

test.each([
  ['NumericGreaterThanPath', [1, 2, 0], 1],
  ['BooleanEqualsPath', [true, false], true],
  ['StringEqualsPath', ['example', 'not example'], 'example'],
  [
    'TimestampLessThanPath',
    ['2024-01-01T00:00:00Z', '2000-01-01T00:00:00Z', '2100-01-01T00:00:00Z'],
    '2024-01-01T00:00:00Z',
  ],
])('both sides of %s have values of its type', (operator, values, limit) => {
  const definition = machine({
    Which: {
      Type: 'Choice',
      Choices: [{ Variable: '$.value', [operator]: '$.limit', Next: 'Done' }],
      Default: 'Done',
    },
    Done: { Type: 'Succeed' },
  });
  expect(inputs(definition)).toEqual(values.map((value) => ({ value, limit })));
});

test('what a Task returns is not in the input, even if a handler reads it', () => {
  const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Undo' }];
  const definition = machine({
    First: {
      Type: 'Task',
      Resource: INVOKE,
      Parameters: { FunctionName: 'f' },
      ResultPath: '$.first',
      Next: 'Second',
    },
    Second: { Type: 'Task', Resource: FUNCTION, ResultPath: '$.second', Catch, End: true },
    Undo: {
      Type: 'Task',
      Resource: FUNCTION,
      Parameters: { 'a.$': '$.first.Payload.id', 'b.$': '$.second.id', 'c.$': '$.customer' },
      End: true,
    },
  });
  expect(inputs(definition)).toEqual([{ customer: 'example' }]);
  expect(results(definition, 'First')).toEqual([{ Payload: { id: 'example' } }]);
});

test('in JSONata, through variables and outputs', () => {
  const definition = machine(
    {
      Load: {
        Type: 'Task',
        Resource: FUNCTION,
        Arguments: { id: '{% $states.input.id %}' },
        Assign: { order: '{% $states.result %}' },
        Output: '{% $states.input %}',
        Next: 'Big?',
      },
      'Big?': {
        Type: 'Choice',
        Choices: [{ Condition: '{% $order.total > 100 %}', Next: 'Tell' }],
        Default: 'Tell',
      },
      Tell: {
        Type: 'Task',
        Resource: FUNCTION,
        Arguments: '{% $states.input.customer.mail & $order.note %}',
        End: true,
      },
    },
    { QueryLanguage: 'JSONata' },
  );
  expect(inputs(definition)).toEqual([{ id: 'example', customer: { mail: 'example' } }]);
  expect(results(definition, 'Load')).toEqual([
    { total: 100, note: 'example' },
    { total: 101, note: 'example' },
    { total: 99, note: 'example' },
  ]);
});
