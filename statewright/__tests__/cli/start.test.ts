import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArguments } from '../../src/cli/arguments';
import { start as startCommand } from '../../src/cli/start';
import { formatDuration } from '../../src/duration';
import type { HistoryEvent } from '../../src/history/events';
import { UserError } from '../../src/user-error';
import { samStateMachine } from '../cloudformation/project';
import { copyProject, synthesize } from '../fixture/synthesize';
import { eventLine, seedCases } from '../seed-cases';
import { statewrightHere } from './in-process';
import { statewright } from './run';

const here = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'));
});
afterEach(() => {
  // A worker's other test files have the same working directory.
  process.chdir(here);
  rmSync(folder, { recursive: true });
});

const start = (...args: string[]) => statewright(folder, ['start', ...args]);
const startHere = (...args: string[]) => statewrightHere(folder, ['start', ...args]);

function write(name: string, content: unknown): string {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

/** The error of the command and its hint, as two lines. */
async function refusal(...args: string[]): Promise<string> {
  process.chdir(folder);
  try {
    const { values, operands } = parseArguments(startCommand, args);
    await startCommand.run(values, operands);
  } catch (error) {
    if (error instanceof UserError) return `${error.message}\n→ ${error.hint}`;
    throw error;
  }
  throw new Error('It ran.');
}

const samples = () => cpSync(join(__dirname, '../definitions/samples'), folder, { recursive: true });

describe('a template', () => {
  /** A project of SAM: a function, and a state machine with the permission to invoke it. */
  function project(): void {
    write('app.js', 'exports.handler = async () => process.env.STAGE;');
    write(
      'template.yaml',
      `
Parameters:
  Stage: { Type: String, Default: dev }
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      { CodeUri: ., Handler: app.handler, Runtime: nodejs24.x, Environment: { Variables: { STAGE: !Ref Stage } } }
  Image:
    Type: AWS::Serverless::Function
    Properties: { PackageType: Image }
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: { StartAt: A, States: { A: { Type: Task, Resource: !GetAtt Hello.Arn, End: true } } }
      Policies: [{ LambdaInvokePolicy: { FunctionName: !Ref Hello } }]
`,
    );
  }

  test('runs its functions', async () => {
    project();
    const { exitCode, stdout } = await start('template.yaml', '--substitution', 'Stage=test');
    expect(stdout).toContain('Image exists by name only. Its code is a container image.');
    expect(stdout).toContain('Output  "test"');
    expect(stdout).toContain('npx statewright local --deploy template.yaml');
    expect(exitCode).toBe(0);
  });

  test('of the folder, which no other project is in', async () => {
    project();
    const { stdout } = await start('.', '--input', '{}', '--json');
    expect(JSON.parse(stdout).events.at(-1).executionSucceededEventDetails.output).toBe('"dev"');
  });

  test('without a state machine', async () => {
    write('app.js', 'exports.handler = async () => 1;');
    write(
      'template.yaml',
      `
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: ., Handler: app.handler, Runtime: nodejs24.x }
`,
    );
    expect(await refusal('template.yaml')).toMatch(
      /^The stack has no state machine\.\n→ To invoke its functions .* local --deploy template\.yaml$/,
    );
  });

  test('with a mistake', async () => {
    write('template.yaml', 'Resources:\n  Hello: [');
    expect(await refusal('template.yaml')).toMatch(/^template\.yaml is not valid YAML: .*line 2/);
  });

  test('--account cannot be another one than that of a stack of the AWS CDK', async () => {
    const properties = { templateFile: 'Shop.template.json' };
    write('Shop.template.json', { Resources: { Orders: samStateMachine() } });
    write('manifest.json', {
      artifacts: { Shop: { properties, environment: 'aws://111111111111/eu-west-1' } },
    });
    expect(await refusal('.', '--account', '222222222222')).toContain(
      'The stack is for account 111111111111, and --account is 222222222222.',
    );
  });

  test('--substitution is not for a stack', async () => {
    write('main.tf', '');
    expect(await refusal('.', '--substitution', 'a=b')).toBe(
      '--substitution a=… is for a template or a definition.\n→ Name its file, or add --definition FILE',
    );
  });
});

describe('a CDKTF project', () => {
  test('runs each input of its statewright.json, and shows the next steps', async () => {
    copyProject(folder);
    write('statewright.json', { inputs: { success: {}, fail: { fail: true } } });

    const { exitCode, stdout, stderr } = await start();

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('Path    Test ✓ → SuccessState ✓ → End');
    expect(stdout).toContain('Path    Test ✗ TestError → HandleError ✓ → FailState ✓ → End');
    expect(stdout).toMatch(/\/aws\/lambda\/Error\n[\s\S]*called error_handler/);
    // The stack trace names the user's source, also where Error logs the error of Test.
    expect(stdout.replace(/\s+/g, '').match(/handler\(handlers\/test\.ts:7:\d+\)/g)).toHaveLength(2);
    expect(stdout).not.toContain('/var/task/');
    // Lambda bills what it reports, without the start of the process.
    const [, reported] = /\/aws\/lambda\/Error\n[\s\S]*?Billed Duration: (\d+) ms/.exec(stdout) ?? [];
    expect(stdout).toContain(`Lambda Error: 1 call, ${formatDuration(Number(reported))}, `);
    expect(stdout).toMatch(
      /Next steps\n[\s\S]*npx statewright local --deploy .*a console, whose address it prints/,
    );
  });

  test('the output of an app that fails is shown without the stack frames of Node and packages', async () => {
    write('cdktf.json', { app: 'node main.js' });
    write('main.js', 'function stack() {\n  throw new Error("the stack is broken");\n}\nstack();\n');

    const { exitCode, stderr } = await start();

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^✗ Error: the stack is broken\n {6}at stack \(main\.js:2:9\)\n/);
    expect(stderr).not.toContain('node:internal');
  });
});

describe('a synthesized stack', () => {
  test.each(seedCases)('--json prints the history alone: $name', async ({ input, events }) => {
    synthesize(join(folder, 'cdktf.out'));
    const { exitCode, stdout, stderr } = await start('cdktf.out', '--input', input ?? '{}', '--json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const history = JSON.parse(stdout) as { events: HistoryEvent[] };
    expect(Object.keys(history)).toEqual(['events']);
    expect(history.events.map(eventLine)).toEqual(events);
    if (input) expect(stdout).toContain('at handler (/var/task/index.js:');
  });

  test('stand-ins replace its functions, by the name of a state or a function', async () => {
    const stack = synthesize(join(folder, 'cdktf.out'));
    write('stand-ins.ts', "export default { Test: (): never => { throw new TypeError('odd'); } };");
    const file = join(stack, 'cdk.tf.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/nodejs\d+\.x/g, 'nodejs14.x'));

    const { exitCode, stdout, stderr } = await start(file, '--stand-ins', 'stand-ins.ts');

    expect(exitCode).toBe(1);
    expect(stderr.replaceAll(/\s+/g, ' ')).toBe(
      '! The runtime nodejs14.x is deprecated: its functions run here, but AWS refuses to create them. ',
    );
    expect(stdout).toContain('Path    Test ✗ TypeError');
  });
});

test('a stack reads the folder of --bucket, and starts its own state machines', async () => {
  mkdirSync(join(folder, 'data'));
  write('data/a.txt', 'hello');
  const machine = (name: string, Task: object) => ({
    name,
    role_arn: 'arn:aws:iam::123456789012:role/r',
    definition: JSON.stringify({ StartAt: 'Task', States: { Task: { Type: 'Task', End: true, ...Task } } }),
  });
  const inner = machine('inner', {
    Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
    Parameters: { Bucket: 'texts', Key: 'a.txt' },
  });
  const outer = machine('outer', {
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Parameters: { StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:inner' },
    OutputPath: '$.Output.Body',
  });
  write('cdk.tf.json', { resource: { aws_sfn_state_machine: { inner, outer } } });
  const written = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  process.chdir(folder);

  const options = ['--bucket', 'texts=data', '--account', '123456789012', '--json'];
  const { values, operands } = parseArguments(startCommand, ['.', '--state-machine', 'outer', ...options]);
  const exitCode = await startCommand.run(values, operands);
  const [[text]] = written.mock.calls as [[string]];
  written.mockRestore();

  expect(exitCode).toBe(0);
  expect(JSON.parse(text).events.at(-1).executionSucceededEventDetails.output).toBe('"hello"');
});

test('in a folder around the project, the error names the folder of the project', async () => {
  for (const path of ['infra/modules/queue', 'node_modules/other', 'docs'])
    mkdirSync(join(folder, path), { recursive: true });
  for (const path of ['infra/main.tf', 'infra/modules/queue/main.tf', 'node_modules/other/main.tf'])
    write(path, '');

  expect(await refusal()).toMatch(/\n→ Name the folder of the project, such as: infra$/);
});

test('after a run that failed without an input, the next steps are the same call with an example', async () => {
  const definition = JSON.stringify({
    StartAt: 'A',
    States: { A: { Type: 'Pass', Parameters: { 'id.$': '$.id' }, End: true } },
  });
  const m = { name: 'm', role_arn: 'arn:aws:iam::123456789012:role/r', definition };
  mkdirSync(join(folder, 'my stack'));
  write('my stack/main.tf.json', { resource: { aws_sfn_state_machine: { m } } });

  const { exitCode, stdout } = await startHere('my stack', '--state-machine', 'm');

  expect(exitCode).toBe(1);
  expect(stdout.replace(/ {2,}/g, '  ')).toContain(`Next steps
  npx statewright start 'my stack' --state-machine m --input '{"id":"example"}'  runs it with an example of what its states read
  npx statewright start 'my stack' --state-machine m --input '{}' --json  prints the history as the AWS CLI does
  npx statewright local --deploy 'my stack'  shows it in a console, whose address it prints
`);
});

describe('several stacks', () => {
  beforeEach(() => {
    for (const name of ['orders', 'returns']) {
      const stack = join(folder, 'out/stacks', name);
      mkdirSync(stack, { recursive: true });
      const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
      const machine = (label: string) => ({
        name: label,
        role_arn: 'arn:aws:iam::123456789012:role/r',
        definition,
      });
      const resource = { aws_sfn_state_machine: { one: machine('one'), two: machine('two') } };
      writeFileSync(join(stack, 'cdk.tf.json'), JSON.stringify({ resource }));
    }
  });

  test.each([
    [[], /out has 2 stacks: orders, returns\.\n→ Choose one: --stack orders/],
    [['--stack', 'order'], /out has no stack "order"\.\n→ Did you mean orders\?/],
    [['--stack', 'orders'], /The stack has 2 state machines: one, two\.\n→ Choose one: --state-machine one/],
    [['--stack', 'orders', '--state-machine', 'thre'], /The stack has no state machine "thre"\.\n→ /],
  ])('%j: has to be chosen', async (options, message) => {
    expect(await refusal('out', ...options)).toMatch(message);
  });
});

test('a function of another account than the one that the definition names', async () => {
  const trust = (service: string) =>
    `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "${service}.amazonaws.com" }, Action = "sts:AssumeRole" }] })`;
  write(
    'main.tf',
    `resource "aws_iam_role" "f" { assume_role_policy = ${trust('lambda')} }
    resource "aws_iam_role" "m" {
      assume_role_policy = ${trust('states')}
      inline_policy {
        name   = "invoke"
        policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "lambda:*", Resource = "*" }] })
      }
    }
    data "archive_file" "f" {
      type                    = "zip"
      source_content          = "exports.handler = async () => 1;"
      source_content_filename = "index.js"
      output_path             = "f.zip"
    }
    resource "aws_lambda_function" "f" {
      function_name = "f"
      role          = aws_iam_role.f.arn
      runtime       = "nodejs22.x"
      handler       = "index.handler"
      filename      = data.archive_file.f.output_path
    }
    resource "aws_sfn_state_machine" "m" {
      name       = "m"
      role_arn   = aws_iam_role.m.arn
      definition = jsonencode({ StartAt = "A", States = { A = { Type = "Task", Resource = "arn:aws:lambda:us-east-1:123456789012:function:f", End = true } } })
    }`,
  );

  const { stderr } = await start('.');

  expect(stderr).toContain(
    `The Task "A" calls the Lambda function "f", which has no stand-in. The stack's function "f" has another account, region, version or alias.`,
  );
  expect(stderr).toContain('→ To have the account of the definition: --account 123456789012\n');
  expect(await start('.', '--account', '123456789012')).toMatchObject({ exitCode: 0 });
});

describe('a definition', () => {
  test('shows the missing stand-ins, and runs with them in simulated time', async () => {
    samples();
    const missing = await startHere('--definition', 'order.asl.json');
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toMatch(
      /The Task "Charge" calls the Lambda function "ChargeFunctionArn", which has no stand-in/,
    );
    const [json = ''] = /\{ "Charge".*/.exec(missing.stderr) ?? [];
    write('stand-ins.json', json);

    const { exitCode, stdout } = await startHere(
      '--definition',
      'order.asl.json',
      '--stand-ins',
      'stand-ins.json',
    );

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\$\{ChargeTimeout\} has no value; 1 takes its place/);
    expect(stdout).toMatch(
      /Status {2}✓ Succeeded in 1 d 0 h\n {2}Path {4}Charge ✓ → Cool off ✓ → Ship ✓ → End/,
    );
  });

  test('in a template; an execution that fails has the exit code 1', async () => {
    samples();
    write('stand-ins.json', { 'charge-dev': { error: 'CardDeclined', cause: 'no funds' } });
    const args = ['--definition', 'sam.yaml', '--state-machine', 'Orders', '--stand-ins', 'stand-ins.json'];

    const { exitCode, stdout } = await startHere(...args);

    expect(exitCode).toBe(1);
    expect(stdout).toContain('Path    Charge ✗ CardDeclined → Refused ✗ Refused');
  });

  test('suggests an input and stand-ins with what the states read, which run it', async () => {
    write('ticket.json', {
      StartAt: 'Open',
      States: {
        Open: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: 'open', Payload: { 'title.$': '$.title' } },
          ResultSelector: { 'id.$': '$.Payload.id' },
          Next: 'Ask',
        },
        Ask: {
          Type: 'Task',
          Resource: 'arn:aws:states:::dynamodb:getItem',
          Parameters: { TableName: 'tickets', Key: { id: { 'S.$': '$.id' } } },
          ResultPath: '$.ticket',
          Next: 'Closed?',
        },
        'Closed?': {
          Type: 'Choice',
          Choices: [{ Variable: '$.ticket.Item.status.S', StringEquals: 'OPEN', Next: 'Pause' }],
          Default: 'Done',
        },
        Pause: { Type: 'Wait', Seconds: 60, Next: 'Ask' },
        Done: { Type: 'Succeed' },
      },
    });
    const input = '{"title":"example"}';
    const withoutInput = await startHere('--definition', 'ticket.json', '--state-machine', 'ticket');
    expect(withoutInput.stdout).toContain(
      `npx statewright start --definition ticket.json --state-machine ticket --input '${input}' `,
    );

    const args = ['--definition', 'ticket.json', '--input', input];
    const [json = ''] = /\{ "Open".*/.exec((await startHere(...args)).stderr) ?? [];
    expect(JSON.parse(json)).toEqual({
      Open: { result: { id: 'example' } },
      // It is asked again, and the second answer ends the loop.
      Ask: [
        { result: { Item: { status: { S: 'OPEN' } } } },
        { result: { Item: { status: { S: 'not OPEN' } } } },
      ],
    });
    write('stand-ins.json', json);

    const { stdout } = await startHere(...args, '--stand-ins', 'stand-ins.json');
    expect(stdout).toMatch(
      /Path {4}Open ✓ → Ask ✓ → Closed\? ✓ → Pause ✓ → Ask ✓ → Closed\? ✓ → Done ✓ → End/,
    );
  });

  test.each([
    ['Resource', { Resource: 'arn:aws:lambda:REGION:ACCOUNT_ID:function:charge' }],
    [
      'FunctionName',
      {
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: 'arn:aws:lambda:us-east-1:XXXX:function:charge' },
      },
    ],
  ])('a placeholder in the ARN of a function needs a stand-in: %s', async (_, fields) => {
    write('charge.json', { StartAt: 'Charge', States: { Charge: { Type: 'Task', ...fields, End: true } } });
    expect(await refusal('--definition', 'charge.json')).toMatch(
      /calls the Lambda function "charge", which has no stand-in\.\n→ .*\n\{ "Charge": /,
    );
  });

  test('a distributed Map reads and writes folders in place of buckets', async () => {
    write('import.json', {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemReader: {
            Resource: 'arn:aws:states:::s3:getObject',
            ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
            Parameters: { Bucket: 'orders', Key: 'today.csv' },
          },
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'Order',
            States: { Order: { Type: 'Pass', Parameters: { 'sku.$': '$.sku' }, End: true } },
          },
          ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'orders' } },
          End: true,
        },
      },
    });
    mkdirSync(join(folder, 'data'));
    write('data/today.csv', 'sku,count\npen,2\n');

    expect((await startHere('--definition', 'import.json')).stderr).toContain(
      'The execution uses the bucket "orders", for which no folder is named.\n→ To use a folder in its place: --bucket orders=DIR',
    );
    const { exitCode, stdout } = await startHere('--definition', 'import.json', '--bucket', 'orders=data');

    expect(stdout).toContain('✓ Succeeded');
    expect(exitCode).toBe(0);
    const [, manifest = ''] = /"Key":"([^"]+\/manifest\.json)"/.exec(stdout) ?? [];
    const results = join(folder, 'data', manifest.replace('manifest.json', 'SUCCEEDED_0.json'));
    expect(readFileSync(results, 'utf8')).toContain('pen');
  });

  test('an input from a file that ends in a line break', async () => {
    write('pass.json', { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
    write('in.json', '{"id": 1}\n');

    const { stdout } = await startHere('--definition', 'pass.json', '--input', 'file://in.json');

    expect(stdout).toContain('\nExecution with {"id": 1}\n');
    expect(stdout).not.toContain('\ufffd');
  });
});

describe('mistakes', () => {
  test.each([
    [
      'input that is not JSON',
      ['--input', '{fail: true}'],
      /The input is not valid JSON: .*\n→ Quote it for the shell/s,
    ],
    [
      'a file as the input',
      ['--input', 'in.json'],
      /not valid JSON.*\n→ To read it from the file: --input file:\/\/in\.json/,
    ],
    ['an unknown option', ['--inptu', '{}'], /Unknown option --inptu\.\n→ Did you mean --input\?/],
    ['an option without its value', ['--input'], /Option --input needs a value/],
    [
      'an input without its option',
      ['{}'],
      /Unexpected argument "\{\}"\.\n→ To pass an input: --input '\{\}'/,
    ],
    [
      '--json for two executions',
      ['--json', '--input', '1', '--input', '2'],
      /--json prints the history of one/,
    ],
    [
      'an input file that does not exist',
      ['--input', 'file://nowhere.json'],
      /nowhere\.json does not exist\./,
    ],
    ['a folder that does not exist', ['nowhere'], /nowhere does not exist/],
    [
      'a folder without a project',
      [],
      /This folder has no cdktf\.json, no Terraform configuration .* and no template/,
    ],
    ['Terraform without a state machine', ['hcl'], /The stack has no state machine\./],
    ['a file in HCL', ['hcl/main.tf'], /hcl\/main\.tf is not Terraform JSON.*\n→ .*Name its folder: hcl/],
    [
      'a file of another type',
      ['states.asl.json'],
      /not Terraform JSON.*\n→ .*--definition states\.asl\.json/,
    ],
    [
      '--stack for a definition',
      ['--definition', 'states.asl.json', '--stack', 'a'],
      /--stack is for a stack/,
    ],
    [
      '--substitution without a value',
      ['--definition', 'a', '--substitution', 'b'],
      /--substitution b has no value/,
    ],
  ])('%s', async (_, args, message) => {
    mkdirSync(join(folder, 'hcl'));
    write('hcl/main.tf', '');
    write('states.asl.json', '{}');
    expect(await refusal(...args)).toMatch(message);
  });

  test('refuses an input over 256 KiB', async () => {
    write('big.json', JSON.stringify('x'.repeat(262_143)));
    expect(await refusal('--input', 'file://big.json')).toContain(
      'The input is 262145 bytes long; an execution takes at most 262144 (256 KiB).',
    );
  });
});

describe('the command', () => {
  test('--help lists the commands, and each has its own', async () => {
    const { exitCode, stdout } = await statewright(folder, ['--help']);
    expect(exitCode).toBe(0);
    for (const name of ['start', 'local', 'validate', 'diagram'])
      expect(stdout).toContain(`statewright ${name}`);
    expect((await start('--help')).stdout).toContain('--input JSON');
  });

  test('--version, and an unknown command', async () => {
    expect((await statewright(folder, ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { exitCode, stderr } = await statewright(folder, ['strat']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: '✗ Unknown command "strat".\n→ Did you mean start?\n',
    });
  });
});
