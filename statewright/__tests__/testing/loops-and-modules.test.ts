/** Stacks with for_each, count, modules and dynamic blocks: everything whose number is known is deployed and runs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deployStack } from '../../src/testing';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loops-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string | object): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
}

/** What every stack here has: a role for all, and a zip with a handler that tells its name. */
const common = {
  data: {
    aws_iam_policy_document: {
      trust: {
        statement: {
          actions: ['sts:AssumeRole'],
          dynamic: {
            principals: {
              for_each: ['lambda', 'states'],
              iterator: 'service',
              content: { type: 'Service', identifiers: [`\${service.value}.amazonaws.com`] },
            },
          },
        },
      },
      invoke: {
        dynamic: {
          statement: {
            for_each: `\${toset(["lambda:InvokeFunction", "sqs:SendMessage"])}`,
            content: { actions: [`\${statement.value}`], resources: ['*'] },
          },
        },
      },
    },
    archive_file: {
      code: {
        type: 'zip',
        output_path: 'code.zip',
        source_content_filename: 'index.js',
        source_content: 'exports.handler = async () => process.env.NAME;',
      },
    },
  },
  aws_iam_role: { r: { name: 'r', assume_role_policy: `\${data.aws_iam_policy_document.trust.json}` } },
  aws_iam_role_policy: {
    p: { role: `\${aws_iam_role.r.id}`, policy: `\${data.aws_iam_policy_document.invoke.json}` },
  },
};

const lambda = (name: string, more: object = {}) => ({
  function_name: name,
  role: `\${aws_iam_role.r.arn}`,
  handler: 'index.handler',
  runtime: 'nodejs22.x',
  filename: `\${data.archive_file.code.output_path}`,
  environment: { variables: { NAME: name } },
  ...more,
});

const machine = (definition: object, more: object = {}) => ({
  name: 'm',
  role_arn: `\${aws_iam_role.r.arn}`,
  // Expressions are not JSON text: their quotes are not escaped.
  definition: JSON.stringify(definition).replace(/\$\{.*?\}/g, (text) => text.replaceAll('\\"', '"')),
  ...more,
});

const task = (arn: string) => ({
  StartAt: 'Call',
  States: { Call: { Type: 'Task', Resource: arn, End: true } },
});

const pass = (result: object) => ({
  StartAt: 'A',
  States: { A: { Type: 'Pass', Result: result, End: true } },
});

async function run(stack: { resource: object; data?: object }, stateMachine?: string) {
  const { data, aws_iam_role, aws_iam_role_policy } = common;
  write('cdk.tf.json', {
    ...stack,
    data: { ...data, ...stack.data },
    resource: { aws_iam_role, aws_iam_role_policy, ...stack.resource },
  });
  const workflow = await deployStack(folder, stateMachine === undefined ? {} : { stateMachine });
  return workflow.run();
}

test('functions with for_each and count, and a state machine of each', async () => {
  const resource = {
    aws_cloudwatch_log_group: { logs: { for_each: `\${local.names}`, name: `/aws/lambda/\${each.key}` } },
    aws_lambda_function: {
      each: {
        for_each: `\${local.names}`,
        ...lambda(`\${each.key}-\${each.value.suffix}`),
        depends_on: ['aws_cloudwatch_log_group.logs'],
      },
      counted: { count: 2, ...lambda(`counted-\${count.index}`) },
    },
    aws_sfn_state_machine: {
      each: {
        for_each: `\${aws_lambda_function.each}`,
        ...machine(task(`\${each.value.arn}`), { name: `run-\${each.key}` }),
      },
      one: machine(task(`\${aws_lambda_function.counted[1].arn}`)),
    },
  };
  const stack = { locals: { names: { a: { suffix: 'x' }, b: { suffix: 'y' } } }, resource };
  expect(await run(stack, 'run-b')).toHaveSucceededWith('b-y');
  expect(await run(stack, 'm')).toHaveSucceededWith('counted-1');
});

test('a count of 0, and one', async () => {
  const resource = {
    aws_sqs_queue: { none: { count: 0, name: 'none' }, one: { count: `\${1 == 1 ? 1 : 0}`, name: 'one' } },
    aws_sfn_state_machine: {
      m: machine(
        pass({
          none: `\${join(",", aws_sqs_queue.none[*].name)}`,
          one: `\${one(aws_sqs_queue.one[*].name)}`,
          length: `\${length(aws_sqs_queue.none)}`,
        }),
      ),
    },
  };
  expect(await run({ resource })).toHaveSucceededWith({ none: '', one: 'one', length: '0' });
});

test('where AWS decides how many there are, all of them are one placeholder', async () => {
  const resource = {
    aws_sqs_queue: { q: { for_each: `\${toset(data.aws_subnets.n.ids)}`, name: `\${each.key}` } },
    aws_lambda_function: { f: { for_each: `\${toset(data.aws_subnets.n.ids)}`, ...lambda(`\${each.key}`) } },
    aws_sfn_state_machine: {
      m: machine(
        pass({
          one: `\${aws_sqs_queue.q["subnet-1"].arn}`,
          all: `\${join(",", [for q in aws_sqs_queue.q : q.arn])}`,
          function: `\${aws_lambda_function.f["subnet-1"].arn}`,
        }),
      ),
    },
  };
  expect(await run({ data: { aws_subnets: { n: {} } }, resource })).toHaveSucceededWith({
    one: 'arn:aws:sqs:us-east-1:000000000000:q',
    all: 'arn:aws:sqs:us-east-1:000000000000:q',
    function: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  });
});

test('that is an error for a state machine', async () => {
  const m = { for_each: `\${toset(data.aws_subnets.n.ids)}`, ...machine(pass({})) };
  await expect(
    run({ data: { aws_subnets: { n: {} } }, resource: { aws_sfn_state_machine: { m } } }),
  ).rejects.toThrow(
    'aws_sfn_state_machine.m: needs the value of aws_sfn_state_machine.m.for_each, which is not known here',
  );
});

const moduleInHcl = `
# A function, and the queue that it reads.
variable "name" { type = string }
variable "role" {
  type = string
}
variable "options" {
  type = object({
    suffix = optional(string, "default")
    retries = optional(number, 3) // as SQS
  })
  default = {}
}
locals {
  full_name = "\${var.name}-\${var.options.suffix}" /* used twice */
  text = <<-EOT
    names:
      %{ for name in [var.name, "b"] ~}
    <\${name}>
      %{ endfor ~}
    end
  EOT
}
data "archive_file" "code" {
  type        = "zip"
  output_path = "\${path.module}/code.zip"
  source_dir  = "\${path.module}/code"
}
resource "aws_lambda_function" "this" {
  function_name = local.full_name
  role          = var.role
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = data.archive_file.code.output_path
  environment {
    variables = { NAME = local.full_name }
  }
  lifecycle { create_before_destroy = true }
  provisioner "local-exec" {
    command = "false"
  }
}
resource "aws_sqs_queue" "dlq" {
  count = var.options.retries > 0 ? 1 : 0
  name  = "\${local.full_name}-dlq"
}
module "inner" {
  source = "../inner"
  arn    = aws_lambda_function.this.arn
}
output "arn" { value = module.inner.arn }
output "text" { value = local.text }
output "dlq" { value = one(aws_sqs_queue.dlq[*].name) }
`;

test('modules in HCL and JSON, one in another, with for_each', async () => {
  write('modules/worker/main.tf', moduleInHcl);
  write('modules/worker/code/index.js', 'exports.handler = async () => "from " + process.env.NAME;');
  write('modules/inner/main.tf.json', {
    variable: { arn: { type: 'string' } },
    output: { arn: { value: `\${var.arn}` } },
  });
  const worker = { source: './modules/worker', role: `\${aws_iam_role.r.arn}` };
  const stack = {
    module: {
      one: { ...worker, name: 'one' },
      each: {
        ...worker,
        for_each: { a: { suffix: 'x' }, b: { retries: 0 } },
        name: `\${each.key}`,
        options: `\${each.value}`,
      },
    },
    resource: {
      aws_sfn_state_machine: {
        one: machine(task(`\${module.one.arn}`), { name: 'one' }),
        each: machine(task(`\${module.each["b"].arn}`), { name: 'each' }),
        values: machine(
          pass({
            text: `\${replace(module.one.text, "\n", "|")}`,
            dlqs: `\${join(",", [for m in module.each : m.dlq == null ? "none" : m.dlq])}`,
            names: `\${join(",", keys(module.each))}`,
          }),
          { name: 'values' },
        ),
      },
    },
  };
  expect(await run(stack, 'one')).toHaveSucceededWith('from one-default');
  expect(await run(stack, 'each')).toHaveSucceededWith('from b-default');
  expect(await run(stack, 'values')).toHaveSucceededWith({
    text: 'names:|      <one>|      <b>|      end|',
    dlqs: 'a-x-dlq,none',
    names: 'a,b',
  });
});

describe('a module that cannot be read', () => {
  test.each([
    [`\${module.m.arn}`, 'variable "a" {', 'Expected } at column'],
    [
      `\${module.m.arn}`,
      'output "arn" { value = nothing.here }',
      'module.m.output.arn.value: refers to nothing.here, which is not in the module',
    ],
    [
      `\${module.m.other}`,
      'output "arn" { value = 1 }',
      'refers to the output other, which module.m does not have',
    ],
    [
      `\${module.m.arn}`,
      'output "arn" {\n value = module.self.arn\n}\nmodule "self" {\n source = "./."\n}',
      'module.self.source: is a module that calls itself',
    ],
  ])('%s: %j', async (reference, content, message) => {
    write('m/main.tf', content);
    const stack = {
      module: { m: { source: './m' } },
      resource: { aws_sfn_state_machine: { m: machine(pass({ x: reference })) } },
    };
    await expect(run(stack)).rejects.toThrow(message);
  });

  test('without a required variable', async () => {
    write('m/main.tf', 'variable "a" {}\noutput "a" { value = var.a }');
    const stack = {
      module: { m: { source: './m' } },
      resource: { aws_sfn_state_machine: { m: machine(pass({ x: `\${module.m.a}` })) } },
    };
    await expect(run(stack)).rejects.toThrow('module.m.a: has no value and no default');
  });
});
