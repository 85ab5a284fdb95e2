import { IamService } from '../../../src/local-aws/iam/iam-service';
import { awsErrorOf, testContext } from '../context';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'states:*', Resource: '*' }],
});
const PolicyArn = 'arn:aws:iam::aws:policy/AWSStepFunctionsFullAccess';

let iam: IamService;
beforeEach(() => {
  iam = new IamService(testContext());
});

test('a user has policies, tags and groups, and is deleted without them', async () => {
  const { User } = iam.createUser({ UserName: 'ci', Path: '/bots/', Tags: [{ Key: 'team', Value: 'a' }] });
  expect(User).toEqual({
    UserName: 'ci',
    UserId: expect.stringMatching(/^AIDA[A-Z0-9]{17}$/),
    Arn: 'arn:aws:iam::123456789012:user/bots/ci',
    Path: '/bots/',
    CreateDate: new Date(Date.UTC(2024, 0, 1)),
    Tags: [{ Key: 'team', Value: 'a' }],
  });
  expect(iam.getUser({ UserName: 'ci' })).toEqual({ User });
  expect(iam.getUser().User.Arn).toBe('arn:aws:iam::123456789012:root');
  expect(await awsErrorOf(() => iam.createUser({ UserName: 'ci' }))).toBe(
    'EntityAlreadyExists: User with name ci already exists.',
  );

  iam.putUserPolicy({ UserName: 'ci', PolicyName: 'run', PolicyDocument: document });
  iam.attachUserPolicy({ UserName: 'ci', PolicyArn });
  iam.createGroup({ GroupName: 'deployers' });
  iam.addUserToGroup({ GroupName: 'deployers', UserName: 'ci' });
  expect(iam.getUserPolicy({ UserName: 'ci', PolicyName: 'run' }).PolicyDocument).toBe(document);
  expect(iam.listAttachedUserPolicies({ UserName: 'ci' }).AttachedPolicies).toHaveLength(1);
  expect(iam.listGroupsForUser({ UserName: 'ci' }).Groups).toMatchObject([{ GroupName: 'deployers' }]);
  expect(iam.getGroup({ GroupName: 'deployers' }).Users).toEqual([User]);

  iam.updateUser({ UserName: 'ci', NewUserName: 'bot', NewPath: '/' });
  expect(iam.getUser({ UserName: 'bot' }).User.Arn).toBe('arn:aws:iam::123456789012:user/bot');
  expect(iam.getGroup({ GroupName: 'deployers' }).Users).toMatchObject([{ UserName: 'bot' }]);

  const remove = () => iam.deleteUser({ UserName: 'bot' });
  expect(await awsErrorOf(remove)).toMatch(/must detach all policies first/);
  iam.detachUserPolicy({ UserName: 'bot', PolicyArn });
  expect(await awsErrorOf(remove)).toMatch(/must delete policies first/);
  iam.deleteUserPolicy({ UserName: 'bot', PolicyName: 'run' });
  expect(await awsErrorOf(remove)).toMatch(/must remove users from group first/);
  iam.removeUserFromGroup({ GroupName: 'deployers', UserName: 'bot' });
  remove();
  expect(await awsErrorOf(remove)).toBe('NoSuchEntity: The user with name bot cannot be found.');
  iam.deleteGroup({ GroupName: 'deployers' });
});

test('a group has policies', async () => {
  iam.createGroup({ GroupName: 'readers' });
  iam.putGroupPolicy({ GroupName: 'readers', PolicyName: 'read', PolicyDocument: document });
  iam.attachGroupPolicy({ GroupName: 'readers', PolicyArn });
  expect(iam.listGroupPolicies({ GroupName: 'readers' }).PolicyNames).toEqual(['read']);
  expect(iam.listEntitiesForPolicy({ PolicyArn }).PolicyGroups).toMatchObject([{ GroupName: 'readers' }]);
  expect(await awsErrorOf(() => iam.deleteGroup({ GroupName: 'readers' }))).toMatch(/^DeleteConflict/);
  expect(await awsErrorOf(() => iam.getGroupPolicy({ GroupName: 'readers', PolicyName: 'x' }))).toBe(
    'NoSuchEntity: The group policy with name x cannot be found.',
  );
});

test('an instance profile has one role, and each needs the other to be removed', async () => {
  iam.createRole({ RoleName: 'worker', AssumeRolePolicyDocument: trust });
  iam.createInstanceProfile({ InstanceProfileName: 'hosts' });
  iam.addRoleToInstanceProfile({ InstanceProfileName: 'hosts', RoleName: 'worker' });
  expect(iam.getInstanceProfile({ InstanceProfileName: 'hosts' }).InstanceProfile).toMatchObject({
    Arn: 'arn:aws:iam::123456789012:instance-profile/hosts',
    Roles: [{ RoleName: 'worker' }],
  });
  expect(iam.listInstanceProfilesForRole({ RoleName: 'worker' }).InstanceProfiles).toHaveLength(1);

  const conflict = 'DeleteConflict: Cannot delete entity, must remove roles from instance profile first.';
  expect(await awsErrorOf(() => iam.deleteRole({ RoleName: 'worker' }))).toBe(conflict);
  expect(await awsErrorOf(() => iam.deleteInstanceProfile({ InstanceProfileName: 'hosts' }))).toBe(conflict);
  iam.removeRoleFromInstanceProfile({ InstanceProfileName: 'hosts', RoleName: 'worker' });
  iam.deleteInstanceProfile({ InstanceProfileName: 'hosts' });
  iam.deleteRole({ RoleName: 'worker' });
});
