import { ScaledClock } from '../../../src/engine';
import { Account, type AccountOptions } from '../../../src/local-aws/account';
import { trustPolicy } from './harness';

/** Runs a state machine in an account whose executions skip waits. */
async function run(states: object, StartAt: string, standIns: AccountOptions['standIns'] = []) {
  const account = new Account({ executionClock: new ScaledClock(0), standIns });
  const AssumeRolePolicyDocument = trustPolicy('states.amazonaws.com');
  const roleArn = account.iam.createRole({ RoleName: 'machine', AssumeRolePolicyDocument }).Role.Arn;
  const definition = JSON.stringify({ StartAt, States: states });
  const { stateMachineArn } = account.states.createStateMachine({ name: 'order', definition, roleArn });
  const { executionArn } = account.states.startExecution({ stateMachineArn });
  const ended = await account.states.executionEnded(executionArn);
  await account.close();
  return { ...ended, seconds: Math.floor((Number(ended.stopDate) - Number(ended.startDate)) / 1000) };
}

const task = {
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage',
  Parameters: { QueueUrl: 'q', MessageBody: 'm' },
};

test('skips a Wait, and its time is in the history', async () => {
  const ended = await run({ Day: { Type: 'Wait', Seconds: 86_400, End: true } }, 'Day');
  expect(ended).toMatchObject({ status: 'SUCCEEDED', seconds: 86_400 });
});

test('skips the pauses of a Retry', async () => {
  let calls = 0;
  const ended = await run(
    {
      Call: { ...task, Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 600, BackoffRate: 2 }], End: true },
    },
    'Call',
    [{ resource: '*', invoke: async () => (++calls < 3 ? { error: 'Busy' } : { output: '1' }) }],
  );
  expect(ended).toMatchObject({ status: 'SUCCEEDED', output: '1', seconds: 1800 });
});

test('the timeout of a Task leaves real work its real time', async () => {
  const ended = await run({ Call: { ...task, TimeoutSeconds: 60, End: true } }, 'Call', [
    { resource: '*', invoke: () => new Promise((resolve) => setTimeout(() => resolve({ output: '1' }), 50)) },
  ]);
  expect(ended).toMatchObject({ status: 'SUCCEEDED', output: '1', seconds: 0 });
});

test('a Task whose token does not come back times out at once', async () => {
  const Resource = `${task.Resource}.waitForTaskToken`;
  const Parameters = { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } };
  const ended = await run(
    { Call: { Type: 'Task', Resource, Parameters, TimeoutSeconds: 3600, End: true } },
    'Call',
    [{ resource: '*', invoke: async () => ({ output: '{}' }) }],
  );
  expect(ended).toMatchObject({ status: 'FAILED', error: 'States.Timeout', seconds: 3600 });
});
