/** Values that only AWS knows: each becomes a value of the type that the expression around it needs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployStack, type StackOptions } from '../../src/testing';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unknown-values-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' },
});

const stackWith = (definition: string, more: object = {}) => ({
  variable: { name: { type: 'string' } },
  provider: { aws: [{ region: 'us-east-1' }, { alias: 'eu', region: 'eu-west-1' }] },
  data: {
    aws_subnets: { n: {} },
    aws_availability_zones: { az: {} },
    aws_ssm_parameter: { p: { name: '/settings' } },
    aws_iam_role: { existing: { name: 'existing' } },
    aws_lambda_function: { theirs: { function_name: 'theirs' } },
  },
  module: { far: { source: 'terraform-aws-modules/sqs/aws', version: '4.0.0', name: 'far' } },
  resource: {
    aws_sqs_queue: { q: { name: 'orders', tags: { team: 'a' } } },
    aws_ecs_task_definition: { t: { family: 'work' } },
    aws_rds_cluster: { db: { cluster_identifier: 'db' } },
    aws_iam_role: { machine: { name: 'machine', assume_role_policy: trust } },
    aws_sfn_state_machine: { m: { name: 'm', role_arn: `\${aws_iam_role.machine.arn}`, definition } },
    ...more,
  },
});

/** Deploys a stack with this definition, and runs it. */
async function run(definition: string, options: StackOptions = {}, more: object = {}) {
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(stackWith(definition, more)));
  const workflow = await deployStack(folder, options);
  return workflow.run();
}

/** A definition as `Fn.jsonencode` writes it. */
const encoded = (result: string) =>
  `\${jsonencode({ StartAt = "A", States = { A = { Type = "Pass", Result = ${result}, End = true } } })}`;

/** A definition as `JSON.stringify` writes it. */
const written = (result: string) =>
  `{"StartAt":"A","States":{"A":{"Type":"Pass","Result":${result},"End":true}}}`;

const url = 'https://sqs.us-east-1.amazonaws.com/000000000000/orders';

test.each([
  // Lists
  ['element(data.aws_subnets.n.ids, 1)', 'n'],
  ['join(",", data.aws_subnets.n.ids)', 'n'],
  ['[for id in data.aws_subnets.n.ids : upper(id)]', ['N']],
  ['data.aws_subnets.n.ids[1]', 'n'],
  ['data.aws_subnets.n.ids', ['n']],
  ['length(data.aws_subnets.n.ids)', 1],
  ['concat(data.aws_subnets.n.ids, ["x"])', ['n', 'x']],
  ['flatten([data.aws_subnets.n.ids, ["x"]])', ['n', 'x']],
  ['slice(data.aws_availability_zones.az.names, 0, 1)', ['az']],
  ['toset(data.aws_subnets.n.ids)', ['n']],
  ['formatlist("subnet/%s", data.aws_subnets.n.ids)', ['subnet/n']],
  // Numbers
  ['aws_ecs_task_definition.t.revision', 1],
  ['aws_ecs_task_definition.t.revision + 1', 2],
  ['aws_sqs_queue.q.visibility_timeout_seconds', 30],
  ['aws_sqs_queue.q.visibility_timeout_seconds * 6', 180],
  ['max(1, aws_sqs_queue.q.message_retention_seconds)', 345_600],
  ['format("%03d", aws_ecs_task_definition.t.revision)', '001'],
  // Text
  ['aws_sqs_queue.q.url', url],
  ['"\\(aws_sqs_queue.q.url)/x"'.replace('\\(', '$' + '{').replace(')', '}'), `${url}/x`],
  ['split(":", aws_sqs_queue.q.arn)[5]', 'orders'],
  ['aws_sqs_queue.q.url == "" ? "none" : "some"', 'some'],
  ['coalesce(data.aws_ssm_parameter.p.value, "x")', '/settings'],
  // Objects
  ['aws_sqs_queue.q.tags["team"]', 'a'],
  ['merge(aws_sqs_queue.q.tags_all, { a = "b" })', { a: 'b' }],
  [
    'jsondecode(data.aws_ssm_parameter.p.value).queue_arn',
    'arn:aws:ssm:us-east-1:000000000000:parameter/settings',
  ],
  ['lookup(jsondecode(data.aws_ssm_parameter.p.value), "name", "x")', '/settings'],
  ['aws_rds_cluster.db.master_user_secret[0].secret_arn', 'arn:aws:rds:us-east-1:000000000000:db'],
  // What a module that is not read here returns
  ['module.far.queue_arn', 'arn:aws:sqs:us-east-1:000000000000:far'],
  ['module.far.queue_url', 'https://sqs.us-east-1.amazonaws.com/000000000000/far'],
  ['module.far.subnet_ids', ['far']],
  ['try(aws_sqs_queue.q.arn, "none")', 'arn:aws:sqs:us-east-1:000000000000:orders'],
  ['try({ a = 1 }.b, "none")', 'none'],
])('%s is %j', async (expression, value) => {
  expect(await run(encoded(expression))).toHaveSucceededWith(value);
});

test('text without quotes around it in JSON text is a number', async () => {
  const result = written(
    `{"seconds": \${aws_sqs_queue.q.visibility_timeout_seconds}, "revision": [\${aws_ecs_task_definition.t.revision}], "text": "a, \${aws_sqs_queue.q.name}, b"}`,
  );
  expect(await run(result)).toHaveSucceededWith({ seconds: 30, revision: [1], text: 'a, orders, b' });
});

test('a list in JSON text, with jsonencode', async () => {
  expect(await run(written(`{"Subnets":\${jsonencode(data.aws_subnets.n.ids)}}`))).toHaveSucceededWith({
    Subnets: ['n'],
  });
});

test('the role of a state machine can be one that exists already', async () => {
  const definition = written('1');
  const m = { name: 'm', role_arn: `\${data.aws_iam_role.existing.arn}`, definition };
  expect(await run(definition, {}, { aws_sfn_state_machine: { m } })).toHaveSucceededWith(1);
});

describe('what cannot be told is an error that names the value, and says how to give it', () => {
  const give = (name: string) =>
    `Give it one, with "values" in the options of deployStack or in statewright.json: { ${JSON.stringify(name)}: … }`;

  test.each([
    [
      encoded('data.aws_ssm_parameter.p.value == true ? 1 : 2'),
      'data.aws_ssm_parameter.p.value',
      'it is compared with a bool',
    ],
    [
      encoded('aws_rds_cluster.db.storage_encrypted ? 1 : 2'),
      'aws_rds_cluster.db.storage_encrypted',
      'it is used as a condition',
    ],
    [
      encoded('regex("vpc-.*", data.aws_ssm_parameter.p.value)'),
      'data.aws_ssm_parameter.p.value',
      'regex() needs it',
    ],
    [`\${data.aws_ssm_parameter.p.value}`, 'data.aws_ssm_parameter.p.value', 'it is JSON text'],
  ])('%s', async (definition, name, why) => {
    await expect(run(definition)).rejects.toThrow(
      `aws_sfn_state_machine.m.definition: needs the value of ${name}, which is not known here: ${why} ${give(name)}`,
    );
  });

  test('and the value can be given', async () => {
    const values = {
      'data.aws_ssm_parameter.p.value': 'vpc-1',
      'data.aws_subnets.n.ids': ['subnet-1', 'subnet-2'],
      'module.far.queue_arn': 'arn:given',
      'aws_rds_cluster.db.storage_encrypted': true,
    };
    const result = `[regex("vpc-.*", data.aws_ssm_parameter.p.value), element(data.aws_subnets.n.ids, 1),
      module.far.queue_arn, aws_rds_cluster.db.storage_encrypted ? 1 : 2]`;
    expect(await run(encoded(result), { values })).toHaveSucceededWith(['vpc-1', 'subnet-2', 'arn:given', 1]);
  });

  test('a value for something that the stack does not have', async () => {
    await expect(run(written('1'), { values: { 'data.aws_subnet.n.ids': [] } })).rejects.toThrow(
      'values: data.aws_subnet.n.ids: refers to data.aws_subnet.n, which is not in the stack Did you mean data.aws_subnets.n?',
    );
  });
});

describe('a value that cannot be computed is an error only where something that runs needs it', () => {
  const broken = { aws_sns_topic: { t: { name: `\${bcrypt("x")}`, display_name: `\${var.name}` } } };

  test('not in a resource that exists by name only', async () => {
    expect(await run(encoded('aws_sns_topic.t.id'), {}, broken)).toHaveSucceededWith(
      'arn:aws:sns:us-east-1:000000000000:t',
    );
  });

  test('but in a definition', async () => {
    await expect(run(encoded('aws_sns_topic.t.name'), {}, broken)).rejects.toThrow(
      'aws_sns_topic.t.name: the function bcrypt() is not supported here',
    );
    await expect(run(encoded('aws_sns_topic.t.display_name'), {}, broken)).rejects.toThrow(
      'var.name: has no value and no default Set it in terraform.tfvars, in a file that "varFiles" in statewright.json names, with TF_VAR_name, or with "variables" in the options of deployStack.',
    );
  });

  test('or not, with try', async () => {
    expect(await run(encoded('try(aws_sns_topic.t.name, "unknown")'), {}, broken)).toHaveSucceededWith(
      'unknown',
    );
  });
});
