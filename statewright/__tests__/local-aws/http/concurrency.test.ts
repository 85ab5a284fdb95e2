import type {
  GetExecutionHistoryOutput,
  ListExecutionsOutput,
  StartExecutionOutput,
} from '@aws-sdk/client-sfn';
import { type LocalAws, startLocalAws, statesClient, trust } from './harness';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());

test('3,000 executions run at once: none is lost, and every history is complete', async () => {
  aws.account.iam.createRole({
    RoleName: 'machine',
    AssumeRolePolicyDocument: trust('states.amazonaws.com'),
  });
  const { stateMachineArn } = aws.account.states.createStateMachine({
    name: 'state',
    roleArn: 'arn:aws:iam::123456789012:role/machine',
    definition: JSON.stringify({
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 1, Next: 'Pass' }, Pass: { Type: 'Pass', End: true } },
    }),
  });
  const { call, close } = statesClient(aws.server.url, 200);

  const names = Array.from({ length: 3000 }, (_, index) => `execution-${index}`);
  const started = await Promise.all(
    names.map((name) =>
      call<StartExecutionOutput>('StartExecution', { stateMachineArn, name, input: `"${name}"` }),
    ),
  );
  await Promise.all(started.map(({ executionArn = '' }) => aws.account.states.executionEnded(executionArn)));

  const listed = new Set<string | undefined>();
  let nextToken: string | undefined;
  do {
    const request = { stateMachineArn, statusFilter: 'SUCCEEDED', maxResults: 1000, nextToken };
    const page = await call<ListExecutionsOutput>('ListExecutions', request);
    for (const { name } of page.executions ?? []) listed.add(name);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  expect([...listed].sort()).toEqual([...names].sort());

  const histories = await Promise.all(
    started.map(({ executionArn }) =>
      call<GetExecutionHistoryOutput>('GetExecutionHistory', { executionArn }),
    ),
  );
  const whole = (output: string) => ({ ids: [1, 2, 3, 4, 5, 6], output: `"${output}"` });
  const read = histories.map(({ events = [] }) => ({
    ids: events.map(({ id }) => id),
    output: events.at(-1)?.executionSucceededEventDetails?.output,
  }));
  expect(read).toEqual(names.map(whole));
  close();
});
