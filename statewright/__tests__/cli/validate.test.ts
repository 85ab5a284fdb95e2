import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../fixture/synthesize';
import { dotnetStack } from './dotnet-stack';
import { statewrightHere } from './in-process';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'validate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const validate = (args: readonly string[], env = {}) => statewrightHere(folder, ['validate', ...args], env);

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const faulty = `{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Pass",
           "Next": "B" }
  }
}`;

test('a folder: finds definitions and templates, but not in installed or generated folders', async () => {
  cpSync(join(__dirname, '../definitions/samples'), folder, { recursive: true });
  for (const path of ['node_modules/a/a.asl.json', '.hidden/a.asl.json', 'cdk.out/a.asl.json'])
    write(path, faulty);
  write('package.json', '{}');

  const { exitCode, stdout, stderr } = await validate(['.']);

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  for (const file of ['cdk.template.json', 'order.asl.json', 'order.asl.yaml']) {
    expect(stdout).toContain(`✓ ${file} 1 state machine\n`);
  }
  expect(stdout).toContain('✓ sam.yaml 1 state machine, more in order.asl.json\n');
  expect(stdout).toMatch(/^! cloudformation\.yaml NOT_CHECKED: the definition of Archive is in S3/m);
  expect(stdout).toMatch(/\n6 state machines in 5 files: 0 errors, 1 warning\n$/);
  expect(stdout).not.toContain('package.json');
});

test('Terraform configuration is checked once, however many of its files are named', async () => {
  write('machine/main.tf', dotnetStack);
  write('machine/outputs.tf', 'output "name" {\n  value = aws_sfn_state_machine.m.name\n}\n');

  const { exitCode, stdout, stderr } = await validate(['machine/main.tf', 'machine/outputs.tf', 'machine']);

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toBe(
    '✓ machine/main.tf 1 state machine\n\n1 state machine in 1 file: 0 errors, 0 warnings\n',
  );
});

test('an error: its position in the file, and the exit code 1', async () => {
  write('a.asl.json', faulty);

  const { exitCode, stdout } = await validate(['a.asl.json']);

  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    `✗ a.asl.json:5:12 MISSING_TRANSITION_TARGET: Missing 'Next' target: B (/States/A/Next)\n`,
  );
});

test('a likely mistake is a warning, unless there are errors', async () => {
  const state = `"A": { "Type": "Pass",
    "Parameters": { "id.$": "$$.Exection.Id" }, "End": true }`;
  write('a.asl.json', `{ "StartAt": "A", "States": { ${state} } }`);
  write('b.asl.json', `{ "StartAt": "X", "States": { ${state} } }`);

  const one = await validate(['a.asl.json']);
  const two = await validate(['b.asl.json']);

  expect(one.exitCode).toBe(0);
  expect(one.stdout).toContain(
    '! a.asl.json:2:21 UNKNOWN_REFERENCE: $$ does not have the field "Exection". Did you mean "Execution"? (/States/A/Parameters/id.$)\n',
  );
  expect(two.stdout).not.toContain('UNKNOWN_REFERENCE');
});

test('a template whose definition is in another file', async () => {
  cpSync(join(__dirname, '../definitions/samples/order.asl.json'), join(folder, 'order.asl.json'));
  const machine = { Type: 'AWS::Serverless::StateMachine', Properties: { DefinitionUri: 'order.asl.json' } };
  write('template.json', JSON.stringify({ Resources: { Orders: machine } }));

  const { stdout } = await validate(['.']);

  expect(stdout).toContain(
    '✓ template.json definition in order.asl.json\n✓ order.asl.json 1 state machine\n',
  );
  expect(stdout).toContain('\n1 state machine in 2 files: 0 errors, 0 warnings\n');

  write('template.json', JSON.stringify({ Resources: { Orders: machine, Returns: machine } }));
  expect((await validate(['.'])).stdout).toContain('\n2 state machines in 2 files: 0 errors, 0 warnings\n');
});

test('a nested stack is a part of the template that has it', async () => {
  const definition = { StartAt: 'A', States: { A: { Type: 'Succeed' } } };
  write('nested/order.asl.json', JSON.stringify(definition));
  const machine = { Type: 'AWS::Serverless::StateMachine', Properties: { DefinitionUri: 'order.asl.json' } };
  write('nested/template.json', JSON.stringify({ Resources: { Orders: machine } }));
  const own = {
    ...machine,
    Properties: { Definition: { StartAt: 'A', States: { A: { Type: 'Succeed' } } } },
  };
  const nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'nested/template.json' } };
  write('template.json', JSON.stringify({ Resources: { Own: own, Nested: nested } }));

  expect((await validate(['.'])).stdout).toBe(
    [
      '✓ template.json 1 state machine, more in nested/order.asl.json',
      '✓ nested/order.asl.json 1 state machine',
      '',
      '2 state machines in 2 files: 0 errors, 0 warnings',
      '',
    ].join('\n'),
  );
  const explored = await statewrightHere(folder, ['explore', '--definition', '.']);
  expect(explored.stdout.match(/^\w+ \d+ executions?$/gm)).toEqual([
    expect.stringMatching(/^Own /),
    expect.stringMatching(/^Orders /),
  ]);
});

test('the output of the AWS CDK: its templates, and not the other files, which name the types of resources, too', async () => {
  const output = 'cdk.out';
  cpSync(
    join(__dirname, '../definitions/samples/cdk.template.json'),
    join(folder, output, 'Orders.template.json'),
    {
      recursive: true,
    },
  );
  write(
    `${output}/tree.json`,
    '{ "attributes": { "aws:cdk:cloudformation:type": "AWS::StepFunctions::StateMachine" } }',
  );

  const { exitCode, stdout } = await validate([output]);

  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    '✓ cdk.out/Orders.template.json 1 state machine\n\n1 state machine in 1 file: 0 errors, 0 warnings\n',
  );
});

test('a mistake in a template: its position', async () => {
  const properties = 'Properties:\n      DefinitionUri: none.asl.json\n';
  write('template.yaml', `Resources:\n  Orders:\n    Type: AWS::Serverless::StateMachine\n    ${properties}`);

  const { exitCode, stdout } = await validate(['template.yaml']);

  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    '✗ template.yaml:5:7 CANNOT_READ: the DefinitionUri of Orders, none.asl.json, does not exist. The path is relative to the folder of the template.\n',
  );
});

test('a project of the Serverless Framework: the template to use', async () => {
  write('serverless.yml', 'service: orders\nstepFunctions: { stateMachines: {} }\n');
  const inFolder = await validate(['.']);
  expect(inFolder.stderr).toMatch(/→ Package the project .*cloudformation-template-update-stack\.json/);
  const asFile = await validate(['serverless.yml']);
  expect(asFile.stdout).toMatch(/^✗ serverless\.yml CANNOT_READ: .* Package the project/);
});

test('files that cannot be read: a sentence and one position for each; they are not state machines', async () => {
  write('a.asl.json', '{"StartAt": "A",\n "States": {]}');
  write('b.asl.yaml', 'StartAt: A\nStates: {');
  write('c.asl.json', '{}');

  const { exitCode, stdout } = await validate(['.'], { GITHUB_ACTIONS: 'true' });

  expect(exitCode).toBe(1);
  const inJson = "The file is not valid JSON: expected a field name in double quotes, found ']'\n";
  expect(stdout).toContain(`✗ a.asl.json:2:13 INVALID_JSON_DESCRIPTION: ${inJson}`);
  expect(stdout).toContain(`::error file=a.asl.json,line=2,col=13,title=INVALID_JSON_DESCRIPTION::${inJson}`);
  expect(stdout).toMatch(
    /^✗ b\.asl\.yaml:2:10 INVALID_JSON_DESCRIPTION: The file is not valid YAML: [^:]*[^)]$/m,
  );
  expect(stdout).toMatch(
    /^✗ c\.asl\.json CANNOT_READ: The file has no state machine: neither .* template\. Use a definition in/m,
  );
  expect(stdout).toContain('\n0 state machines in 3 files: 3 errors, 0 warnings\n');
});

test('a key that an object has twice, of which only one value would be left', async () => {
  write('a.asl.json', '{"StartAt": "A",\n "States": {"A": {"Type": "Succeed"},\n  "A": {"Type": "Fail"}}}');
  write('b.asl.yaml', 'StartAt: A\nStates:\n  A: {Type: Succeed}\n  A: {Type: Fail}');

  const { exitCode, stdout } = await validate(['.']);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    '✗ a.asl.json:3:3 INVALID_JSON_DESCRIPTION: The file has a duplicate key: "A" is already in this object, in line 2\n',
  );
  expect(stdout).toMatch(/^✗ b\.asl\.yaml:4:3 INVALID_JSON_DESCRIPTION: .*Map keys must be unique$/m);
});

test("a template with Terraform's directives, without its configuration: what to use", async () => {
  write('a.asl.json', '{"StartAt": "A", "States": {\n%{ if x }"A": {"Type": "Succeed"}%{ endif }}}');

  const { exitCode, stdout } = await validate(['.']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^✗ a\.asl\.json:2:1 .*found '%'\. It has template directives .* templatefile\.$/m);
});

test('--json, and annotations in GitHub Actions', async () => {
  write('a.asl.json', faulty);
  write('b.asl.yaml', 'StartAt: A\nStates: {');

  const { exitCode, stdout, stderr } = await validate(['.', '--json'], { GITHUB_ACTIONS: 'true' });

  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toEqual([
    {
      file: 'a.asl.json',
      diagnostics: expect.arrayContaining([
        {
          severity: 'ERROR',
          code: 'MISSING_TRANSITION_TARGET',
          message: "Missing 'Next' target: B",
          location: '/States/A/Next',
          line: 5,
          column: 12,
        },
      ]),
    },
    {
      file: 'b.asl.yaml',
      diagnostics: [expect.objectContaining({ code: 'INVALID_JSON_DESCRIPTION', line: 2, column: 10 })],
    },
  ]);
  expect(stderr).toContain(
    "::error file=a.asl.json,line=5,col=12,title=MISSING_TRANSITION_TARGET::Missing 'Next' target: B (/States/A/Next)\n",
  );
});

test('the output of cdktf synth, if it is an argument', async () => {
  synthesize(join(folder, 'cdktf.out'));
  const { exitCode, stdout } = await validate(['cdktf.out']);
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: expect.stringContaining('✓ cdktf.out/stacks/error-handling/cdk.tf.json 1 state machine\n'),
  });
});

test('Terraform in HCL: each folder with a state machine, its own or that of a module which it calls', async () => {
  const machine = (next: string) => `
    variable "name" {}
    resource "aws_iam_role" "machine" {
      name               = var.name
      assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "states.amazonaws.com" } }] })
    }
    resource "aws_sfn_state_machine" "machine" {
      name       = var.name
      role_arn   = aws_iam_role.machine.arn
      definition = jsonencode({ StartAt = "A", States = { A = { Type = "Pass", Next = "${next}" }, B = { Type = "Succeed" } } })
    }`;
  write('infrastructure/modules/orders/main.tf', machine('C'));
  write('infrastructure/main.tf', 'module "orders" {\n  source = "./modules/orders"\n  name = "orders"\n}\n');
  write('network/main.tf', 'resource "aws_vpc" "main" {}');
  write('orders/main.tf', 'module "orders" {\n  source = "../missing"\n}\n');
  write('payments/main.tf', machine('B'));
  write('payments/terraform.tfvars', 'name = "payments"');
  write('payments/folder.tf/notes.txt', 'A folder is not a file of the configuration.');

  const { exitCode, stdout } = await validate(['.']);

  expect(exitCode).toBe(1);
  expect(stdout).toBe(
    [
      "✗ infrastructure MISSING_TRANSITION_TARGET: Missing 'Next' target: C (/States/A/Next)",
      '✗ infrastructure MISSING_TRANSITION_TARGET: State "B" is not reachable. (/States/B)',
      '✗ orders CANNOT_READ: module.orders.source: the folder ../missing has no Terraform files (orders/main.tf:2)',
      '✓ payments 1 state machine',
      '',
      '2 state machines in 3 files: 3 errors, 0 warnings',
      '',
    ].join('\n'),
  );
});

test('Terraform in HCL: what it fills in is a part of it; other definitions are checked on their own', async () => {
  const machine = (name: string, definition: string) => `
    resource "aws_sfn_state_machine" "${name}" {
      name       = "${name}"
      role_arn   = "arn:aws:iam::123456789012:role/states"
      definition = ${definition}
    }`;
  write(
    'main.tf',
    machine('filled', `templatefile("\${path.module}/filled.asl.json", { names = ["A", "B"] })`) +
      machine('plain', `file("plain.asl.json")`),
  );
  write(
    'filled.asl.json',
    `{ "StartAt": "A", "States": {%{ for name in names } "\${name}": { "Type": "Succeed" }%{ if name != "B" },%{ endif }%{ endfor } } }`,
  );
  write('plain.asl.json', '{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }');
  write(
    'unused.asl.json',
    '{ "StartAt": "A", "States": { %{ if true }"A": { "Type": "Succeed" }%{ endif } } }',
  );

  const { stdout } = await validate(['.']);

  expect(stdout.split('\n')).toEqual([
    '✗ . MISSING_TRANSITION_TARGET: State "B" is not reachable. (filled /States/B)',
    '✓ plain.asl.json 1 state machine',
    expect.stringContaining('✗ unused.asl.json:1:31 INVALID_JSON_DESCRIPTION: The file is not valid JSON'),
    '',
    '3 state machines in 3 files: 2 errors, 0 warnings',
    '',
  ]);
});

test.each([
  [[], 'The files to validate are missing.\n→ Add files or folders, such as: npx statewright validate .'],
  [['none.json'], 'none.json does not exist.'],
  [['.'], 'No state machine was found in this folder.'],
])('%j is refused', async (args, message) => {
  write('main.tf', '');
  const { exitCode, stdout, stderr } = await validate(args);
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining(message),
  });
});
