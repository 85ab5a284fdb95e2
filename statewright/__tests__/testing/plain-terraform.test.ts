/** Plain Terraform projects in HCL, in the styles that people use: they deploy and run as they are. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deployStack, returns } from '../../src/testing';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plain-terraform-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** A role that state machines can assume. */
const role = `
  resource "aws_iam_role" "states" {
    name               = "states"
    assume_role_policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "states.amazonaws.com" } }]
    })
  }`;

const greeting = (result: string) =>
  `{"StartAt":"A","States":{"A":{"Type":"Pass","Result":${result},"End":true}}}`;

async function resultOf(stack: string): Promise<unknown> {
  write('main.tf', `${role}\n${stack}`);
  return (await (await deployStack(folder)).run()).output;
}

const machine = (definition: string, more = '') => `
  resource "aws_sfn_state_machine" "m" {
    name       = "m"
    role_arn   = aws_iam_role.states.arn
    definition = ${definition}
    ${more}
  }`;

describe('a definition can come from', () => {
  test('template_file', async () => {
    write('greeting.json', greeting(`["\${name}", \${count}%{ if loud == "true" }, "!"%{ endif }]`));

    const output = await resultOf(`
      data "template_file" "definition" {
        template = file("\${path.module}/greeting.json")
        vars     = { name = "World", count = 2, loud = true }
      }
      ${machine('data.template_file.definition.rendered')}`);

    expect(output).toEqual(['World', 2, '!']);
  });

  test('local_file, as a data source', async () => {
    write('greeting.json', greeting('"Hello"'));

    const output = await resultOf(`
      data "local_file" "definition" { filename = "\${path.module}/greeting.json" }
      ${machine('data.local_file.definition.content')}`);

    expect(output).toBe('Hello');
  });

  test('local_file, as a resource, whose file a function then reads', async () => {
    const output = await resultOf(`
      resource "local_file" "definition" {
        filename = "\${path.module}/made.json"
        content  = ${JSON.stringify(greeting('"Made"'))}
      }
      data "local_file" "made" { filename = local_file.definition.filename }
      ${machine('data.local_file.made.content')}`);

    expect(output).toBe('Made');
  });

  test('terraform_data', async () => {
    const output = await resultOf(`
      resource "terraform_data" "definition" { input = ${JSON.stringify(greeting('"Kept"'))} }
      ${machine('terraform_data.definition.output')}`);

    expect(output).toBe('Kept');
  });
});

test('a state machine waits for the permissions of its role, as Terraform does', async () => {
  const output = await resultOf(`
    resource "aws_cloudwatch_log_group" "logs" { name = "/states/m" }
    ${machine(
      JSON.stringify(greeting('"Logged"')),
      `logging_configuration {
        level           = "ALL"
        log_destination = "\${aws_cloudwatch_log_group.logs.arn}:*"
      }`,
    )}
    resource "aws_iam_role_policy" "other_needs_the_machine" {
      name   = "start"
      role   = aws_iam_role.states.id
      policy = jsonencode({ Version = "2012-10-17", Statement = [
        { Effect = "Allow", Action = "states:StartExecution", Resource = aws_sfn_state_machine.m.arn }
      ] })
    }
    resource "aws_iam_role_policy" "logs" {
      name   = "logs"
      role   = aws_iam_role.states.id
      policy = jsonencode({ Version = "2012-10-17", Statement = [
        { Effect = "Allow", Resource = "*", Action = [
          "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
          "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups"
        ] }
      ] })
    }`);

  expect(output).toBe('Logged');
});

describe('a module of a registry', () => {
  const call = `
    module "workflow" {
      source     = "example/workflow/aws"
      version    = "~> 1.0"
      role_arn   = aws_iam_role.states.arn
      definition = ${JSON.stringify(greeting('"From a module"'))}
    }`;

  const module = `
    variable "role_arn" {}
    variable "definition" {}
    module "machine" {
      source     = "git::https://example.com/machine.git"
      name       = "m"
      role_arn   = var.role_arn
      definition = var.definition
    }`;

  const inner = `
    variable "name" {}
    variable "role_arn" {}
    variable "definition" {}
    resource "aws_sfn_state_machine" "this" {
      name       = var.name
      role_arn   = var.role_arn
      definition = var.definition
    }`;

  /** What `terraform init` writes. */
  function install(data: string, version = 'workflow'): void {
    const entry = (Key: string, Source: string) => ({ Key, Source, Dir: `${data}/modules/${Key}` });
    const Modules = [
      { Key: '', Source: '', Dir: '.' },
      entry('workflow', `registry.terraform.io/example/${version}/aws`),
      entry('workflow.machine', 'git::https://example.com/machine.git'),
    ];
    write(`${data}/modules/modules.json`, JSON.stringify({ Modules }));
    write(`${data}/modules/workflow/main.tf`, module);
    write(`${data}/modules/workflow.machine/main.tf`, inner);
  }

  test.each(['.terraform', '.terraform-local'])('is read where terraform init put it: %s', async (data) => {
    install(data);

    expect(await resultOf(call)).toBe('From a module');
  });

  test.each([
    ['not downloaded', () => {}],
    ['downloaded for another source', () => install('.terraform', 'other')],
    ['deleted', () => write('.terraform/modules/modules.json', '{"Modules":[{"Key":"workflow"}]}')],
  ])('has no known content when it is %s', async (_, prepare) => {
    prepare();

    await expect(resultOf(call)).rejects.toThrow(/has no state machine/);
  });

  test('can have the role of a state machine, which then may do everything', async () => {
    const roles = 'module "roles" { source = "github.com/example/roles" }';
    const used = machine(JSON.stringify(greeting('"Allowed"'))).replace(
      'aws_iam_role.states.arn',
      'module.roles.step_function_role_arn',
    );

    expect(await resultOf(roles + used)).toBe('Allowed');
  });
});

test('a function exists by name only if a program of the project makes its package', async () => {
  write(
    'main.tf',
    `${role}
    data "external" "package" { program = ["python3", "package.py"] }
    resource "aws_lambda_function" "f" {
      function_name = "f"
      role          = aws_iam_role.states.arn
      handler       = "index.handler"
      runtime       = "nodejs22.x"
      filename      = data.external.package.result.filename
    }
    resource "aws_iam_role_policy" "invoke" {
      role   = aws_iam_role.states.id
      policy = jsonencode({ Version = "2012-10-17", Statement = [
        { Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.f.arn }
      ] })
    }
    ${machine('jsonencode({ StartAt = "A", States = { A = { Type = "Task", Resource = aws_lambda_function.f.arn, End = true } } })')}`,
  );
  const workflow = await deployStack(folder);
  workflow.replace('f', returns('made'));

  expect((await workflow.run()).output).toBe('made');
});

describe('a package of the module terraform-aws-modules/lambda', () => {
  /** As the module does it: a program names the zip file, and a provisioner makes it. */
  const stack = (source: string) => `${role}
    resource "aws_iam_role" "lambda" {
      name               = "lambda"
      assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
        { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }
      ] })
    }
    data "external" "prepare" {
      program = ["python3", "\${path.module}/package.py", "prepare"]
      query   = { artifacts_dir = "builds", runtime = "nodejs22.x", source_path = jsonencode(${source}), docker = null }
    }
    locals { file = data.external.prepare.result.filename }
    resource "null_resource" "archive" { triggers = { file = local.file } }
    resource "aws_lambda_function" "f" {
      function_name    = "f"
      role             = aws_iam_role.lambda.arn
      handler          = "code/index.handler"
      runtime          = "nodejs22.x"
      filename         = local.file
      source_code_hash = fileexists(local.file) ? filebase64sha256(local.file) : null
      depends_on       = [null_resource.archive]
    }
    resource "aws_iam_role_policy" "invoke" {
      role   = aws_iam_role.states.id
      policy = jsonencode({ Version = "2012-10-17", Statement = [
        { Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.f.arn }
      ] })
    }
    ${machine('jsonencode({ StartAt = "A", States = { A = { Type = "Task", Resource = aws_lambda_function.f.arn, End = true } } })')}`;

  beforeEach(() => {
    write('src/index.js', 'exports.handler = async () => require("fs").readdirSync(__dirname).sort();');
    write('src/notes.txt', '');
    write('src/keep.txt', '');
    write('src/lib/deep.txt', '');
    write('more.js', '');
  });

  test.each([
    ['{ path = "src", prefix_in_zip = "code" }', ['index.js', 'keep.txt', 'lib', 'notes.txt']],
    [
      '[{ path = "src", prefix_in_zip = "code", patterns = ["!.*\\\\.txt", "code/keep.*"] }, { path = "more.js", prefix_in_zip = "code" }]',
      ['index.js', 'keep.txt', 'more.js'],
    ],
  ])('is made from %s', async (source, files) => {
    write('main.tf', stack(source));
    expect((await (await deployStack(folder)).run()).output).toEqual(files);
  });

  test.each([
    [
      '{ path = "src", patterns = ["!(?P<name>.*)"] }',
      'the pattern "(?P<name>.*)" is not a regular expression that can be used here',
    ],
    ['"absent"', 'data.external.prepare.query.source_path: absent does not exist'],
    [
      '[{ path = "src", commands = ["make", ":zip"] }]',
      'calls the Lambda function "f", which does not exist',
    ],
  ])('needs a stand-in, or another path: %s', async (source, message) => {
    write('main.tf', stack(source));
    await expect(deployStack(folder).then((workflow) => workflow.run())).rejects.toThrow(message);
  });
});

test('a function runs without layers that are not here, and a warning names them', async () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  write('code/index.js', 'exports.handler = async () => "ran";');
  write(
    'main.tf',
    `${role}
    resource "aws_iam_role" "lambda" {
      name               = "lambda"
      assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
        { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }
      ] })
    }
    data "archive_file" "f" {
      type        = "zip"
      source_dir  = "\${path.module}/code"
      output_path = "f.zip"
    }
    data "aws_lambda_layer_version" "own" { layer_name = "own" }
    resource "aws_lambda_function" "f" {
      function_name = "f"
      role          = aws_iam_role.lambda.arn
      handler       = "index.handler"
      runtime       = "nodejs22.x"
      filename      = data.archive_file.f.output_path
      layers        = [data.aws_lambda_layer_version.own.arn, "arn:aws:lambda:us-east-1:017000801446:layer:Tools:51"]
    }
    resource "aws_iam_role_policy" "invoke" {
      role   = aws_iam_role.states.id
      policy = jsonencode({ Version = "2012-10-17", Statement = [
        { Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.f.arn }
      ] })
    }
    ${machine('jsonencode({ StartAt = "A", States = { A = { Type = "Task", Resource = aws_lambda_function.f.arn, End = true } } })')}`,
  );
  const workflow = await deployStack(folder);
  expect((await workflow.run()).output).toBe('ran');
  expect(warn.mock.calls.map(([text]) => text)).toEqual([
    expect.stringMatching(
      /^aws_lambda_function.f runs .* without the layer data.aws_lambda_layer_version.own.arn/,
    ),
    expect.stringContaining('017000801446:layer:Tools:51'),
  ]);
  warn.mockRestore();
});

test('the workspace selects values', async () => {
  const stack = `
    locals { greetings = { dev = "Hello, developer", prod = "Hello" } }
    ${machine('jsonencode({ StartAt = "A", States = { A = { Type = "Pass", Result = local.greetings[terraform.workspace], End = true } } })')}`;
  write('main.tf', `${role}\n${stack}`);

  expect((await (await deployStack(folder, { workspace: 'dev' })).run()).output).toBe('Hello, developer');
  await expect(deployStack(folder)).rejects.toThrow(
    /has no item for the workspace "default" \(.*\) Select another one: TF_WORKSPACE=dev, or the option "workspace"/,
  );
});

test.each([
  [
    'a template that is not JSON once it is filled in',
    `templatefile("t.json", { name = "A" })`,
    /m: the definition is not valid JSON: line 2, column 1: expected a field name in double quotes, found '}', in: {"StartAt": "A", }/,
  ],
  [
    'a template with a variable that it does not receive',
    `templatefile("t.json", { nam = "A" })`,
    /t\.json: refers to name, which does not exist .* Did you mean nam\?/,
  ],
])('the error for %s says what to do', async (_, definition, message) => {
  write('t.json', `{"StartAt": "\${name}",\n}`);
  write('main.tf', `${role}\n${machine(definition)}`);

  await expect(deployStack(folder)).rejects.toThrow(message);
});

test('files of OpenTofu are read, each in place of a file of Terraform with the same name', async () => {
  write('greeting.tf', 'locals { greeting = "Terraform" }');
  write('greeting.tofu', 'locals { greeting = "OpenTofu" }');

  const definition =
    'jsonencode({ StartAt = "A", States = { A = { Type = "Pass", Result = local.greeting, End = true } } })';
  expect(await resultOf(machine(definition))).toBe('OpenTofu');
});

test('override files change single arguments', async () => {
  write(
    'a_override.tf',
    `resource "aws_sfn_state_machine" "m" { definition = ${JSON.stringify(greeting('"First"'))} }`,
  );
  write(
    'override.tf.json',
    JSON.stringify({ resource: { aws_sfn_state_machine: { m: { definition: greeting('"Last"') } } } }),
  );

  expect(await resultOf(machine(JSON.stringify(greeting('"Original"'))))).toBe('Last');
});

test('an argument of an override file replaces an object, and adds nothing to it', async () => {
  write('main_override.tf', 'variable "names" { default = { two = 2 } }');
  write('override.tf.json', JSON.stringify({ locals: { ages: { two: 2 } } }));
  write('ages.tf.json', JSON.stringify({ locals: { ages: { one: 1 } } }));

  const output = await resultOf(`
    variable "names" { default = { one = 1 } }
    ${machine(
      'jsonencode({ StartAt = "A", States = { A = { Type = "Pass", Result = [var.names, local.ages], End = true } } })',
    )}`);

  expect(output).toEqual([{ two: 2 }, { two: 2 }]);
});

test('blocks that only Terraform runs are ignored', async () => {
  const output = await resultOf(`
    ${machine(JSON.stringify(greeting('"Ran"')))}
    action "aws_sfn_start_execution" "start" {
      config { state_machine_arn = aws_sfn_state_machine.m.arn }
    }
    check "machine" {
      assert {
        condition     = aws_sfn_state_machine.m.name == "other"
        error_message = "Only Terraform checks this."
      }
    }
    moved {
      from = aws_sfn_state_machine.old
      to   = aws_sfn_state_machine.m
    }`);

  expect(output).toBe('Ran');
});
