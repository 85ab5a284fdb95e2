import { IamService } from '../../../src/local-aws/iam/iam-service';
import { awsErrorOf, testContext } from '../context';

const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
});
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const policyArn = (name: string) => `arn:aws:iam::123456789012:policy/team/${name}`;

let iam: IamService;
beforeEach(() => {
  iam = new IamService(testContext());
  iam.createPolicy({ PolicyName: 'shared', Path: '/team/', PolicyDocument: document });
  for (const name of ['c', 'a', 'b']) {
    const Path = '/team/';
    iam.createRole({ RoleName: name, Path, AssumeRolePolicyDocument: trust });
    iam.createUser({ UserName: name, Path });
    iam.createGroup({ GroupName: name, Path });
    iam.createInstanceProfile({ InstanceProfileName: name, Path });
    iam.createPolicy({ PolicyName: name, Path, PolicyDocument: document });
    iam.attachRolePolicy({ RoleName: 'c', PolicyArn: policyArn(name) });
    iam.attachRolePolicy({ RoleName: name, PolicyArn: policyArn('shared') });
  }
  iam.createRole({ RoleName: 'other', AssumeRolePolicyDocument: trust });
  iam.createUser({ UserName: 'other' });
  iam.createGroup({ GroupName: 'other' });
  iam.createInstanceProfile({ InstanceProfileName: 'other' });
  iam.attachRolePolicy({ RoleName: 'c', PolicyArn: 'arn:aws:iam::aws:policy/AWSStepFunctionsFullAccess' });
  iam.detachRolePolicy({ RoleName: 'c', PolicyArn: policyArn('shared') });
  iam.attachRolePolicy({ RoleName: 'other', PolicyArn: policyArn('shared') });
});

interface Request {
  readonly PathPrefix: string;
  readonly MaxItems?: number;
  readonly Marker?: string;
}
interface Answer {
  readonly names: readonly string[];
  readonly IsTruncated: boolean;
  readonly Marker?: string;
}
const lists: readonly [string, (request: Request) => Answer, readonly string[]][] = [
  ['ListRoles', (request) => named(iam.listRoles(request), 'Roles', 'RoleName'), ['a', 'b', 'c']],
  ['ListUsers', (request) => named(iam.listUsers(request), 'Users', 'UserName'), ['a', 'b', 'c']],
  ['ListGroups', (request) => named(iam.listGroups(request), 'Groups', 'GroupName'), ['a', 'b', 'c']],
  [
    'ListInstanceProfiles',
    (request) => named(iam.listInstanceProfiles(request), 'InstanceProfiles', 'InstanceProfileName'),
    ['a', 'b', 'c'],
  ],
  [
    'ListPolicies',
    (request) => named(iam.listPolicies(request), 'Policies', 'PolicyName'),
    ['a', 'b', 'c', 'shared'],
  ],
  [
    'ListAttachedRolePolicies',
    (request) =>
      named(iam.listAttachedRolePolicies({ RoleName: 'c', ...request }), 'AttachedPolicies', 'PolicyName'),
    ['a', 'b', 'c'],
  ],
  [
    'ListEntitiesForPolicy',
    (request) =>
      named(
        iam.listEntitiesForPolicy({ PolicyArn: policyArn('shared'), ...request }),
        'PolicyRoles',
        'RoleName',
      ),
    ['a', 'b'],
  ],
];

function named(answer: object, list: string, name: string): Answer {
  const { [list]: items, ...paging } = answer as Record<string, readonly Record<string, string>[]>;
  return { ...(paging as unknown as Answer), names: (items ?? []).map((item) => item[name] ?? '') };
}

test.each(lists)('%s has what is under a path, by name, in pages', (_, call, expected) => {
  const found: string[] = [];
  let Marker: string | undefined;
  do {
    const answer = call({ PathPrefix: '/te', MaxItems: 2, ...(Marker && { Marker }) });
    expect(answer.names.length).toBeLessThanOrEqual(2);
    expect(answer.IsTruncated).toBe(answer.Marker !== undefined);
    found.push(...answer.names);
    Marker = answer.Marker;
  } while (Marker !== undefined);
  expect(found).toEqual(expected);
  expect(call({ PathPrefix: '/none/' })).toMatchObject({ names: [], IsTruncated: false });
});

test.each<[string, object, RegExp]>([
  ['a MaxItems of 0', { MaxItems: 0 }, /'maxItems' .*greater than or equal to 1/],
  ['a MaxItems of 1001', { MaxItems: 1001 }, /'maxItems' .*less than or equal to 1000/],
  ['a PathPrefix without a slash', { PathPrefix: 'team' }, /'pathPrefix' .*regular expression/],
  ['a Marker of no answer', { Marker: 'x' }, /Invalid Marker: x$/],
])('%s is refused', async (_, request, expected) => {
  expect(await awsErrorOf(() => iam.listRoles(request))).toMatch(/^ValidationError: /);
  expect(await awsErrorOf(() => iam.listRoles(request))).toMatch(expected);
});

test('an account has one alias, which another one replaces', async () => {
  expect(iam.listAccountAliases()).toEqual({ AccountAliases: [], IsTruncated: false });
  iam.createAccountAlias({ AccountAlias: 'first-name' });
  iam.createAccountAlias({ AccountAlias: 'second-name' });
  expect(iam.listAccountAliases().AccountAliases).toEqual(['second-name']);
  expect(await awsErrorOf(() => iam.createAccountAlias({ AccountAlias: 'second-name' }))).toMatch(
    /^EntityAlreadyExists/,
  );
  expect(await awsErrorOf(() => iam.createAccountAlias({ AccountAlias: 'No' }))).toMatch(/^ValidationError/);
  iam.deleteAccountAlias({ AccountAlias: 'second-name' });
  expect(await awsErrorOf(() => iam.deleteAccountAlias({ AccountAlias: 'second-name' }))).toMatch(
    /^NoSuchEntity/,
  );
});
