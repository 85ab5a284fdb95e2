import { IamService } from '../../../src/local-aws/iam/iam-service';
import { awsErrorOf, testContext } from '../context';

let iam: IamService;
let warnings: string[];
beforeEach(() => {
  warnings = [];
  iam = new IamService(testContext({ warn: (message) => warnings.push(message) }));
});
const RoleName = 'AWSServiceRoleForECS';
const create = (more: { Description?: string; CustomSuffix?: string } = {}) =>
  iam.createServiceLinkedRole({ AWSServiceName: 'ecs.amazonaws.com', ...more });

test('a role has the name and the path of its service, and trusts it', async () => {
  const { Role } = create({ Description: 'for ECS' });
  expect(Role).toMatchObject({
    RoleName,
    Path: '/aws-service-role/ecs.amazonaws.com/',
    Arn: `arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/${RoleName}`,
    Description: 'for ECS',
  });
  expect(iam.canAssume({ roleArn: Role.Arn, service: 'ecs.amazonaws.com' })).toBe(true);
  expect(await awsErrorOf(create)).toMatch(/^InvalidInput: .* has been taken in this account/);
  expect(create({ CustomSuffix: 'two' }).Role.RoleName).toBe(`${RoleName}_two`);
  expect(warnings).toEqual([]);
});

test('the name of a service that is not known is a guess, with a warning', () => {
  const { Role } = iam.createServiceLinkedRole({ AWSServiceName: 'my-new.service.amazonaws.com' });
  expect(Role.RoleName).toBe('AWSServiceRoleForMyNewService');
  expect(warnings).toEqual([expect.stringContaining('my-new.service.amazonaws.com')]);
});

test('only its service can change it', async () => {
  create();
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  const PolicyArn = 'arn:aws:iam::aws:policy/AWSStepFunctionsFullAccess';
  const calls = [
    () => iam.deleteRole({ RoleName }),
    () => iam.attachRolePolicy({ RoleName, PolicyArn }),
    () => iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: document }),
    () => iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: PolicyArn }),
  ];
  for (const call of calls) expect(await awsErrorOf(call)).toMatch(/^UnmodifiableEntity: /);
  iam.updateRole({ RoleName, Description: 'new' });
  iam.tagRole({ RoleName, Tags: [{ Key: 'a', Value: '1' }] });
  expect(iam.getRole({ RoleName }).Role).toMatchObject({ Description: 'new', Tags: [{ Key: 'a' }] });
});

test('a deletion is a task, which has succeeded', async () => {
  create();
  const { DeletionTaskId } = iam.deleteServiceLinkedRole({ RoleName });
  expect(DeletionTaskId).toMatch(
    /^task\/aws-service-role\/ecs\.amazonaws\.com\/AWSServiceRoleForECS\/[\w-]+$/,
  );
  expect(iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId })).toEqual({ Status: 'SUCCEEDED' });
  expect(await awsErrorOf(() => iam.getRole({ RoleName }))).toMatch(/^NoSuchEntity/);
  expect(
    await awsErrorOf(() => iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId: 'task/x' })),
  ).toMatch(/^NoSuchEntity/);
});

test('other roles have neither its path nor its deletion', async () => {
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Service: 'ecs.amazonaws.com' }, Action: 'sts:AssumeRole' },
  });
  const Path = '/aws-service-role/ecs.amazonaws.com/';
  expect(await awsErrorOf(() => iam.createRole({ RoleName: 'own', AssumeRolePolicyDocument, Path }))).toMatch(
    /^ValidationError: The path/,
  );
  iam.createRole({ RoleName: 'own', AssumeRolePolicyDocument });
  expect(await awsErrorOf(() => iam.deleteServiceLinkedRole({ RoleName: 'own' }))).toMatch(/^NoSuchEntity/);
});
