import {
  CreateStateMachineCommand,
  GetExecutionHistoryCommand,
  paginateListExecutions,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { type LocalAws, startLocalAws, trust } from './harness';

jest.setTimeout(120_000);

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());

test('of 1,000 executions at once none is lost, and every history is whole', async () => {
  aws.account.iam.createRole({
    RoleName: 'machine',
    AssumeRolePolicyDocument: trust('states.amazonaws.com'),
  });
  const requestHandler = { httpAgent: { maxSockets: 200 }, socketAcquisitionWarningTimeout: 120_000 };
  const sfn = new SFNClient({ ...aws.client, requestHandler });
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({
      name: 'state',
      roleArn: 'arn:aws:iam::123456789012:role/machine',
      definition: JSON.stringify({
        StartAt: 'Wait',
        States: { Wait: { Type: 'Wait', Seconds: 1, Next: 'Pass' }, Pass: { Type: 'Pass', End: true } },
      }),
    }),
  );
  const names = Array.from({ length: 1000 }, (_, index) => `execution-${index}`);
  const started = await Promise.all(
    names.map((name) => sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: `"${name}"` }))),
  );
  await Promise.all(started.map(({ executionArn = '' }) => aws.account.states.executionEnded(executionArn)));

  const listed = new Set<string | undefined>();
  const pages = paginateListExecutions(
    { client: sfn, pageSize: 300 },
    { stateMachineArn, statusFilter: 'SUCCEEDED' },
  );
  for await (const { executions = [] } of pages) for (const { name } of executions) listed.add(name);
  expect([...listed].sort()).toEqual([...names].sort());

  const histories = await Promise.all(
    started.map(({ executionArn }) => sfn.send(new GetExecutionHistoryCommand({ executionArn }))),
  );
  histories.forEach(({ events = [] }, index) => {
    expect(events.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(events.at(-1)?.executionSucceededEventDetails?.output).toBe(`"${names[index]}"`);
  });
});
