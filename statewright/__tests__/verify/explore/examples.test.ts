import { exampleInputs, examplesOf } from '../../../src/verify/explore/examples';
import { NeedsOfStates } from '../../../src/verify/explore/needs-of-states';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const INVOKE = 'arn:aws:states:::lambda:invoke';

const machine = (States: Record<string, object>, more: object = {}) => ({
  StartAt: Object.keys(States)[0],
  States,
  ...more,
});

const inputs = (definition: object): unknown[] => exampleInputs(definition).map((text) => JSON.parse(text));

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
