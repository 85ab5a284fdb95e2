// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are IAM's variables
import { IamService } from '../../../src/local-aws/iam/iam-service';
import { awsErrorOf, testContext } from '../context';

const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string, Resource = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: string, Resource = '*') => ({ ...allow(Action, Resource), Effect: 'Deny' });
const trust = policy({
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
});
const roleArn = 'arn:aws:iam::123456789012:role/team/worker';
const bucket = (name: string) => `arn:aws:s3:::${name}/key`;

let iam: IamService;
beforeEach(() => {
  iam = new IamService(testContext());
});

describe('a role, a user or a group', () => {
  beforeEach(() => {
    iam.createRole({ RoleName: 'worker', Path: '/team/', AssumeRolePolicyDocument: trust });
    iam.putRolePolicy({
      RoleName: 'worker',
      PolicyName: 'read',
      PolicyDocument: policy(allow('s3:GetObject')),
    });
  });
  const simulate = (more: Partial<Parameters<IamService['simulatePrincipalPolicy']>[0]> = {}) =>
    iam.simulatePrincipalPolicy({ PolicySourceArn: roleArn, ActionNames: ['s3:GetObject'], ...more });

  test('is tested with its own policies: one result for each action, in pages', () => {
    const ActionNames = ['s3:GetObject', 's3:PutObject'];
    const { EvaluationResults, IsTruncated } = simulate({ ActionNames });
    expect(EvaluationResults).toEqual([
      {
        EvalActionName: 's3:GetObject',
        EvalResourceName: '*',
        EvalDecision: 'allowed',
        MatchedStatements: [{ SourcePolicyId: 'role_worker_read', SourcePolicyType: 'IAM Policy' }],
        MissingContextValues: [],
      },
      {
        EvalActionName: 's3:PutObject',
        EvalResourceName: '*',
        EvalDecision: 'implicitDeny',
        MatchedStatements: [],
        MissingContextValues: [],
      },
    ]);
    expect(IsTruncated).toBe(false);
    expect(simulate({ ActionNames, MaxItems: 1 })).toMatchObject({
      EvaluationResults: [{ EvalActionName: 's3:GetObject' }],
      IsTruncated: true,
      Marker: expect.any(String),
    });
  });

  test('has fewer actions in a page for many resources', () => {
    const ActionNames = Array.from({ length: 30 }, (_, at) => `s3:Action${at}`);
    const ResourceArns = Array.from({ length: 1000 }, (_, at) => bucket(`b${at}`));
    const { EvaluationResults, Marker = '', IsTruncated } = simulate({ ActionNames, ResourceArns });
    expect([EvaluationResults.length, IsTruncated]).toEqual([1, true]);
    expect(simulate({ ActionNames, ResourceArns, Marker }).EvaluationResults[0]?.EvalActionName).toBe(
      's3:Action1',
    );
  });

  test('has a result for each resource that the request names', () => {
    const { EvaluationResults } = simulate({
      PolicyInputList: [policy(deny('s3:*', bucket('secret')))],
      ResourceArns: [bucket('open'), bucket('secret')],
    });
    expect(EvaluationResults).toMatchObject([
      {
        EvalResourceName: '*',
        EvalDecision: 'explicitDeny',
        ResourceSpecificResults: [
          { EvalResourceName: bucket('open'), EvalResourceDecision: 'allowed' },
          {
            EvalResourceName: bucket('secret'),
            EvalResourceDecision: 'explicitDeny',
            MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.1', SourcePolicyType: 'IAM Policy' }],
          },
        ],
      },
    ]);
  });

  test('is limited by its permissions boundary, or by that of the request', () => {
    iam.createPolicy({ PolicyName: 'limit', PolicyDocument: policy(allow('sqs:*')) });
    iam.putRolePermissionsBoundary({
      RoleName: 'worker',
      PermissionsBoundary: 'arn:aws:iam::123456789012:policy/limit',
    });
    expect(simulate().EvaluationResults).toMatchObject([
      {
        EvalDecision: 'implicitDeny',
        PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
      },
    ]);
    const request = { PermissionsBoundaryPolicyInputList: [policy(allow('s3:*'))] };
    expect(simulate(request).EvaluationResults).toMatchObject([{ EvalDecision: 'allowed' }]);
  });

  test('of a user counts the policies of its groups, and is allowed what the policy of a resource allows it', () => {
    iam.createUser({ UserName: 'ci' });
    iam.createGroup({ GroupName: 'all' });
    iam.addUserToGroup({ GroupName: 'all', UserName: 'ci' });
    iam.attachGroupPolicy({
      GroupName: 'all',
      PolicyArn: 'arn:aws:iam::aws:policy/AWSStepFunctionsFullAccess',
    });
    const PolicySourceArn = 'arn:aws:iam::123456789012:user/ci';
    const ActionNames = ['states:StartExecution', 's3:GetObject'];
    const decisions = (ResourcePolicy?: string) =>
      simulate({
        PolicySourceArn,
        ActionNames,
        ...(ResourcePolicy && { ResourcePolicy }),
      }).EvaluationResults.map(({ EvalDecision, MatchedStatements }) => [
        EvalDecision,
        ...MatchedStatements.map((one) => one.SourcePolicyId),
      ]);
    expect(decisions()).toEqual([['allowed', 'AWSStepFunctionsFullAccess'], ['implicitDeny']]);
    expect(decisions(policy(allow('s3:*', '*', { Principal: { AWS: PolicySourceArn } })))).toEqual([
      ['allowed', 'AWSStepFunctionsFullAccess'],
      ['allowed', 'ResourcePolicy'],
    ]);
  });

  test.each<[string, string, RegExp]>([
    ['the root user', 'arn:aws:iam::123456789012:root', /^InvalidInput: Invalid Entity Arn: /],
    ['another path', 'arn:aws:iam::123456789012:role/worker', /^NoSuchEntity: /],
    ['an unknown user', 'arn:aws:iam::123456789012:user/nobody', /^NoSuchEntity: /],
  ])('%s is an error', async (_, PolicySourceArn, expected) => {
    expect(await awsErrorOf(() => simulate({ PolicySourceArn }))).toMatch(expected);
  });
});

describe('policies of the request', () => {
  const inRegion = policy(
    allow('s3:*', 'arn:aws:s3:::${aws:PrincipalTag/team}/*', {
      Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    }),
  );
  const simulate = (ContextEntries: { ContextKeyName: string; ContextKeyValues: string[] }[]) =>
    iam.simulateCustomPolicy({
      PolicyInputList: [inRegion],
      ActionNames: ['s3:GetObject'],
      ResourceArns: [bucket('a')],
      ContextEntries,
    }).EvaluationResults;

  test('are tested with the context keys of the request; those that it lacks are named', () => {
    expect(simulate([])).toMatchObject([
      {
        ResourceSpecificResults: [
          {
            EvalResourceDecision: 'implicitDeny',
            MissingContextValues: ['aws:PrincipalTag/team', 'aws:RequestedRegion'],
          },
        ],
      },
    ]);
    const entry = (ContextKeyName: string, value: string) => ({ ContextKeyName, ContextKeyValues: [value] });
    expect(
      simulate([entry('aws:PrincipalTag/team', 'a'), entry('aws:requestedregion', 'eu-west-1')]),
    ).toMatchObject([
      { ResourceSpecificResults: [{ EvalResourceDecision: 'allowed', MissingContextValues: [] }] },
    ]);
    expect(iam.getContextKeysForCustomPolicy({ PolicyInputList: [inRegion] })).toEqual({
      ContextKeyNames: ['aws:PrincipalTag/team', 'aws:RequestedRegion'],
    });
  });

  test.each<[string, Partial<Parameters<IamService['simulateCustomPolicy']>[0]>, RegExp]>([
    ['no JSON', { PolicyInputList: ['{'] }, /^InvalidInput: This policy contains invalid Json/],
    ['an action without a service', { ActionNames: ['GetObject'] }, /^InvalidInput: The action GetObject/],
    [
      'a resource policy without a caller',
      { ResourcePolicy: policy(allow('s3:*', '*', { Principal: '*' })) },
      /^InvalidInput: CallerArn/,
    ],
  ])('%s is refused', async (_, more, expected) => {
    const request = { PolicyInputList: [inRegion], ActionNames: ['s3:GetObject'], ...more };
    expect(await awsErrorOf(() => iam.simulateCustomPolicy(request))).toMatch(expected);
  });
});
