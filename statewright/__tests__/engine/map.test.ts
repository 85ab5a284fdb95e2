import { eventsOf, LAMBDA, run } from './run';

const processor = (states: Record<string, object>) => ({ StartAt: Object.keys(states)[0], States: states });
const machine = (states: Record<string, object>, more: object = {}) => ({
  StartAt: 'Each',
  States: {
    Each: { Type: 'Map', ItemProcessor: processor(states), End: true, ...more },
    Handler: { Type: 'Pass', End: true },
  },
});
const PASS = { One: { Type: 'Pass', End: true } };
const FAIL = { One: { Type: 'Fail', Error: 'Broken' } };
const TASK = { One: { Type: 'Task', Resource: `${LAMBDA}One`, End: true } };

describe('one at a time', () => {
  test('an iteration starts from the last event of the one before it', async () => {
    const { lines, output } = await run(machine(PASS, { MaxConcurrency: 1 }), { input: ['a', 'b'] });
    expect(output).toEqual(['a', 'b']);
    expect(lines.slice(1)).toEqual([
      '2<-0 MapStateEntered Each',
      '3<-2 MapStateStarted',
      '4<-3 MapIterationStarted',
      '5<-4 PassStateEntered One',
      '6<-5 PassStateExited One',
      '7<-6 MapIterationSucceeded',
      '8<-6 MapIterationStarted',
      '9<-8 PassStateEntered One',
      '10<-9 PassStateExited One',
      '11<-10 MapIterationSucceeded',
      '12<-11 MapStateSucceeded',
      '13<-11 MapStateExited Each',
      '14<-13 ExecutionSucceeded',
    ]);
  });

  test('the first failure is the last iteration', async () => {
    const { lines, outcome } = await run(machine(FAIL, { MaxConcurrency: 1 }), { input: [1, 2] });
    expect(lines.slice(3)).toEqual([
      '4<-3 MapIterationStarted',
      '5<-4 FailStateEntered One',
      '6<-5 MapIterationFailed',
      '7<-5 MapStateFailed',
      '8<-7 ExecutionFailed',
    ]);
    expect(outcome).toEqual({ status: 'FAILED', error: 'Broken' });
  });
});

describe('concurrent', () => {
  test('all iterations start first', async () => {
    const { lines } = await run(machine(TASK), { input: [1, 2], tasks: { One: { output: '0' } } });
    expect(lines.slice(3, 9)).toEqual([
      '4<-3 MapIterationStarted',
      '5<-3 MapIterationStarted',
      '6<-4 TaskStateEntered One',
      '7<-6 LambdaFunctionScheduled',
      '8<-5 TaskStateEntered One',
      '9<-8 LambdaFunctionScheduled',
    ]);
  });

  test('MaxConcurrency limits the number', async () => {
    let running = 0;
    let most = 0;
    const { output } = await run(machine(TASK, { MaxConcurrency: 3 }), {
      input: [1, 2, 3, 4, 5, 6, 7],
      tasks: {
        One: async ({ input }) => {
          most = Math.max(most, ++running);
          await new Promise(setImmediate);
          running--;
          return { output: input };
        },
      },
    });
    expect(most).toBe(3);
    expect(output).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('at most 40 by default', async () => {
    const { types } = await run(machine(PASS), { input: Array.from({ length: 50 }, (_, index) => index) });
    expect(types.indexOf('PassStateEntered') - types.indexOf('MapIterationStarted')).toBe(40);
  });

  test('a failure aborts the others, each with the event of its state', async () => {
    const { events, lines } = await run(machine(TASK), {
      input: [1, 2, 3],
      tasks: { One: ({ input }) => (input === '2' ? { error: 'Broken' } : { output: '0', takes: 5000 }) },
    });
    const failed = lines.findIndex((line) => line.endsWith('LambdaFunctionFailed'));
    expect(lines.slice(failed)).toEqual([
      '16<-14 LambdaFunctionFailed',
      '17<-16 MapIterationAborted',
      '18<-16 TaskStateAborted',
      '19<-16 MapIterationFailed',
      '20<-16 TaskStateAborted',
      '21<-16 MapIterationAborted',
      '22<-16 TaskStateAborted',
      '23<-16 MapStateFailed',
      '24<-23 ExecutionFailed',
    ]);
    expect(eventsOf(events, 'MapIterationFailed')[0]?.mapIterationFailedEventDetails).toEqual({
      name: 'Each',
      index: 1,
    });
  });
});

test('no items', async () => {
  const { lines, output } = await run(machine(PASS), { input: [] });
  expect(output).toEqual([]);
  expect(lines.slice(2)).toEqual([
    '3<-2 MapStateStarted',
    '4<-3 MapStateSucceeded',
    '5<-3 MapStateExited Each',
    '6<-5 ExecutionSucceeded',
  ]);
});

describe('Retry and Catch', () => {
  test('a retry starts the state again, and only the last failure fails it', async () => {
    const { lines } = await run(machine(FAIL, { Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }] }), {
      input: [1],
    });
    expect(lines.slice(2)).toEqual([
      '3<-2 MapStateStarted',
      '4<-3 MapIterationStarted',
      '5<-4 FailStateEntered One',
      '6<-5 MapIterationFailed',
      '7<-5 MapStateStarted',
      '8<-7 MapIterationStarted',
      '9<-8 FailStateEntered One',
      '10<-9 MapIterationFailed',
      '11<-9 MapStateFailed',
      '12<-11 ExecutionFailed',
    ]);
  });

  test('after a caught failure the state has its Exited event', async () => {
    const definition = machine(FAIL, { Catch: [{ ErrorEquals: ['Broken'], Next: 'Handler' }] });
    const { lines, output } = await run(definition, { input: [1] });
    expect(lines.slice(5, 8)).toEqual([
      '6<-5 MapIterationFailed',
      '7<-5 MapStateFailed',
      '8<-7 MapStateExited Each',
    ]);
    expect(output).toEqual({ Error: 'Broken', Cause: '' });
  });
});

describe('the items', () => {
  test('ItemsPath and ItemSelector read the effective input', async () => {
    const { output } = await run(
      machine(PASS, {
        InputPath: '$.order',
        ItemsPath: '$.lines',
        ItemSelector: { 'line.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index', 'id.$': '$.id' },
      }),
      { input: { order: { id: 7, lines: ['a', 'b'] } } },
    );
    expect(output).toEqual([
      { line: 'a', index: 0, id: 7 },
      { line: 'b', index: 1, id: 7 },
    ]);
  });

  test('Items is an expression in JSONata', async () => {
    const definition = machine(PASS, {
      Items: '{% $states.input.list %}',
      ItemSelector: { v: '{% $states.context.Map.Item.Value %}' },
    });
    const { output } = await run({ QueryLanguage: 'JSONata', ...definition }, { input: { list: [1, 2] } });
    expect(output).toEqual([{ v: 1 }, { v: 2 }]);
  });

  test('Iterator and Parameters are the former names of ItemProcessor and ItemSelector', async () => {
    const { output } = await run(
      {
        StartAt: 'Each',
        States: {
          Each: {
            Type: 'Map',
            Iterator: processor(PASS),
            Parameters: { 'v.$': '$$.Map.Item.Value' },
            End: true,
          },
        },
      },
      { input: [1] },
    );
    expect(output).toEqual([{ v: 1 }]);
  });

  test('an object has one iteration for each of its members', async () => {
    const input = { prices: { pen: 2, ink: 5 } };
    const pairs = await run(machine(PASS, { ItemsPath: '$.prices' }), { input });
    expect(pairs.output).toEqual([
      { Key: 'pen', Value: 2 },
      { Key: 'ink', Value: 5 },
    ]);
    const selected = await run(
      machine(PASS, {
        ItemsPath: '$.prices',
        ItemSelector: { 'name.$': '$$.Map.Item.Key', 'price.$': '$$.Map.Item.Value' },
      }),
      { input },
    );
    expect(selected.output).toEqual([
      { name: 'pen', price: 2 },
      { name: 'ink', price: 5 },
    ]);
    const literal = await run({ QueryLanguage: 'JSONata', ...machine(PASS, { Items: input.prices }) });
    expect(literal.output).toEqual(pairs.output);
  });

  test('a value that is neither an array nor an object fails the execution', async () => {
    const { outcome } = await run(machine(PASS, { ItemsPath: '$.list' }), { input: { list: 1 } });
    expect(outcome).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('"$.list" must point to array'),
    });
  });

  test('in JSONata it is an evaluation error, and then the Map fails', async () => {
    const { types } = await run({ QueryLanguage: 'JSONata', ...machine(PASS) }, { input: { list: 1 } });
    expect(types.slice(2)).toEqual(['EvaluationFailed', 'MapStateFailed', 'ExecutionFailed']);
  });

  test('an ItemReader is rejected with a hint', async () => {
    const { outcome } = await run(
      machine(PASS, { ItemReader: { Resource: 'arn:aws:states:::s3:getObject' } }),
    );
    expect(outcome).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: expect.stringContaining('Only a Map in the mode DISTRIBUTED'),
    });
  });
});

describe('MaxConcurrencyPath', () => {
  const definition = machine(PASS, { ItemsPath: '$.items', MaxConcurrencyPath: '$.most' });

  test.each([1, '1', 0])('%j is a number', async (most) => {
    expect((await run(definition, { input: { items: [1], most } })).output).toEqual([1]);
  });

  test.each([
    ['many', 'many'],
    [{ a: 1 }, '{"a":1}'],
  ])('%j is none, which fails before the Map starts', async (most, text) => {
    const { types, outcome } = await run(definition, { input: { items: [1], most } });
    expect(types.slice(2)).toEqual(['ExecutionFailed']);
    expect(outcome).toMatchObject({
      cause: expect.stringContaining(
        `The MaxConcurrencyPath field refers to value "${text}" which is not a valid integer: $.most`,
      ),
    });
  });
});

test('a Map of 1,000 items', async () => {
  const items = Array.from({ length: 1000 }, (_, index) => index);
  const { output, events } = await run(machine(PASS), { input: items });
  expect(output).toEqual(items);
  expect(events).toHaveLength(4 + 4 * 1000 + 2);
});
