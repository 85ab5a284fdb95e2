import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Account } from '../../../src/local-aws/account';
import { type DeployedStack, deployTerraformJson } from '../../../src/local-aws/deployment';
import { synthesize } from '../../fixture/synthesize';

const functionArn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

describe("this project's own stack in a local account", () => {
  const account = new Account({ accountId: '123456789012', region: 'us-east-1' });
  let folder: string;
  let deployment: DeployedStack;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'terraform-account-'));
    deployment = await deployTerraformJson(account, synthesize(folder));
  });
  afterAll(async () => {
    await account.close();
    rmSync(folder, { recursive: true });
  });

  const roleArn = (name: string) =>
    String(deployment.resources.find(({ address }) => address === `aws_iam_role.${name}`)?.attributes.arn);

  test('the outputs are those of the account', () => {
    expect(deployment.outputs).toEqual({
      state_machine_arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:error-handling',
      test_log_group: '/aws/lambda/Test',
      error_log_group: '/aws/lambda/Error',
    });
  });

  test('the state machine calls the functions by their ARNs', () => {
    const { definition, roleArn: role } = account.states.describeStateMachine({
      stateMachineArn: String(deployment.outputs.state_machine_arn),
    });

    expect(JSON.parse(definition).States).toMatchObject({
      Test: { Resource: functionArn('Test') },
      HandleError: { Resource: functionArn('Error') },
    });
    expect(role).toBe(roleArn('state'));
  });

  test('the functions have their own roles and log groups', () => {
    expect(account.lambda.getFunction({ FunctionName: 'Test' }).Configuration).toMatchObject({
      Role: roleArn('test'),
      Handler: 'index.handler',
      LoggingConfig: { LogGroup: '/aws/lambda/Test' },
      TracingConfig: { Mode: 'Active' },
    });
    expect(account.logs.describeLogGroups({}).logGroups).toMatchObject([
      { logGroupName: '/aws/lambda/Error', retentionInDays: 14 },
      { logGroupName: '/aws/lambda/Test', retentionInDays: 14 },
      { logGroupName: '/aws/vendedlogs/states/error-handling', retentionInDays: 14 },
    ]);
  });

  test.each([
    ['state', 'lambda:InvokeFunction', functionArn('Test'), true],
    ['state', 'lambda:InvokeFunction', functionArn('Error'), true],
    ['state', 'lambda:InvokeFunction', functionArn('Other'), false],
    ['state', 'lambda:DeleteFunction', functionArn('Test'), false],
    ['state', 'logs:CreateLogDelivery', '*', true],
    [
      'test',
      'logs:PutLogEvents',
      'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/Test:log-stream:s',
      true,
    ],
    [
      'test',
      'logs:PutLogEvents',
      'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/Error:log-stream:s',
      false,
    ],
    ['test', 'lambda:InvokeFunction', functionArn('Error'), false],
  ])('the role of %s: %s on %s: %s', (role, action, resource, allowed) => {
    expect(account.iam.authorize({ roleArn: roleArn(role), action, resource }).allowed).toBe(allowed);
  });

  test.each([
    ['states.amazonaws.com', 'error-handling', '123456789012', true],
    ['states.amazonaws.com', 'other', '123456789012', false],
    ['states.amazonaws.com', 'error-handling', '210987654321', false],
    ['lambda.amazonaws.com', 'error-handling', '123456789012', false],
  ])("%s may act as the machine's role for %s of %s: %s", (service, machine, accountId, allowed) => {
    const conditions = {
      'aws:SourceArn': `arn:aws:states:us-east-1:${accountId}:stateMachine:${machine}`,
      'aws:SourceAccount': accountId,
    };

    expect(account.iam.canAssume({ roleArn: roleArn('state'), service, conditions })).toBe(allowed);
  });
});
