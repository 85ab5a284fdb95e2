import { awsManagedPolicies } from '../../../src/local-aws/iam/aws-managed-policies';
import { IamService } from '../../../src/local-aws/iam/iam-service';
import { parsePolicy } from '../../../src/local-aws/iam/parse-policy';
import { awsErrorOf, testContext } from '../context';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const basicExecution = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const unknown = 'arn:aws:iam::aws:policy/constructor';

let iam: IamService;
let warnings: string[];
beforeEach(() => {
  warnings = [];
  iam = new IamService(testContext({ warn: (message) => warnings.push(message) }));
  iam.createRole({ RoleName: 'worker', AssumeRolePolicyDocument: trust });
});

test('each has a document that IAM accepts', () => {
  for (const { Arn, versions } of awsManagedPolicies()) {
    expect([Arn, parsePolicy(versions[0]?.Document ?? '', 'identity').statements.length]).not.toEqual([
      Arn,
      0,
    ]);
  }
});

test('they are found by ARN, and by name in a list', async () => {
  const { Policy } = iam.getPolicy({ PolicyArn: basicExecution });
  expect(Policy).toMatchObject({
    PolicyName: 'AWSLambdaBasicExecutionRole',
    Path: '/service-role/',
    Arn: basicExecution,
  });
  const version = { PolicyArn: basicExecution, VersionId: Policy.DefaultVersionId };
  expect(JSON.parse(iam.getPolicyVersion(version).PolicyVersion.Document)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '*',
      },
    ],
  });
  expect(iam.listPolicyVersions({ PolicyArn: basicExecution }).Versions).toMatchObject([
    { VersionId: 'v1', IsDefaultVersion: true },
  ]);

  iam.createPolicy({
    PolicyName: 'own',
    PolicyDocument: iam.getPolicyVersion(version).PolicyVersion.Document,
  });
  const names = (request: Parameters<typeof iam.listPolicies>[0]) =>
    iam.listPolicies({ MaxItems: 1000, ...request }).Policies.map(({ PolicyName }) => PolicyName);
  expect(names({ Scope: 'Local' })).toEqual(['own']);
  expect(names({ Scope: 'AWS' })).toContain('AWSLambdaBasicExecutionRole');
  expect(names({ Scope: 'AWS' })).not.toContain('own');
  expect(names({})).toEqual(['own', ...names({ Scope: 'AWS' })]);
  expect(names({ OnlyAttached: true })).toEqual([]);
  iam.attachRolePolicy({ RoleName: 'worker', PolicyArn: basicExecution });
  expect(names({ OnlyAttached: true })).toEqual(['AWSLambdaBasicExecutionRole']);
  expect(iam.listEntitiesForPolicy({ PolicyArn: basicExecution }).PolicyRoles).toMatchObject([
    { RoleName: 'worker' },
  ]);
});

test.each<[string, string, boolean]>([
  ['AdministratorAccess', 'iam:CreateRole', true],
  ['PowerUserAccess', 'lambda:CreateFunction', true],
  ['PowerUserAccess', 'iam:CreateRole', false],
  ['PowerUserAccess', 'iam:ListRoles', true],
  ['ReadOnlyAccess', 'states:DescribeExecution', true],
  ['ReadOnlyAccess', 'states:StartExecution', false],
  ['AWSStepFunctionsFullAccess', 'states:StartExecution', true],
  ['AWSLambda_FullAccess', 'lambda:InvokeFunction', true],
  ['service-role/AWSLambdaRole', 'lambda:InvokeFunction', true],
  ['service-role/AWSLambdaVPCAccessExecutionRole', 'ec2:CreateNetworkInterface', true],
  ['AmazonDynamoDBReadOnlyAccess', 'dynamodb:PutItem', false],
])('%s, %s: %s', (name, action, allowed) => {
  iam.attachRolePolicy({ RoleName: 'worker', PolicyArn: `arn:aws:iam::aws:policy/${name}` });
  const roleArn = 'arn:aws:iam::123456789012:role/worker';
  expect(iam.authorize({ roleArn, action, resource: '*' }).allowed).toBe(allowed);
});

test('one with unknown content is attached with a warning, and cannot be read', async () => {
  iam.attachRolePolicy({ RoleName: 'worker', PolicyArn: unknown });
  expect(warnings).toEqual([
    `The content of the AWS managed policy ${unknown} is not known to the local AWS: it grants nothing here.`,
  ]);
  const roleArn = 'arn:aws:iam::123456789012:role/worker';
  expect(iam.authorize({ roleArn, action: 's3:GetObject', resource: '*' }).allowed).toBe(false);
  const text = `NotImplemented: The local AWS does not know the content of the AWS managed policy ${unknown}.`;
  expect(await awsErrorOf(() => iam.getPolicy({ PolicyArn: unknown }))).toBe(text);
  expect(await awsErrorOf(() => iam.getPolicyVersion({ PolicyArn: unknown, VersionId: 'v1' }))).toBe(text);
  iam.detachRolePolicy({ RoleName: 'worker', PolicyArn: unknown });
});

test('as a boundary, one with unknown content limits nothing', () => {
  iam.putRolePolicy({
    RoleName: 'worker',
    PolicyName: 'own',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    }),
  });
  iam.putRolePermissionsBoundary({ RoleName: 'worker', PermissionsBoundary: unknown });
  expect(warnings).toEqual([expect.stringMatching(/as a permissions boundary it limits nothing here\.$/)]);
  const roleArn = 'arn:aws:iam::123456789012:role/worker';
  expect(iam.authorize({ roleArn, action: 's3:GetObject', resource: '*' }).allowed).toBe(true);
});

test('they cannot be changed', async () => {
  const refused = `AccessDenied: Policy ${basicExecution} is outside your own account.`;
  expect(await awsErrorOf(() => iam.deletePolicy({ PolicyArn: basicExecution }))).toBe(refused);
  const Tags = [{ Key: 'a', Value: 'b' }];
  expect(await awsErrorOf(() => iam.tagPolicy({ PolicyArn: basicExecution, Tags }))).toBe(refused);
});
