/** The properties of an execution. */
import { deployDefinition, functionArn, sequence, throws } from '../../src/testing';
import { payment } from './machines';

describe('the visits of a state', () => {
  test('have input, output, attempts and duration', async () => {
    const workflow = await deployDefinition(payment);
    workflow.replace('Charge', sequence(throws('Busy'), throws('Declined', 'no money')));
    workflow.replace('Tell', () => ({ MessageId: '1' }));
    const execution = await workflow.run({ amount: 5 });
    const cause = '{"errorType":"Declined","errorMessage":"no money","trace":[]}';
    expect(execution.input).toEqual({ amount: 5 });
    expect(execution.visitsOf('Charge')).toEqual([
      {
        input: { amount: 5 },
        output: { Error: 'Declined', Cause: cause },
        assigned: {},
        error: 'Declined',
        cause,
        attempts: 2,
        duration: 10_000,
      },
    ]);
    expect(execution.visitsOf('Paid')).toEqual([]);
    expect(() => execution.visitsOf('Piad')).toThrow(
      'The workflow has no state "Piad". Did you mean "Paid"?',
    );
  });

  test('are one for each time that it was entered, with the variables that it assigned', async () => {
    const workflow = await deployDefinition({
      QueryLanguage: 'JSONata',
      StartAt: 'Zero',
      States: {
        Zero: { Type: 'Pass', Assign: { n: 0 }, Next: 'Count' },
        Count: {
          Type: 'Pass',
          Assign: { n: '{% $n + 1 %}', o: { a: [1] } },
          Next: 'Enough',
        },
        Enough: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $n < 2 %}', Next: 'Count' }],
          Default: 'Done',
        },
        Done: { Type: 'Succeed' },
      },
    });
    const execution = await workflow.run('in');
    expect(execution.visitsOf('Count').map(({ assigned }) => assigned)).toEqual([
      { n: 1, o: { a: [1] } },
      { n: 2, o: { a: [1] } },
    ]);
    expect(execution.visitsOf('Done')).toMatchObject([{ input: 'in', output: 'in', error: undefined }]);
  });
});

describe('the child executions of a distributed Map', () => {
  const each = (name: string, next: object) => ({
    Type: 'Map',
    ToleratedFailurePercentage: 100,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: name,
      States: {
        [name]: {
          Type: 'Task',
          Resource: functionArn('Work'),
          Next: `Rest ${name}`,
        },
        [`Rest ${name}`]: { Type: 'Wait', Seconds: 60, End: true },
      },
    },
    ResultPath: null,
    ...next,
  });
  const run = async () => {
    const workflow = await deployDefinition({
      StartAt: 'First',
      States: {
        First: each('A', { Next: 'Second' }),
        Second: each('B', { End: true }),
      },
    });
    workflow.replace('Work', (n: number) => {
      if (n === 2) throw new RangeError('two');
      return n * 10;
    });
    return workflow.run([1, 2, 3]);
  };

  test('are listed, each with its own history and calls', async () => {
    const { children, invocations } = await run();
    expect(
      children.slice(0, 3).map(({ input, status, output, error, visited, duration }) => ({
        input,
        status,
        output,
        error,
        visited,
        duration,
      })),
    ).toEqual([
      {
        input: 1,
        status: 'SUCCEEDED',
        output: 10,
        error: undefined,
        visited: ['A', 'Rest A'],
        duration: 60_000,
      },
      {
        input: 2,
        status: 'FAILED',
        output: undefined,
        error: 'RangeError',
        visited: ['A'],
        duration: 0,
      },
      {
        input: 3,
        status: 'SUCCEEDED',
        output: 30,
        error: undefined,
        visited: ['A', 'Rest A'],
        duration: 60_000,
      },
    ]);
    expect(children).toHaveLength(6);
    expect(children[1]?.invocations).toEqual([invocations[1]]);
    expect(children[1]).toHaveFailedWith('RangeError');
  });

  test('count as part of the execution', async () => {
    const execution = await run();
    expect(execution).toHaveVisited('First', 'A', 'Rest A', 'Second', 'B');
    expect(execution).toHaveInvoked('A', { times: 3 });
    expect(execution.visitsOf('Rest B').map(({ input }) => input)).toEqual([10, 30]);
    expect(() => expect(execution).toHaveVisited('B', 'A')).toThrow(
      'First [ 2× A → Rest A | A ✗ RangeError ] → Second [ 2× B → Rest B | B ✗ RangeError ]',
    );
  });
});

test('a snapshot has the result, the states and the calls', async () => {
  const workflow = await deployDefinition(payment);
  const paid = await workflow.replace('Charge', () => ({ id: 7 })).run({ amount: 5 });
  const failed = await workflow.replace('Charge', throws('Broken', 'no disk')).run({ amount: 5 });

  expect(paid).toMatchInlineSnapshot(`
    {
      "duration": 0,
      "input": {
        "amount": 5,
      },
      "invocations": [
        {
          "input": {
            "amount": 5,
          },
          "lambda": "Charge",
          "state": "Charge",
        },
      ],
      "output": {
        "id": 7,
      },
      "status": "SUCCEEDED",
      "visited": [
        "Charge",
        "Paid",
      ],
    }
  `);
  expect(JSON.parse(JSON.stringify(failed))).toMatchObject({
    status: 'FAILED',
    error: 'GaveUp',
    visited: ['Charge', 'GiveUp'],
  });
});
