import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployFolder } from '../../src/cli/deploy-folder';
import { Account } from '../../src/local-aws/account';

test('a role that a data source reads may do everything; modules that are not downloaded are named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-folder-'));
  writeFileSync(
    join(folder, 'main.tf'),
    `data "aws_iam_role" "lab" { name = "LabRole" }
    module "queue" { source = "terraform-aws-modules/sqs/aws" }
    resource "aws_sns_topic" "orders" { name = "orders" }
    resource "aws_sfn_state_machine" "m" {
      name       = "m"
      role_arn   = data.aws_iam_role.lab.arn
      definition = jsonencode({ StartAt = "A", States = { A = { Type = "Task", Resource = "arn:aws:states:::sqs:sendMessage", Parameters = { QueueUrl = module.queue.url, MessageBody = "" }, End = true } } })
    }`,
  );
  const account = new Account();

  const { notes } = await deployFolder(account, folder);

  expect(notes).toEqual([
    'By name only, since this AWS does not have them: aws_sns_topic.orders',
    'By name only, until terraform init downloads them: module.queue',
    'data.aws_iam_role.lab is not in the stack: here, it may do everything.',
  ]);
  const { role, policies } = {
    role: account.iam.getRole({ RoleName: 'LabRole' }).Role.Arn,
    policies: account.iam.listRolePolicies({ RoleName: 'LabRole' }).PolicyNames,
  };
  expect({ role, policies }).toEqual({
    role: 'arn:aws:iam::000000000000:role/LabRole',
    policies: ['everything'],
  });
  expect(account.in(account.region).states.listStateMachines().stateMachines).toMatchObject([{ name: 'm' }]);
  await account.close();
  rmSync(folder, { recursive: true });
});

test('a role that two data sources read is created once; one of the stack keeps its own policies', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-folder-'));
  writeFileSync(
    join(folder, 'main.tf'),
    `data "aws_iam_role" "one" { name = "LabRole" }
    data "aws_iam_role" "two" { name = "LabRole" }
    resource "aws_iam_role" "own" {
      name               = "own"
      assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "states.amazonaws.com" }, Action = "sts:AssumeRole" }] })
    }
    data "aws_iam_role" "own" { name = aws_iam_role.own.name }`,
  );
  const account = new Account();

  const { notes } = await deployFolder(account, folder);

  expect(notes).toEqual([expect.stringMatching(/^data\.aws_iam_role\.\w+ is not in the stack/)]);
  const policiesOf = (RoleName: string) => account.iam.listRolePolicies({ RoleName }).PolicyNames;
  expect({ lab: policiesOf('LabRole'), own: policiesOf('own') }).toEqual({ lab: ['everything'], own: [] });
  await account.close();
  rmSync(folder, { recursive: true });
});

test('a role that another stack has created keeps its policies', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-folder-'));
  writeFileSync(
    join(folder, 'cdk.tf.json'),
    JSON.stringify({ data: { aws_iam_role: { shared: { name: 'shared' } } } }),
  );
  const account = new Account();
  const trust = { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' };
  account.iam.createRole({
    RoleName: 'shared',
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
  });

  const { notes } = await deployFolder(account, folder);

  expect(notes).toEqual([]);
  expect(account.iam.listRolePolicies({ RoleName: 'shared' }).PolicyNames).toEqual([]);
  await account.close();
  rmSync(folder, { recursive: true });
});
