/** `statewright dev` with the real file watcher: nothing waits for a time, only for what is printed. */
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Values } from '../../src/cli/command';
import { copyProject } from '../fixture/synthesize';
import { RunningDev } from './running-dev';

// Each test waits for several programs, on a machine that may be busy.
jest.setTimeout(60_000);

let folder: string;
let state: string | undefined;
let dev: RunningDev | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dev-'));
  state = process.env.XDG_STATE_HOME;
  process.env.XDG_STATE_HOME = join(folder, '.state');
});
afterEach(async () => {
  await dev?.stop();
  dev = undefined;
  if (state === undefined) delete process.env.XDG_STATE_HOME;
  else process.env.XDG_STATE_HOME = state;
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function replace(path: string, from: string, to: string): void {
  const text = readFileSync(join(folder, path), 'utf8');
  expect(text).toContain(from);
  write(path, text.replace(from, to));
}

/** Starts `dev`, and returns the console's address. */
async function start(values?: Values): Promise<string> {
  dev = new RunningDev(folder, values);
  return dev.started();
}

const prints = (pattern: RegExp) => (dev as RunningDev).prints(pattern);
const banner = async (address: string) => (await fetch(`${address}/problems`)).text();

test('a CDKTF project: a handler, the definition, and errors that come and go', async () => {
  copyProject(folder);
  write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        module: 'preserve',
        noEmit: true,
        strict: true,
        types: ['node'],
        skipLibCheck: true,
      },
      include: ['handlers'],
    }),
  );
  const address = await start();

  replace('handlers/test.ts', "'ok'", "'fine'");
  await prints(/handlers\/test\.ts\n {2}✓ Lambda function Test: code {2}\d+/);

  replace('handlers/test.ts', "'fine'", '5');
  await prints(/✓ Lambda function Test: code/);
  await prints(/✗ Types\n {2}handlers\/test\.ts\(\d+,\d+\): error TS2322/);
  expect(await banner(address)).toContain('error TS2322');
  replace('handlers/test.ts', ' 5', " 'fine'");
  await prints(/Types: fixed/);
  expect(await banner(address)).toBe('');

  replace('handlers/test.ts', 'async function', 'async functon');
  await prints(/✗ Synthesis\n[^✗]*handlers\/test\.ts:\d+[^✗]*The last good deployment continues to run/);
  expect(await banner(address)).toContain('handlers/test.ts');
  replace('handlers/test.ts', 'async functon', 'async function');
  await prints(/Synthesis: fixed/);
});

const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

test('Terraform in HCL: code, a definition in a file of its own, and a file that is not valid', async () => {
  write('terraform.tfvars', 'name = "orders"');
  write('src/index.js', "exports.handler = async () => 'one';");
  write('states.asl.json', '{ "StartAt": "Call", "States": { "Call": { "Type": "Pass", "End": true } } }');
  write(
    'main.tf',
    `
    variable "name" {}
    data "archive_file" "code" {
      type        = "zip"
      source_dir  = "\${path.module}/src"
      output_path = "code.zip"
    }
    resource "aws_iam_role" "function" {
      name               = "function"
      assume_role_policy = ${JSON.stringify(trust('lambda.amazonaws.com'))}
    }
    resource "aws_iam_role" "machine" {
      name               = "machine"
      assume_role_policy = ${JSON.stringify(trust('states.amazonaws.com'))}
    }
    resource "aws_lambda_function" "code" {
      function_name = var.name
      handler       = "index.handler"
      runtime       = "nodejs22.x"
      role          = aws_iam_role.function.arn
      filename      = data.archive_file.code.output_path
    }
    resource "aws_sfn_state_machine" "orders" {
      name       = var.name
      role_arn   = aws_iam_role.machine.arn
      definition = templatefile("\${path.module}/states.asl.json", { code = aws_lambda_function.code.arn })
    }`,
  );
  const address = await start();

  write('src/index.js', "exports.handler = async () => 'two';");
  await prints(/src\/index\.js\n {2}✓ Lambda function orders: code/);

  replace('states.asl.json', '"End": true', '"Next": "None"');
  write('src/index.js', "exports.handler = async () => 'three';");
  await prints(/✗ Deployment\n[^✗]*None[^✗]*The last good deployment continues to run/);
  expect(await banner(address)).toContain('None');
  replace('states.asl.json', '"Next": "None"', '"Comment": "last", "End": true');
  // Nothing of the broken change was deployed, also not the code.
  await prints(
    /Deployment: fixed[\s\S]*✓ Lambda function orders: code.*\n {2}✓ state machine orders: definition/,
  );

  replace('main.tf', 'resource "aws_sfn_state_machine"', 'resource aws_sfn_state_machine "');
  await prints(/✗ Deployment\n[^✗]*main\.tf/);
  replace('main.tf', 'resource aws_sfn_state_machine "', 'resource "aws_sfn_state_machine"');
  await prints(/Deployment: fixed/);
});

test('a definition alone, which starts with an error, and whose folder goes and comes again', async () => {
  write('orders.asl.json', '{ "StartAt": "A" }');
  dev = new RunningDev(folder);
  await prints(/✗ Deployment\n[^✗]*orders\.asl\.json[\s\S]*Watching for changes/);

  write('orders.asl.json', '{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }');
  await prints(/✓ state machine orders: created/);

  write('orders.asl.json', '{ "StartAt": "A", "States": { "A": { "Type": "Fail" } } }');
  await prints(/✓ state machine orders: definition/);

  renameSync(folder, `${folder}-moved`);
  await prints(/✗ Synthesis/);
  renameSync(`${folder}-moved`, folder);
  await prints(/Synthesis: fixed/);
  write('orders.asl.json', '{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }');
  await prints(/✓ state machine orders: definition/);
});

test('a SAM template: its definition in another file, its functions, and stand-ins, are read again', async () => {
  write(
    'template.json',
    JSON.stringify({
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: {
        Pack: {
          Type: 'AWS::Serverless::Function',
          Properties: { CodeUri: 'pack', Handler: 'app.handler', Runtime: 'nodejs24.x' },
        },
        Orders: {
          Type: 'AWS::Serverless::StateMachine',
          Properties: {
            Type: 'EXPRESS',
            DefinitionUri: 'statemachine/orders.asl.json',
            DefinitionSubstitutions: { Pack: { 'Fn::GetAtt': ['Pack', 'Arn'] } },
            Policies: [{ LambdaInvokePolicy: { FunctionName: '*' } }],
          },
        },
      },
    }),
  );
  write('pack/app.ts', 'export const handler = async (): Promise<string> => "packed";');
  const check = 'arn:aws:lambda:us-east-1:000000000000:function:Check';
  write(
    'statemachine/orders.asl.json',
    `{ "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "${check}", "End": true } } }`,
  );
  write('stand-ins.json', '{ "Check": { "result": "one" } }');
  await start({ 'stand-ins': join(folder, 'stand-ins.json') });
  expect(await dev?.run('Orders')).toMatchObject({ status: 'SUCCEEDED', output: '"one"' });

  write('stand-ins.json', '{ "Check": { "result": "two" } }');
  await prints(/stand-ins\.json\n {2}✓ stand-ins\n/);
  expect(await dev?.run('Orders')).toMatchObject({ output: '"two"' });

  write('stand-ins.json', '{ "Check": { "reslt": "two" } }');
  await prints(/✗ Stand-ins\n[^✗]*"reslt"[\s\S]*Did you mean result\?/);
  write('stand-ins.json', '{ "Check": { "result": "three" } }');
  await prints(/Stand-ins: fixed/);

  replace('statemachine/orders.asl.json', '"End"', '"Comment": "last", "End"');
  // One state machine: the definition is a part of the template.
  await prints(/orders\.asl\.json\n {2}✓ state machine Orders: definition.*\n/);
  replace('statemachine/orders.asl.json', check, `\${Pack}`);
  await prints(/✓ state machine Orders: definition.*\n/);
  expect(await dev?.run('Orders')).toMatchObject({ output: '"packed"' });

  replace('pack/app.ts', 'packed', 'sent');
  await prints(/app\.ts\n {2}✓ Lambda function Pack: code.*\n/);
  expect(await dev?.run('Orders')).toMatchObject({ output: '"sent"' });
});

test('functions of a definition alone need stand-ins', async () => {
  write(
    'orders.asl.json',
    `{ "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:Ship", "End": true } } }`,
  );
  dev = new RunningDev(folder);
  await prints(/need stand-ins, --stand-ins FILE: Ship\n[\s\S]*Watching for changes/);
});

test('files that no deployment depends on change nothing', async () => {
  write('orders.asl.json', '{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }');
  await start();
  write('node_modules/a/index.js', '1');
  write('.git/HEAD', 'a');
  write('cdktf.out/manifest.json', '{}');
  write('more.asl.json', '{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }');

  const [, first] = await prints(/\n(\S+)\n {2}✓ state machine more: created/);
  expect(first).toBe('more.asl.json');
});
