/** Likely mistakes in definitions that AWS accepts. */
import { findMistakes, validateStateMachine } from '../../src/asl';
import { samples } from '../machines';
import { machineOf } from './machine';

const f = 'arn:aws:lambda:us-east-1:111122223333:function:f';
const callback = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';

/** Each mistake on one line; the definition is valid. */
function mistakesIn(definition: unknown): string[] {
  expect(validateStateMachine(definition).filter(({ severity }) => severity === 'ERROR')).toEqual([]);
  return findMistakes(definition).map(({ code, message, location }) => `${code} ${message} ${location}`);
}

const mistakesOf = (state: Record<string, unknown>, rest?: Record<string, unknown>) =>
  mistakesIn(machineOf(state, rest));
const JSONATA = { QueryLanguage: 'JSONata' };

test.each(Object.entries(samples))('the sample %s has none', (_, { definition }) => {
  expect(findMistakes(definition)).toEqual([]);
});

describe('a variable', () => {
  const assign = { Type: 'Pass', Assign: { orderId: 1 }, Next: 'B' };
  const from = (B: object, A: object = assign) =>
    mistakesIn({ StartAt: 'A', States: { A, B: { ...B, End: true } } });
  const inner = (state: object, config = {}) => ({
    Type: 'Map',
    ItemProcessor: { ...config, StartAt: 'C', States: { C: { ...state, End: true } } },
  });

  test('that no state assigns', () => {
    expect(from({ Type: 'Pass', Parameters: { 'id.$': '$orderID' } })).toEqual([
      'UNASSIGNED_VARIABLE No state assigns the variable "$orderID". Did you mean "$orderId"? /States/B/Parameters/id.$',
    ]);
    expect(from({ Type: 'Pass', QueryLanguage: 'JSONata', Output: { id: '{% $state.input %}' } })).toEqual([
      'UNASSIGNED_VARIABLE No state assigns the variable "$state". Did you mean "$states"? /States/B/Output/id',
    ]);
  });

  test.each([
    [
      'of this scope',
      { Type: 'Pass', Parameters: { 'id.$': 'States.Format("{}", $orderId)'.replaceAll('"', "'") } },
    ],
    ['of the scope around it', inner({ Type: 'Pass', InputPath: '$orderId' })],
    [
      'of the expression',
      { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% ($x := 1; $x + $orderId) %}' },
    ],
    [
      'of a function in the expression',
      {
        Type: 'Pass',
        QueryLanguage: 'JSONata',
        Output: '{% $map([1], function($each, $i) { $each + $i }) %}',
      },
    ],
    [
      'of a step of a path',
      {
        Type: 'Pass',
        QueryLanguage: 'JSONata',
        Output: '{% $states.input.orders@$o#$n.{"id": $o.id, "n": $n} %}',
      },
    ],
  ])('%s', (_, state) => {
    expect(from(state)).toEqual([]);
  });

  test('outside a distributed Map', () => {
    const config = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
    expect(from(inner({ Type: 'Pass', InputPath: '$orderId' }, config))).toEqual([
      'UNASSIGNED_VARIABLE The variable "$orderId" is assigned outside the distributed Map, whose child executions do not have it: pass it in ItemSelector /States/B/ItemProcessor/States/C/InputPath',
    ]);
  });
});

describe('the context object', () => {
  test.each([
    ['$$.Exection.Id', '$$ does not have the field "Exection". Did you mean "Execution"?'],
    ['$$.Execution.ID', '$$.Execution does not have the field "ID". Did you mean "Id"?'],
    [
      '$$.State.Foo',
      '$$.State does not have the field "Foo". Choose one of: "EnteredTime", "Name", "RetryCount".',
    ],
    ['$$.Task.Token', 'Only a Task with .waitForTaskToken or .sync has a task token'],
    [
      '$$.Map.Item.Value',
      'Only a Map and the states in its processor have the field "Map" of the context object',
    ],
  ])('does not have %s here', (path, message) => {
    expect(mistakesOf({ Type: 'Pass', Parameters: { 'a.$': path } })).toEqual([
      `UNKNOWN_REFERENCE ${message} /States/A/Parameters/a.$`,
    ]);
  });

  test.each(['$$', '$$.Execution.Input.any.thing', "$$['Execution']", '$$..Id', '$$.State.Name'])(
    'has %s',
    (path) => {
      expect(mistakesOf({ Type: 'Pass', Parameters: { 'a.$': path } })).toEqual([]);
    },
  );
});

test.each([
  ['sqs:sendMessage.waitForTaskToken', { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' }],
  ['states:startExecution.sync:2', { StateMachineArn: 'm', Input: { 'token.$': '$$.Task.Token' } }],
])('a Task that calls %s has a task token', (called, Parameters) => {
  expect(mistakesOf({ Type: 'Task', Resource: `arn:aws:states:::${called}`, Parameters })).toEqual([]);
});

describe('$states', () => {
  test.each([
    ['$states.inputs', '$states does not have the field "inputs". Did you mean "input"?'],
    [
      '$states.context.Execution.name',
      '$states.context.Execution does not have the field "name". Did you mean "Name"?',
    ],
    ['$states.result', 'Only Output and Assign of a Task, a Parallel and a Map have $states.result'],
  ])('does not have %s here', (expression, message) => {
    expect(mistakesOf({ Type: 'Pass', Output: `{% ${expression} %}` }, JSONATA)).toEqual([
      `UNKNOWN_REFERENCE ${message} /States/A/Output`,
    ]);
  });

  test('has the result in Output and Assign of a Task, not in Arguments', () => {
    const result = '{% $states.result %}';
    expect(
      mistakesOf(
        { Type: 'Task', Resource: f, Arguments: result, Output: result, Assign: { a: result } },
        JSONATA,
      ),
    ).toEqual([expect.stringMatching(/^UNKNOWN_REFERENCE .* \/States\/A\/Arguments$/)]);
  });
});

test.each([
  ['$strng(1)', '"$strng". Did you mean "$string"?'],
  ['$eval("1")', '"$eval". Use "$parse".'],
  ['$frobnicate(1)', '"$frobnicate"'],
])('%s: a function that does not exist', (expression, message) => {
  expect(mistakesOf({ Type: 'Pass', Output: `{% ${expression} %}` }, JSONATA)).toEqual([
    `UNKNOWN_FUNCTION Step Functions does not have the function ${message} /States/A/Output`,
  ]);
});

test.each(['$parse("1")', '($f := function($x) { $x }; $f(1))', '$map([1], $string)', '[1] ~> $sum'])(
  '%s: no mistake',
  (expression) => {
    expect(mistakesOf({ Type: 'Pass', Output: `{% ${expression} %}` }, JSONATA)).toEqual([]);
  },
);

describe('an error name', () => {
  const caught = (name: string) =>
    mistakesOf({ Type: 'Task', Resource: f, Retry: [{ ErrorEquals: [name] }] });

  test.each([
    ['States.TimedOut', 'Did you mean "States.Timeout"?'],
    ['States.All', 'Did you mean "States.ALL"?'],
    ['States.MyOwnError', 'The prefix "States." is reserved.'],
  ])('%s is not predefined', (name, hint) => {
    expect(caught(name)).toEqual([
      `UNKNOWN_ERROR_NAME "${name}" is not a predefined error, so this entry never applies to it. ${hint} /States/A/Retry[0]/ErrorEquals`,
    ]);
  });

  test('of Lambda is misspelt', () => {
    expect(caught('Lambda.TooManyRequestException')).toEqual([
      'UNKNOWN_ERROR_NAME "Lambda.TooManyRequestException" is not an error of Lambda. Did you mean "Lambda.TooManyRequestsException"? /States/A/Retry[0]/ErrorEquals',
    ]);
  });

  test.each([
    'States.Http.StatusCode.404',
    'States.HeartbeatTimeout',
    'Own',
    'Lambda.Unknown',
    'Lambda.NewerException',
  ])('%s is fine', (name) => {
    expect(caught(name)).toEqual([]);
  });
});

describe('a task token', () => {
  const request = (MessageBody: unknown, fields = {}) =>
    mistakesOf({
      Type: 'Task',
      Resource: callback,
      Parameters: { QueueUrl: 'q', ...(MessageBody as object) },
      ...fields,
    });

  test('that is not passed', () => {
    expect(request({ 'MessageBody.$': '$' })).toEqual([
      'NO_TASK_TOKEN The request does not pass the task token, so nothing can end this Task: add $$.Task.Token /States/A/Parameters',
    ]);
    expect(
      mistakesOf(
        { Type: 'Task', Resource: callback, Arguments: { QueueUrl: 'q', MessageBody: 'b' } },
        JSONATA,
      ),
    ).toEqual([
      'NO_TASK_TOKEN The request does not pass the task token, so nothing can end this Task: add {% $states.context.Task.Token %} /States/A/Arguments',
    ]);
  });

  test.each([
    { MessageBody: { 'token.$': '$$.Task.Token' } },
    { 'MessageBody.$': '$$' },
    { 'MessageBody.$': '$$.Task' },
    { 'MessageBody.$': "States.Format('{}', $$.Task.Token)" },
  ])('that is passed: %j', (body) => {
    expect(request(body)).toEqual([]);
  });

  test('that is passed as the input', () => {
    expect(request({ 'MessageBody.$': '$' }, { InputPath: '$$' })).toEqual([]);
  });

  test.each([
    '$states.context',
    '$string($states.context.Task.Token)',
    '($c := $states.context; $c.Task.Token)',
  ])('that is passed: %s', (expression) => {
    const Arguments = { QueueUrl: 'q', MessageBody: `{% ${expression} %}` };
    expect(mistakesOf({ Type: 'Task', Resource: callback, Arguments }, JSONATA)).toEqual([]);
  });
});

test.each([
  ['States.MathAdd($.a)', 'States.MathAdd takes 2 arguments, not 1'],
  ['States.MathRandom(1)', 'States.MathRandom takes 2 to 3 arguments, not 1'],
  ['States.JsonToString()', 'States.JsonToString takes 1 argument, not 0'],
  ['States.Format()', 'States.Format takes 1 or more arguments, not 0'],
  [
    "States.Format('{} of {}', $.a)",
    'The template of States.Format has 2 {}, and the number of its values is 1',
  ],
  ["States.Hash($.a, 'SHA256')", 'States.Hash does not have the algorithm "SHA256". Did you mean "SHA-256"?'],
  [
    "States.Array(States.Format('\\{}', $.a))",
    'The template of States.Format has 0 {}, and the number of its values is 1',
  ],
])('%s: %s', (call, message) => {
  expect(mistakesOf({ Type: 'Pass', Parameters: { 'a.$': call } })).toEqual([
    `WRONG_ARGUMENTS ${message} /States/A/Parameters/a.$`,
  ]);
});

test('a text of the other query language is not evaluated', () => {
  expect(mistakesOf({ Type: 'Pass', Parameters: { id: '{% $states.input.id %}' } })).toEqual([
    'NOT_EVALUATED A JSONPath state does not evaluate {% … %}. Write a path in a field that ends in .$, or set QueryLanguage to JSONata /States/A/Parameters/id',
  ]);
  expect(
    mistakesOf({ Type: 'Pass', Output: { 'id.$': '$.id', name: "States.Format('{}', $.a)" } }, JSONATA),
  ).toEqual([
    'NOT_EVALUATED A JSONata state does not evaluate paths and intrinsic functions. Write an expression: {% … %} /States/A/Output/id.$',
    'NOT_EVALUATED A JSONata state does not evaluate paths and intrinsic functions. Write an expression: {% … %} /States/A/Output/name',
  ]);
  expect(mistakesOf({ Type: 'Pass', Comment: '{% x %}', Result: { a: '{% x %}' } })).toEqual([]);
});
