import { Account } from '../../src/local-aws/account';
import { ownRoles } from '../../src/testing/permissions';
import { awsErrorOf } from './context';
import { allow, trust, zipOf } from './http/harness';

let account: Account;
beforeEach(() => {
  account = new Account({ accountId: '123456789012', region: 'eu-west-1' });
});
afterEach(() => account.close());

const roleArn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:Echo';

function addRole(name: string, service: string, ...actions: string[]): void {
  account.iam.createRole({ RoleName: name, AssumeRolePolicyDocument: trust(service) });
  if (actions.length > 0) {
    account.iam.putRolePolicy({ RoleName: name, PolicyName: 'p', PolicyDocument: allow(...actions) });
  }
}
const addFunction = (role: string) =>
  account.lambda.createFunction({
    FunctionName: 'Echo',
    Role: roleArn(role),
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { ZipFile: zipOf('exports.handler = async (event) => { console.log("seen"); return event; };') },
  });

test('the services share one account and region', () => {
  addRole('function', 'lambda.amazonaws.com');
  expect(addFunction('function').FunctionArn).toBe(functionArn);
  expect(account.sts.getCallerIdentity().Account).toBe('123456789012');
});

test('Lambda accepts only a role that it may assume', async () => {
  addRole('machine', 'states.amazonaws.com');
  expect(await awsErrorOf(() => addFunction('machine'))).toBe(
    'InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.',
  );
});

test('Lambda may assume a role that exists elsewhere, and the function writes its log', async () => {
  await account.close();
  account = new Account({ accountId: '123456789012', region: 'eu-west-1', permissions: ownRoles });
  addRole('machine', 'states.amazonaws.com');
  expect(await awsErrorOf(() => addFunction('machine'))).toMatch('cannot be assumed by Lambda');

  addFunction('elsewhere');
  await account.lambda.invoke({ FunctionName: 'Echo' });
  const { events } = account.logs.filterLogEvents({
    logGroupName: '/aws/lambda/Echo',
    filterPattern: 'seen',
  });
  expect(events).toHaveLength(1);
});

test('a function does not run once Lambda may no longer assume its role', async () => {
  addRole('function', 'lambda.amazonaws.com');
  addFunction('function');
  account.iam.deleteRole({ RoleName: 'function' });
  expect(await awsErrorOf(() => account.lambda.invoke({ FunctionName: 'Echo' }))).toBe(
    'AccessDeniedException: The role defined for the function cannot be assumed by Lambda.',
  );
});

test('a function writes its log only with permission', async () => {
  addRole('function', 'lambda.amazonaws.com');
  addFunction('function');
  account.logs.createLogGroup({ logGroupName: '/aws/lambda/Echo' });
  const lines = async () => {
    await account.lambda.invoke({ FunctionName: 'Echo' });
    return account.logs.filterLogEvents({ logGroupName: '/aws/lambda/Echo', filterPattern: 'seen' }).events
      .length;
  };
  expect(await lines()).toBe(0);
  account.iam.putRolePolicy({ RoleName: 'function', PolicyName: 'p', PolicyDocument: allow('logs:*') });
  expect(await lines()).toBe(1);
});

test('a state machine calls a function, if its role may', async () => {
  addRole('function', 'lambda.amazonaws.com');
  addRole('machine', 'states.amazonaws.com');
  addFunction('function');
  const definition = JSON.stringify({
    StartAt: 'Echo',
    States: { Echo: { Type: 'Task', Resource: functionArn, End: true } },
  });
  const { stateMachineArn } = account.states.createStateMachine({
    name: 'state',
    definition,
    roleArn: roleArn('machine'),
  });
  const run = () =>
    account.states.executionEnded(
      account.states.startExecution({ stateMachineArn, input: '[1]' }).executionArn,
    );
  expect(await run()).toMatchObject({ status: 'FAILED', error: 'Lambda.AWSLambdaException' });
  account.iam.putRolePolicy({
    RoleName: 'machine',
    PolicyName: 'p',
    PolicyDocument: allow('lambda:InvokeFunction'),
  });
  expect(await run()).toMatchObject({ status: 'SUCCEEDED', output: '[1]' });
});
