import { IamService } from '../../../src/local-aws/iam/iam-service';
import { awsErrorOf, testContext } from '../context';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string) => ({ Effect: 'Allow', Action, Resource: '*' });
const deny = (Action: string) => ({ Effect: 'Deny', Action, Resource: '*' });

const account = '123456789012';
const roleArn = `arn:aws:iam::${account}:role/worker`;
const boundaryArn = `arn:aws:iam::${account}:policy/limit`;
const session = `arn:aws:sts::${account}:assumed-role/worker/session`;
const resource = `arn:aws:lambda:us-east-1:${account}:function:Test`;
const question = { roleArn, action: 'lambda:InvokeFunction', resource, sessionName: 'session' };

let iam: IamService;
beforeEach(() => {
  iam = new IamService(testContext());
  iam.createPolicy({ PolicyName: 'limit', PolicyDocument: policy(allow('lambda:*')) });
  iam.createRole({ RoleName: 'worker', AssumeRolePolicyDocument: trust });
});

/** The end of a denial's message, after the resource; `allowed` for none. */
function answer(more: Partial<Parameters<IamService['authorize']>[0]> = {}): string {
  const decision = iam.authorize({ ...question, ...more });
  return decision.allowed ? 'allowed' : decision.message.replace(/^.* on resource: \S+ /, '');
}
const grant = (document: string) =>
  iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'own', PolicyDocument: document });

describe('a permissions boundary', () => {
  test('is kept, shown and removed', async () => {
    const boundary = () => iam.getRole({ RoleName: 'worker' }).Role.PermissionsBoundary;
    expect(boundary()).toBeUndefined();
    iam.putRolePermissionsBoundary({ RoleName: 'worker', PermissionsBoundary: boundaryArn });
    expect(boundary()).toEqual({
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: boundaryArn,
    });
    expect(iam.getPolicy({ PolicyArn: boundaryArn }).Policy.PermissionsBoundaryUsageCount).toBe(1);
    expect(await awsErrorOf(() => iam.deletePolicy({ PolicyArn: boundaryArn }))).toMatch(/^DeleteConflict/);
    iam.deleteRolePermissionsBoundary({ RoleName: 'worker' });
    expect(boundary()).toBeUndefined();

    const { Role } = iam.createRole({
      RoleName: 'other',
      AssumeRolePolicyDocument: trust,
      PermissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess',
    });
    expect(Role.PermissionsBoundary?.PermissionsBoundaryArn).toBe('arn:aws:iam::aws:policy/PowerUserAccess');
  });

  test('must exist', async () => {
    const PermissionsBoundary = `arn:aws:iam::${account}:policy/none`;
    const calls = [
      () => iam.createRole({ RoleName: 'r', AssumeRolePolicyDocument: trust, PermissionsBoundary }),
      () => iam.putRolePermissionsBoundary({ RoleName: 'worker', PermissionsBoundary }),
    ];
    for (const call of calls) {
      expect(await awsErrorOf(call)).toBe(
        `NoSuchEntity: Scope ARN: ${PermissionsBoundary} does not exist or is not attachable.`,
      );
    }
  });

  test('grants nothing, and limits what the policies grant', () => {
    iam.putRolePermissionsBoundary({ RoleName: 'worker', PermissionsBoundary: boundaryArn });
    expect(answer()).toBe('because no identity-based policy allows the lambda:InvokeFunction action');
    grant(policy(allow('*')));
    expect(answer()).toBe('allowed');
    expect(answer({ action: 's3:GetObject' })).toBe(
      'because no permissions boundary allows the s3:GetObject action',
    );
    iam.createPolicyVersion({
      PolicyArn: boundaryArn,
      PolicyDocument: policy(allow('*'), deny('lambda:Invoke*')),
      SetAsDefault: true,
    });
    expect(answer()).toBe('with an explicit deny in a permissions boundary');
    expect(answer({ action: 's3:GetObject' })).toBe('allowed');
  });
});

describe("a resource's policy", () => {
  const resourcePolicy = (Principal: unknown, Effect = 'Allow') =>
    policy({ Effect, Principal, Action: 'lambda:InvokeFunction', Resource: resource });
  const noPolicy = 'because no identity-based policy allows the lambda:InvokeFunction action';

  test.each<[string, unknown, string]>([
    ['the role', { AWS: roleArn }, 'allowed'],
    ['its session', { AWS: session }, 'allowed'],
    ['everybody', '*', 'allowed'],
    ['another role', { AWS: `${roleArn}2` }, noPolicy],
    ['another session', { AWS: `${session}2` }, noPolicy],
    ['a service', { Service: 'lambda.amazonaws.com' }, noPolicy],
    ['the account, whose roles need policies of their own', { AWS: account }, noPolicy],
  ])('allows %s', (_, principal, expected) => {
    expect(answer({ resourcePolicy: resourcePolicy(principal) })).toBe(expected);
  });

  test.each<[string, unknown]>([
    ['the role', { AWS: [roleArn] }],
    ['the account', { AWS: `arn:aws:iam::${account}:root` }],
  ])('denies %s, whatever its policies allow', (_, principal) => {
    grant(policy(allow('*')));
    expect(answer({ resourcePolicy: resourcePolicy(principal, 'Deny') })).toBe(
      'with an explicit deny in a resource-based policy',
    );
  });

  test('is united with the policies of the role, whose denial and boundary still count', () => {
    const all = { resourcePolicy: resourcePolicy({ AWS: roleArn }) };
    grant(policy(deny('lambda:*')));
    expect(answer(all)).toBe('with an explicit deny in an identity-based policy');
    grant(policy(allow('s3:*')));
    expect(answer(all)).toBe('allowed');
    expect(answer({ ...all, action: 's3:GetObject' })).toBe('allowed');
    iam.createPolicyVersion({
      PolicyArn: boundaryArn,
      PolicyDocument: policy(allow('s3:*')),
      SetAsDefault: true,
    });
    iam.putRolePermissionsBoundary({ RoleName: 'worker', PermissionsBoundary: boundaryArn });
    expect(answer(all)).toBe('because no permissions boundary allows the lambda:InvokeFunction action');
  });
});

test('session policies limit a session', () => {
  grant(policy(allow('*')));
  const sessionPolicies = [policy(allow('s3:*'), deny('s3:Delete*'))];
  expect(answer({ sessionPolicies })).toBe(
    'because no session policy allows the lambda:InvokeFunction action',
  );
  expect(answer({ sessionPolicies, action: 's3:GetObject' })).toBe('allowed');
  expect(answer({ sessionPolicies, action: 's3:DeleteObject' })).toBe(
    'with an explicit deny in a session policy',
  );
});
