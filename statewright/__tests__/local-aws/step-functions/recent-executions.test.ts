/** The last executions of EXPRESS state machines, which the console shows. */
import { answering, calling, functionArn, machineArn, passing, statesHarness, waiting } from './harness';

const express = { type: 'EXPRESS' };

test('an execution is listed while it runs and after it has ended, with its history', async () => {
  const { states, create } = statesHarness();
  create(waiting.replace('3600', '1'), express);
  const { executionArn } = states.startExecution({ stateMachineArn: machineArn, name: 'one', input: '[1]' });
  expect(states.listRecentExecutions({ stateMachineArn: machineArn })).toMatchObject([
    { executionArn, name: 'one', status: 'RUNNING', input: '[1]' },
  ]);
  await states.abort(executionArn);
  const recent = states.recentExecution(executionArn);
  expect(recent).toMatchObject({ status: 'ABORTED', stopDate: expect.any(Number) });
  expect(recent?.events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'WaitStateEntered',
    'ExecutionAborted',
  ]);
});

test('those of StartSyncExecution, too, with their outcome and their invocations', async () => {
  const { states, create } = statesHarness(answering('7'));
  create(calling(functionArn), express);
  const { executionArn } = await states.startSyncExecution({ stateMachineArn: machineArn });
  expect(states.recentExecution(executionArn)).toMatchObject({
    status: 'SUCCEEDED',
    output: '7',
    invocations: [{ functionName: functionArn, scheduledEventId: 3 }],
  });
});

test('the newest are kept, the newest first', async () => {
  const { states, create } = statesHarness();
  create(passing, express);
  for (let i = 0; i < 60; i++) {
    await states.startSyncExecution({ stateMachineArn: machineArn, name: `run-${i}` });
  }
  const names = states.listRecentExecutions({ stateMachineArn: machineArn }).map(({ name }) => name);
  expect([names.length, names[0], names.at(-1)]).toEqual([50, 'run-59', 'run-10']);
});

test('executions with large payloads leave fewer of them', async () => {
  const { states, create } = statesHarness();
  create(passing, express);
  const input = JSON.stringify('x'.repeat(260_000));
  for (let i = 0; i < 40; i++) await states.startSyncExecution({ stateMachineArn: machineArn, input });
  // Four payloads each: the input and the output, of the execution and of its state.
  expect(states.listRecentExecutions({ stateMachineArn: machineArn })).toHaveLength(16);
});

test('a deleted state machine takes them with it', async () => {
  const { states, create } = statesHarness();
  create(passing, express);
  await states.startSyncExecution({ stateMachineArn: machineArn });
  states.deleteStateMachine({ stateMachineArn: machineArn });
  expect(states.listRecentExecutions({ stateMachineArn: machineArn })).toEqual([]);
});
