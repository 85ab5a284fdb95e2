import { IamService } from '../../../src/local-aws/iam/iam-service';
import { awsErrorOf, testContext } from '../context';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const policy = (Action: string, Effect = 'Allow') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*' }] });
const roleArn = 'arn:aws:iam::123456789012:role/worker';
const basicExecution = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

let iam: IamService;
beforeEach(() => {
  iam = new IamService(testContext());
  iam.createRole({ RoleName: 'worker', AssumeRolePolicyDocument: trust });
});

describe('roles', () => {
  test('a role is returned as it was created', () => {
    const { Role } = iam.createRole({
      RoleName: 'one',
      AssumeRolePolicyDocument: trust,
      Path: '/team/',
      Description: 'A role',
      Tags: [{ Key: 'team', Value: 'a' }],
    });
    expect(iam.getRole({ RoleName: 'one' }).Role).toEqual({
      ...Role,
      MaxSessionDuration: 3600,
      RoleLastUsed: {},
    });
    expect(Role).toEqual({
      RoleName: 'one',
      RoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}$/),
      Arn: 'arn:aws:iam::123456789012:role/team/one',
      Path: '/team/',
      CreateDate: new Date(Date.UTC(2024, 0, 1)),
      AssumeRolePolicyDocument: trust,
      Description: 'A role',
      Tags: [{ Key: 'team', Value: 'a' }],
    });
  });

  test('an update changes its members and keeps the others', () => {
    iam.updateRole({ RoleName: 'worker', MaxSessionDuration: 7200 });
    iam.updateRoleDescription({ RoleName: 'worker', Description: 'new' });
    iam.tagRole({
      RoleName: 'worker',
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
    iam.tagRole({ RoleName: 'worker', Tags: [{ Key: 'a', Value: '3' }] });
    iam.untagRole({ RoleName: 'worker', TagKeys: ['b'] });
    expect(iam.getRole({ RoleName: 'worker' }).Role).toMatchObject({
      MaxSessionDuration: 7200,
      Description: 'new',
      Tags: [{ Key: 'a', Value: '3' }],
    });
  });

  test('roles are listed by name, in pages', () => {
    for (const RoleName of ['zebra', 'ant']) iam.createRole({ RoleName, AssumeRolePolicyDocument: trust });
    const first = iam.listRoles({ MaxItems: 2 });
    expect(first.Roles.map((role) => role.RoleName)).toEqual(['ant', 'worker']);
    expect(first).toMatchObject({ IsTruncated: true, Marker: expect.any(String) });
    const second = iam.listRoles({
      MaxItems: 2,
      ...('Marker' in first && { Marker: first.Marker as string }),
    });
    expect(second).toMatchObject({ Roles: [{ RoleName: 'zebra' }], IsTruncated: false });
  });

  test.each<[string, () => unknown, string]>([
    [
      'created twice',
      () => iam.createRole({ RoleName: 'worker', AssumeRolePolicyDocument: trust }),
      'EntityAlreadyExists: Role with name worker already exists.',
    ],
    [
      'a name with a space',
      () => iam.createRole({ RoleName: 'a b', AssumeRolePolicyDocument: trust }),
      "ValidationError: 1 validation error detected: Value 'a b' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    ],
    [
      'a name too long',
      () => iam.createRole({ RoleName: 'x'.repeat(65), AssumeRolePolicyDocument: trust }),
      `ValidationError: 1 validation error detected: Value '${'x'.repeat(65)}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [
      'an invalid trust policy',
      () => iam.createRole({ RoleName: 'x', AssumeRolePolicyDocument: '{' }),
      'MalformedPolicyDocument: This policy contains invalid Json',
    ],
    [
      'not found',
      () => iam.getRole({ RoleName: 'nobody' }),
      'NoSuchEntity: The role with name nobody cannot be found.',
    ],
    [
      'a policy that does not exist',
      () => iam.getRolePolicy({ RoleName: 'worker', PolicyName: 'toString' }),
      'NoSuchEntity: The role policy with name toString cannot be found.',
    ],
    [
      'a detached policy',
      () => iam.detachRolePolicy({ RoleName: 'worker', PolicyArn: basicExecution }),
      `NoSuchEntity: Policy ${basicExecution} was not found.`,
    ],
    [
      'an attached policy that is not an ARN',
      () => iam.attachRolePolicy({ RoleName: 'worker', PolicyArn: 'basic' }),
      'ValidationError: Invalid ARN:  Could not be parsed!',
    ],
    [
      'an attached policy that does not exist',
      () => iam.attachRolePolicy({ RoleName: 'worker', PolicyArn: 'arn:aws:iam::123456789012:policy/x' }),
      'NoSuchEntity: Policy arn:aws:iam::123456789012:policy/x does not exist or is not attachable.',
    ],
    ['an invalid marker', () => iam.listRoles({ Marker: 'x' }), 'ValidationError: Invalid Marker: x'],
  ])('refused: %s', async (_, call, error) => {
    expect(await awsErrorOf(call)).toBe(error);
  });

  test('a role is deleted only when nothing depends on it', async () => {
    const remove = () => iam.deleteRole({ RoleName: 'worker' });
    iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'inline', PolicyDocument: policy('s3:GetObject') });
    iam.attachRolePolicy({ RoleName: 'worker', PolicyArn: basicExecution });
    expect(await awsErrorOf(remove)).toBe(
      'DeleteConflict: Cannot delete entity, must detach all policies first.',
    );
    iam.detachRolePolicy({ RoleName: 'worker', PolicyArn: basicExecution });
    expect(await awsErrorOf(remove)).toBe(
      'DeleteConflict: Cannot delete entity, must delete policies first.',
    );
    iam.deleteRolePolicy({ RoleName: 'worker', PolicyName: 'inline' });
    remove();
    expect(await awsErrorOf(remove)).toBe('NoSuchEntity: The role with name worker cannot be found.');
  });
});

describe('managed policies', () => {
  const arn = 'arn:aws:iam::123456789012:policy/reader';
  beforeEach(() => {
    iam.createPolicy({ PolicyName: 'reader', PolicyDocument: policy('s3:GetObject') });
  });

  test('versions: at most five, the default cannot be deleted, numbers are not reused', async () => {
    const add = (SetAsDefault = false) =>
      iam.createPolicyVersion({ PolicyArn: arn, PolicyDocument: policy('s3:PutObject'), SetAsDefault });
    expect(add(true).PolicyVersion).toMatchObject({ VersionId: 'v2', IsDefaultVersion: true });
    for (let count = 0; count < 3; count++) add();
    expect(await awsErrorOf(add)).toMatch(/^LimitExceeded: A managed policy can have up to 5 versions/);
    expect(await awsErrorOf(() => iam.deletePolicyVersion({ PolicyArn: arn, VersionId: 'v2' }))).toBe(
      'DeleteConflict: Cannot delete the default version of a policy.',
    );
    iam.deletePolicyVersion({ PolicyArn: arn, VersionId: 'v5' });
    expect(add().PolicyVersion.VersionId).toBe('v6');
    expect(iam.getPolicyVersion({ PolicyArn: arn, VersionId: 'v1' }).PolicyVersion.Document).toBe(
      policy('s3:GetObject'),
    );
    expect(await awsErrorOf(() => iam.deletePolicy({ PolicyArn: arn }))).toMatch(
      /^DeleteConflict: This policy has more than one version/,
    );
  });

  test('an attached policy is counted and cannot be deleted', async () => {
    iam.attachRolePolicy({ RoleName: 'worker', PolicyArn: arn });
    iam.attachRolePolicy({ RoleName: 'worker', PolicyArn: arn });
    expect(iam.getPolicy({ PolicyArn: arn }).Policy.AttachmentCount).toBe(1);
    expect(iam.listAttachedRolePolicies({ RoleName: 'worker' })).toEqual({
      AttachedPolicies: [{ PolicyName: 'reader', PolicyArn: arn }],
      IsTruncated: false,
    });
    expect(await awsErrorOf(() => iam.deletePolicy({ PolicyArn: arn }))).toBe(
      'DeleteConflict: Cannot delete a policy attached to entities.',
    );
    iam.detachRolePolicy({ RoleName: 'worker', PolicyArn: arn });
    iam.deletePolicy({ PolicyArn: arn });
    expect(await awsErrorOf(() => iam.getPolicy({ PolicyArn: arn }))).toBe(
      `NoSuchEntity: Policy ${arn} was not found.`,
    );
  });
});

describe('decisions', () => {
  const invoke = {
    roleArn,
    action: 'lambda:InvokeFunction',
    resource: 'arn:aws:lambda:us-east-1:123456789012:function:Test',
  };

  test("a role without policies may do nothing, and the denial has AWS's message", () => {
    expect(iam.authorize({ ...invoke, sessionName: 'session' })).toEqual({
      allowed: false,
      message:
        'User: arn:aws:sts::123456789012:assumed-role/worker/session is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:123456789012:function:Test because no identity-based policy allows the lambda:InvokeFunction action',
    });
  });

  test('inline, customer managed and AWS managed policies count together, and a Deny overrides all', () => {
    iam.attachRolePolicy({
      RoleName: 'worker',
      PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaRole',
    });
    expect(iam.authorize(invoke)).toEqual({ allowed: true });

    iam.createPolicy({ PolicyName: 'no', PolicyDocument: policy('lambda:*', 'Deny') });
    iam.attachRolePolicy({ RoleName: 'worker', PolicyArn: 'arn:aws:iam::123456789012:policy/no' });
    expect(iam.authorize(invoke)).toMatchObject({
      allowed: false,
      message: expect.stringMatching(/ with an explicit deny in an identity-based policy$/),
    });

    iam.createPolicyVersion({
      PolicyArn: 'arn:aws:iam::123456789012:policy/no',
      PolicyDocument: policy('s3:*', 'Deny'),
      SetAsDefault: true,
    });
    expect(iam.authorize(invoke)).toEqual({ allowed: true });
  });

  test.each<[string, object, boolean]>([
    ['outside of the region', { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } }, true],
    ['outside of another region', { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, false],
    ['without encryption', { Bool: { 'aws:SecureTransport': 'false' } }, true],
    ['by another account', { StringNotEquals: { 'aws:PrincipalAccount': '123456789012' } }, true],
    ['by all but one role', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/worker' } }, true],
    ['by the role', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/work*' } }, false],
    ['before a day', { DateLessThan: { 'aws:CurrentTime': '2000-01-01T00:00:00Z' } }, true],
  ])('a Deny of what is done %s', (_, Condition, allowed) => {
    const statements = [
      { Effect: 'Allow', Action: 'lambda:*', Resource: '*' },
      { Effect: 'Deny', Action: '*', Resource: '*', Condition },
    ];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'p', PolicyDocument });
    expect(iam.authorize(invoke).allowed).toBe(allowed);
  });

  test('the role shows when it was used last', () => {
    iam.authorize(invoke);
    expect(iam.getRole({ RoleName: 'worker' }).Role.RoleLastUsed).toEqual({
      LastUsedDate: new Date(Date.UTC(2024, 0, 1)),
      Region: 'us-east-1',
    });
  });

  test('a changed policy applies at once', () => {
    iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'p', PolicyDocument: policy('lambda:*') });
    expect(iam.authorize(invoke).allowed).toBe(true);
    iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'p', PolicyDocument: policy('s3:*') });
    expect(iam.authorize(invoke).allowed).toBe(false);
  });

  test('the trust policy says who may assume the role', () => {
    expect(iam.canAssume({ roleArn, service: 'lambda.amazonaws.com' })).toBe(true);
    expect(iam.canAssume({ roleArn, service: 'states.amazonaws.com' })).toBe(false);
    expect(iam.canAssume({ roleArn: `${roleArn}2`, service: 'lambda.amazonaws.com' })).toBe(false);
    expect(
      iam.canAssume({ roleArn: roleArn.replace('role/', 'role/path/'), service: 'lambda.amazonaws.com' }),
    ).toBe(false);
  });
});
