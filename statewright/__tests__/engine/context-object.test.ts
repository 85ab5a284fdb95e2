import { LAMBDA, machineOf, NAMES, run } from './run';

const NOW = '2024-01-01T00:00:00.000Z';
const EXECUTION = {
  Id: NAMES.executionArn,
  Input: { a: 1 },
  StartTime: NOW,
  Name: 'run-1',
  RoleArn: NAMES.roleArn,
  RedriveCount: 0,
};
const MACHINE = { Id: NAMES.stateMachineArn, Name: 'machine' };

test('has the execution, the state machine and the state', async () => {
  const { output } = await run(machineOf({ Type: 'Pass', InputPath: '$$', End: true }), { input: { a: 1 } });
  expect(output).toEqual({
    Execution: EXECUTION,
    StateMachine: MACHINE,
    State: { Name: 'State', EnteredTime: NOW },
  });
});

test('is $states.context in JSONata', async () => {
  const definition = machineOf(
    { Type: 'Pass', Output: '{% $states.context.State.Name %}', End: true },
    { QueryLanguage: 'JSONata' },
  );
  expect((await run(definition)).output).toBe('State');
});

test('an Express execution cannot be redriven', async () => {
  const { output } = await run(machineOf({ Type: 'Pass', InputPath: '$$.Execution', End: true }), {
    type: 'EXPRESS',
  });
  expect(output).not.toHaveProperty('RedriveCount');
});

test('counts the retries of a Task', async () => {
  const state = { Type: 'Task', Resource: `${LAMBDA}x`, Parameters: { 'state.$': '$$.State' }, End: true };
  const { output } = await run(machineOf(state), { tasks: { State: ({ input }) => ({ output: input }) } });
  expect(output).toEqual({ state: { Name: 'State', EnteredTime: NOW, RetryCount: 0 } });
});

test('has the item, for every state of an iteration', async () => {
  const branch = {
    StartAt: 'Deep',
    States: { Deep: { Type: 'Pass', Parameters: { 'item.$': '$$.Map.Item' }, End: true } },
  };
  const processor = {
    StartAt: 'Both',
    States: { Both: { Type: 'Parallel', Branches: [branch], End: true } },
  };
  const { output } = await run(machineOf({ Type: 'Map', ItemProcessor: processor, End: true }), {
    input: ['x', 'y'],
  });
  expect(output).toEqual([[{ item: { Index: 0, Value: 'x' } }], [{ item: { Index: 1, Value: 'y' } }]]);
});

test('has the simulated times', async () => {
  const { output } = await run({
    StartAt: 'Day',
    States: {
      Day: { Type: 'Wait', Seconds: 86_400, Next: 'State' },
      State: {
        Type: 'Pass',
        Parameters: { 'start.$': '$$.Execution.StartTime', 'entered.$': '$$.State.EnteredTime' },
        End: true,
      },
    },
  });
  expect(output).toEqual({ start: NOW, entered: '2024-01-02T00:00:00.000Z' });
});
