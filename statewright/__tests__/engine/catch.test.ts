import { LAMBDA, run } from './run';

const FAILURE = { error: 'Boom', cause: 'b' };

const machine = (clause: object, more: object = {}) => ({
  StartAt: 'State',
  States: {
    State: {
      Type: 'Task',
      Resource: `${LAMBDA}Work`,
      Catch: [
        { ErrorEquals: ['Other'], Next: 'Other' },
        { ErrorEquals: ['Boom'], Next: 'Handler', ...clause },
      ],
      End: true,
      ...more,
    },
    Handler: { Type: 'Pass', End: true },
    Other: { Type: 'Pass', End: true },
  },
});

const caught = async (clause: object, more?: object) =>
  (await run(machine(clause, more), { input: { id: 7 }, tasks: { State: FAILURE } })).output;

describe('Catch in JSONPath', () => {
  test('the error output replaces the input', async () => {
    expect(await caught({})).toEqual({ Error: 'Boom', Cause: 'b' });
  });

  test('ResultPath puts it into the input', async () => {
    expect(await caught({ ResultPath: '$.problem' })).toEqual({
      id: 7,
      problem: { Error: 'Boom', Cause: 'b' },
    });
  });

  test('ResultPath null drops it', async () => {
    expect(await caught({ ResultPath: null })).toEqual({ id: 7 });
  });

  test("the state's own ResultPath and OutputPath do not apply", async () => {
    expect(await caught({}, { ResultPath: '$.x', OutputPath: '$.missing' })).toEqual({
      Error: 'Boom',
      Cause: 'b',
    });
  });

  test('Assign reads the error output', async () => {
    const definition = machine({ Assign: { 'why.$': '$.Error' } });
    const { events } = await run(definition, { tasks: { State: FAILURE } });
    expect(events.find(({ type }) => type === 'TaskStateExited')).toMatchObject({
      stateExitedEventDetails: { assignedVariables: { why: '"Boom"' } },
    });
  });
});

describe('Catch in JSONata', () => {
  const jsonata = { QueryLanguage: 'JSONata' };

  test('the error output is the output', async () => {
    expect(await caught({}, jsonata)).toEqual({ Error: 'Boom', Cause: 'b' });
  });

  test('Output replaces it, from $states.errorOutput and $states.input', async () => {
    const clause = { Output: { id: '{% $states.input.id %}', why: '{% $states.errorOutput.Error %}' } };
    expect(await caught(clause, jsonata)).toEqual({ id: 7, why: 'Boom' });
  });

  test('an error of an expression is caught like any other', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'State',
      States: {
        State: {
          Type: 'Task',
          Resource: `${LAMBDA}Work`,
          Arguments: '{% $missing %}',
          Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Output: 'caught', Next: 'Handler' }],
          End: true,
        },
        Handler: { Type: 'Pass', End: true },
      },
    };
    const { lines, output } = await run(definition);
    expect(lines.slice(1, 5)).toEqual([
      '2<-0 TaskStateEntered State',
      '3<-0 EvaluationFailed',
      '4<-3 TaskStateExited State',
      '5<-4 PassStateEntered Handler',
    ]);
    expect(output).toBe('caught');
  });
});

test('an error that no catcher matches ends the execution without an Exited event', async () => {
  const { types, outcome } = await run(machine({}), { tasks: { State: { error: 'Unknown' } } });
  expect(types.slice(-2)).toEqual(['LambdaFunctionFailed', 'ExecutionFailed']);
  expect(outcome).toEqual({ status: 'FAILED', error: 'Unknown' });
});
