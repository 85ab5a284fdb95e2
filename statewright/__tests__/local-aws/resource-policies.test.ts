import { Account } from '../../src/local-aws/account';
import { trust, zipOf } from './http/harness';

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:Test';
const MACHINE_ROLE = 'arn:aws:iam::123456789012:role/machine';

describe("a function's policy", () => {
  let account: Account;
  beforeEach(() => {
    account = new Account({ accountId: '123456789012' });
    const { iam, lambda, states } = account;
    iam.createRole({ RoleName: 'function', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
    iam.createRole({ RoleName: 'machine', AssumeRolePolicyDocument: trust('states.amazonaws.com') });
    lambda.createFunction({
      FunctionName: 'Test',
      Role: 'arn:aws:iam::123456789012:role/function',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf('exports.handler = async () => "called"') },
    });
    states.createStateMachine({
      name: 'machine',
      roleArn: MACHINE_ROLE,
      definition: JSON.stringify({
        StartAt: 'Call',
        States: { Call: { Type: 'Task', Resource: FUNCTION, End: true } },
      }),
    });
  });
  afterEach(() => account.close());

  async function run(): Promise<string | undefined> {
    const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:machine';
    const { executionArn } = account.states.startExecution({ stateMachineArn });
    const { output, cause } = await account.states.executionEnded(executionArn);
    return output ?? cause;
  }

  const permit = (Principal: string, more: object = {}) =>
    account.lambda.addPermission({
      FunctionName: 'Test',
      StatementId: 'statement-1_a',
      Action: 'lambda:InvokeFunction',
      Principal,
      ...more,
    });

  test('lets a role call it that has no permission of its own', async () => {
    expect(await run()).toContain('no identity-based policy allows the lambda:InvokeFunction action');
    permit(MACHINE_ROLE);
    expect(await run()).toBe('"called"');
    account.lambda.removePermission({ FunctionName: 'Test', StatementId: 'statement-1_a' });
    expect(await run()).toContain('is not authorized');
  });

  test.each([
    ['another role', 'arn:aws:iam::123456789012:role/other', {}],
    ['the account, which leaves it to its roles', '123456789012', {}],
    ['a service', 's3.amazonaws.com', {}],
    ['an organization', '*', { PrincipalOrgID: 'o-1234567890' }],
    ['another action', MACHINE_ROLE, { Action: 'lambda:GetFunction' }],
  ])('does not when it is for %s', async (_, Principal, more) => {
    permit(Principal, more);
    expect(await run()).toContain('is not authorized');
  });

  test('does not override an explicit deny', async () => {
    permit('*');
    account.iam.putRolePolicy({
      RoleName: 'machine',
      PolicyName: 'no',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 'lambda:*', Resource: '*' }],
      }),
    });
    expect(await run()).toContain('with an explicit deny');
  });
});
