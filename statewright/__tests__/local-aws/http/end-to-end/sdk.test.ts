import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand, ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { deployTerraformJson } from '../../../../src/local-aws/deployment';
import { seedCases } from '../../../seed-cases';
import { runCase, startWorkflow, type Workflow } from './workflow';

let workflow: Workflow;
beforeAll(async () => {
  workflow = await startWorkflow();
  await deployTerraformJson(workflow.account, workflow.stack);
});
afterAll(() => workflow.close());

test('Step Functions lists the state machine', async () => {
  const { stateMachines } = await workflow.sfn.send(new ListStateMachinesCommand());
  expect(stateMachines).toMatchObject([
    { name: 'error-handling', stateMachineArn: workflow.stateMachineArn },
  ]);
});

test.each(seedCases)('the SDK sees the execution $name', async (seedCase) => {
  const { status, output, events } = seedCase;
  expect(await runCase(workflow, seedCase)).toEqual({ status, output, events });
});

test("CloudWatch Logs has the error handler's line: that it was called", async () => {
  const logs = new CloudWatchLogsClient(workflow.client);
  const { events } = await logs.send(
    new FilterLogEventsCommand({
      logGroupName: '/aws/lambda/Error',
      filterPattern: '"called error_handler"',
    }),
  );
  expect(events).toHaveLength(1);
  const { logGroups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/' }),
  );
  expect(logGroups.map(({ logGroupName }) => logGroupName)).toEqual([
    '/aws/lambda/Error',
    '/aws/lambda/Test',
  ]);
});

test('Lambda describes and invokes the function', async () => {
  const lambda = new LambdaClient(workflow.client);
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: 'Test' }));
  expect(Configuration).toMatchObject({ FunctionName: 'Test', State: 'Active' });
  const invoke = (input: object) =>
    lambda.send(
      new InvokeCommand({
        FunctionName: 'Test',
        Payload: Buffer.from(JSON.stringify(input)),
        LogType: 'Tail',
      }),
    );
  expect(await invoke({})).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  const failed = await invoke({ fail: true });
  expect(failed.FunctionError).toBe('Unhandled');
  expect(JSON.parse(Buffer.from(failed.Payload ?? []).toString())).toMatchObject({ errorType: 'TestError' });
  expect(Buffer.from(failed.LogResult ?? '', 'base64').toString()).toContain('REPORT RequestId: ');
});

test('IAM returns the role of the state machine, which may call only its own functions', async () => {
  const { stateMachineArn } = workflow;
  const { roleArn = '' } = await workflow.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const iam = new IAMClient(workflow.client);
  const RoleName = roleArn.split('/').at(-1) ?? '';
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  expect(Role?.Arn).toBe(roleArn);
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toContain('states.amazonaws.com');

  const { PolicyNames: [PolicyName] = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument));
  const functions = Statement.find(({ Action }: { Action: string | string[] }) =>
    [Action].flat().includes('lambda:InvokeFunction'),
  );
  const arn = (name: string) => `arn:aws:lambda:us-east-1:${workflow.account.accountId}:function:${name}`;
  expect([functions.Resource].flat().sort()).toEqual([arn('Error'), arn('Test')]);
});
