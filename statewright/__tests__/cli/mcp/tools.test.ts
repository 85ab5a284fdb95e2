/** The tools of the MCP server, called by the official client. The server runs in this process, and so do the tools. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { createMcpServer } from '../../../src/cli/mcp/server';
import { work } from '../../../src/cli/mcp/work';
import { readOnlyFilesIn } from '../../../src/user-file';

const lambda = (name: string) => `arn:aws:lambda:us-east-1:111122223333:function:${name}`;

const order = {
  StartAt: 'Charge',
  States: {
    Charge: {
      Type: 'Task',
      Resource: lambda('charge'),
      Retry: [{ ErrorEquals: ['Busy'] }],
      Catch: [{ ErrorEquals: ['Declined'], Next: 'Tell' }],
      Next: 'Rest',
    },
    Rest: { Type: 'Wait', Seconds: 86_400, Next: 'Each' },
    Each: {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'Pack',
        States: {
          Pack: {
            Type: 'Task',
            Resource: 'arn:aws:states:::sqs:sendMessage',
            Parameters: { QueueUrl: 'q', 'MessageBody.$': '$' },
            End: true,
          },
        },
      },
      End: true,
    },
    Tell: { Type: 'Fail', Error: 'Told' },
  },
};
// biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the template
const placeholder = '${Seconds}';
const packed = { Pack: { result: { MessageId: 'm' } } };

const started = process.cwd();
let folder: string;
let outside: string;
let client: Client;
const defects: unknown[] = [];

beforeAll(async () => {
  outside = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-')));
  folder = join(outside, 'project');
  mkdirSync(folder);
  process.chdir(folder);
  readOnlyFilesIn(folder);
  const server = createMcpServer({
    version: '0',
    work: (name, args) => work(name, args as never),
    onDefect: (error) => defects.push(error),
  });
  const [own, other] = InMemoryTransport.createLinkedPair();
  client = new Client({ name: 'test', version: '0' });
  await Promise.all([server.connect(other), client.connect(own)]);
  // The client checks results against the output schemas that it has listed.
  await client.listTools();
});
afterAll(async () => {
  process.chdir(started);
  await client.close();
  rmSync(outside, { recursive: true });
  expect(defects).toEqual([]);
});

/** The text and the data of a result. */
async function call(name: string, args: Record<string, unknown>) {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: args });
  const [{ text }] = content as [{ text: string }];
  return { text, data: structuredContent as Record<string, unknown>, isError: isError === true };
}

const write = (name: string, content: unknown) =>
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));

test('every tool says that it changes nothing, and has a title and schemas', async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    ...['validate_definition', 'run_state_machine', 'test_state', 'read_history', 'draw_diagram'],
  ]);
  for (const { title, inputSchema, outputSchema, annotations } of tools) {
    expect({ title, inputSchema, outputSchema }).toEqual({
      title: expect.any(String),
      inputSchema: expect.objectContaining({ additionalProperties: false }),
      outputSchema: expect.objectContaining({ type: 'object' }),
    });
    expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
  }
});

describe('validate_definition', () => {
  test('has the position of each diagnostic in a text', async () => {
    const definition = JSON.stringify(order, null, 2).replace('"Next": "Rest"', '"Nxt": "Rest"');
    const { text, data, isError } = await call('validate_definition', { definition });
    expect(isError).toBe(false);
    expect(text).toContain(`definition.json:4:5 SCHEMA_VALIDATION_FAILED: Field 'Nxt' is not supported.`);
    expect(data).toMatchObject({
      valid: false,
      files: [{ diagnostics: expect.arrayContaining([expect.objectContaining({ line: 4, column: 5 })]) }],
    });
  });

  test('has places without lines for an object', async () => {
    const { data } = await call('validate_definition', { definition: { StartAt: 'A', States: {} } });
    expect(data).toEqual({
      valid: false,
      files: [
        expect.objectContaining({
          diagnostics: [
            {
              severity: 'ERROR',
              code: 'SCHEMA_VALIDATION_FAILED',
              message: 'Value cannot be empty',
              location: '/States',
            },
          ],
        }),
      ],
    });
  });

  test('finds the definitions, templates and stacks of a folder', async () => {
    mkdirSync(join(folder, 'all'));
    write('all/order.asl.json', order);
    write('all/small.asl.yaml', 'StartAt: A\nStates:\n  A: { Type: Succeed }\n');
    write('all/template.yaml', {
      Resources: {
        Order: { Type: 'AWS::StepFunctions::StateMachine', Properties: { Definition: order } },
        Sam: {
          Type: 'AWS::Serverless::StateMachine',
          Properties: { Definition: order, Type: 'EXPRESS' },
        },
      },
    });
    const { data } = await call('validate_definition', { path: 'all' });
    const files = data.files as { file: string; stateMachines: number }[];
    expect(data.valid).toBe(true);
    expect(files.map(({ file, stateMachines }) => [file.split('/').at(-1), stateMachines])).toEqual([
      ['order.asl.json', 1],
      ['small.asl.yaml', 1],
      ['template.yaml', 2],
    ]);
  });

  test('checks a definition for EXPRESS', async () => {
    const wait = { ...order.States.Rest, End: true, Next: undefined };
    const activity = {
      Type: 'Task',
      Resource: 'arn:aws:states:us-east-1:111122223333:activity:paint',
      Next: 'Rest',
    };
    const definition = { StartAt: 'Paint', States: { Paint: activity, Rest: wait } };
    expect((await call('validate_definition', { definition })).data.valid).toBe(true);
    const express = await call('validate_definition', { definition, type: 'EXPRESS' });
    expect(express.text).toContain('Express state machine does not support Activity ARN');
  });
});

describe('run_state_machine', () => {
  test('runs in simulated time, with stand-ins one after the other', async () => {
    const { text, data } = await call('run_state_machine', {
      definition: order,
      input: [1, 2],
      standIns: { ...packed, charge: [{ error: 'Busy' }, { result: [7, 8] }] },
    });
    expect(text).toBe(
      [
        'SUCCEEDED in 1 d 0 h',
        'Path: Charge ↻1 ✓ → Rest ✓ → Each[2] ( Pack ✓ ×2 ) ✓ → End',
        'Output: [{"MessageId":"m"},{"MessageId":"m"}]',
      ].join('\n'),
    );
    expect(data).toMatchObject({
      status: 'SUCCEEDED',
      output: [{ MessageId: 'm' }, { MessageId: 'm' }],
      visits: [
        { state: 'Charge', input: [1, 2], output: [7, 8], retries: 1 },
        { state: 'Rest' },
        { state: 'Each', items: 2 },
        { state: 'Pack', input: 7, inside: 'Each[0]' },
        { state: 'Pack', input: 8, inside: 'Each[1]' },
      ],
      calls: [
        { state: 'Charge', called: 'charge' },
        { state: 'Charge', called: 'charge' },
        { called: 'arn:aws:states:::sqs:sendMessage', input: { QueueUrl: 'q', MessageBody: 7 } },
        { called: 'arn:aws:states:::sqs:sendMessage', input: { QueueUrl: 'q', MessageBody: 8 } },
      ],
    });
  });

  test('a failed execution is a result, not an error', async () => {
    const standIns = { Charge: { error: 'Declined', cause: 'no money' } };
    const { isError, data } = await call('run_state_machine', { definition: order, standIns });
    expect(isError).toBe(false);
    expect(data).toMatchObject({
      status: 'FAILED',
      error: 'Told',
      visits: [{ state: 'Charge', status: 'CAUGHT', error: 'Declined' }, { state: 'Tell' }],
    });
  });

  test.each([
    ['an object', { n: 1 }, { n: 1 }],
    ['the text of an object', '{ "n": 1 }', { n: 1 }],
    ['the text of a list', '[1, 2]', [1, 2]],
    ['a text', 'urgent', 'urgent'],
    ['a text that only begins like a list', '[urgent] call', '[urgent] call'],
    ['a text with a number', '7', '7'],
  ])('its input is %s', async (_, input, output) => {
    const definition = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
    expect((await call('run_state_machine', { definition, input })).data).toMatchObject({ output });
    expect((await call('test_state', { definition, state: 'A', input })).data).toMatchObject({ output });
  });

  test('reads the definition, the stand-ins and the type from files', async () => {
    write('template.json', {
      Resources: {
        First: { Type: 'AWS::StepFunctions::StateMachine', Properties: { Definition: order } },
        Second: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: {
            StateMachineType: 'EXPRESS',
            DefinitionString: JSON.stringify(order).replace('86400', placeholder),
          },
        },
      },
    });
    write('stand-ins.json', { ...packed, charge: { result: [] } });
    const args = { path: 'template.json', standIns: 'stand-ins.json' };
    expect((await call('run_state_machine', args)).text).toBe(
      'There are 2 state machines: First, Second.\nSet stateMachine.',
    );
    const second = { ...args, stateMachine: 'Second', substitutions: { Seconds: '5' } };
    expect((await call('run_state_machine', second)).data).toMatchObject({ seconds: 5, output: [] });
  });

  test('runs the state machine of a Terraform project, of which nothing else is used', async () => {
    mkdirSync(join(folder, 'hcl'));
    write(
      'hcl/main.tf',
      `resource "aws_sfn_state_machine" "m" {
        name       = "in-hcl"
        role_arn   = "arn:aws:iam::111122223333:role/r"
        definition = jsonencode({ StartAt = "A", States = { A = { Type = "Pass", Result = 7, End = true } } })
      }`,
    );
    for (const path of ['hcl', 'hcl/main.tf']) {
      expect((await call('run_state_machine', { path })).data).toMatchObject({
        stateMachine: 'in-hcl',
        output: 7,
      });
    }
  });

  test('an endless loop ends, and its result is short', async () => {
    const pick = {
      Type: 'Choice',
      Choices: [{ Variable: '$.end', IsPresent: true, Next: 'Done' }],
      Default: 'Again',
    };
    const States = { Again: { Type: 'Pass', Next: 'Pick' }, Pick: pick, Done: { Type: 'Succeed' } };
    const { text, data } = await call('run_state_machine', { definition: { StartAt: 'Again', States } });
    expect(text).toContain('maximum number of history events (25000)');
    expect(text.length).toBeLessThan(1000);
    expect(data.visits).toHaveLength(20);
    expect(data).toMatchObject({ status: 'FAILED', omittedVisits: expect.any(Number) });
  });

  test('long values are cut', async () => {
    const definition = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
    const { data } = await call('run_state_machine', { definition, input: 'x'.repeat(100_000) });
    expect(data.output).toMatch(/^"x{999}… \(100002 characters\)$/);
  });

  test('the visits of the states that matter', async () => {
    const standIns = { ...packed, charge: { result: Array.from({ length: 100 }, (_, i) => i) } };
    const args = { definition: order, standIns };
    expect((await call('run_state_machine', args)).data).toMatchObject({
      omittedVisits: 83,
      omittedCalls: 81,
    });
    const { data } = await call('run_state_machine', { ...args, states: ['Rest'] });
    expect(data.visits).toMatchObject([{ state: 'Rest', type: 'Wait' }]);
  });

  test.each<[title: string, args: object, message: string]>([
    ['no state machine', {}, 'The state machine is missing.'],
    ['a definition and a path', { definition: order, path: 'x.json' }, 'Both definition and path are set.'],
    [
      'a definition that is not JSON',
      { definition: '{ "StartAt": ' },
      'definition.json is not valid JSON: line 1, column 14',
    ],
    ['a definition that is not YAML', { definition: 'a: [' }, 'definition.yaml is not valid YAML'],
    [
      'a definition that Step Functions refuses',
      { definition: { StartAt: 'A', States: {} } },
      'Step Functions refuses the definition',
    ],
    ['a file that does not exist', { path: 'missing.json' }, 'missing.json does not exist.'],
    ['a path that is too long', { path: 'x'.repeat(5000) }, 'is too long for the name of a file.'],
    ['a path with a null character', { path: 'nul\0.json' }, 'cannot be read'],
    ['a folder without Terraform configuration', { path: '.' }, '. is a folder'],
    [
      'substitutions for a Terraform project',
      { path: 'hcl', substitutions: { a: 'b' } },
      'hcl is a part of a Terraform project',
    ],
    [
      'no stand-ins',
      { definition: order },
      'Add to standIns: { "Charge": { "result": [{}] }, "Pack": { "result": {} } }',
    ],
    [
      'a stand-in for a state that does not exist',
      { definition: order, standIns: { Chrge: { result: 1 } } },
      'Did you mean "Charge"?',
    ],
    [
      'a stand-in with an unknown field',
      { definition: order, standIns: { Charge: { reslt: 1 } } },
      'has the unknown field "reslt"',
    ],
    [
      'a module with stand-ins',
      { definition: order, standIns: 'stand-ins.ts' },
      'is a module, whose code would run',
    ],
    [
      'an input that is too long',
      { definition: order, input: 'x'.repeat(300_000) },
      'an execution takes at most 262144',
    ],
    ['an unknown argument', { definition: order, inptu: 1 }, 'Unrecognized key: "inptu"'],
  ])('%s is an error that says what to do', async (_, args, message) => {
    const { text, isError } = await call('run_state_machine', args as Record<string, unknown>);
    expect({ text, isError }).toEqual({ text: expect.stringContaining(message), isError: true });
  });
});

describe('files outside of the folder', () => {
  const machine = { StartAt: 'A', States: { A: { Type: 'Succeed' } } };

  test.each(['../secret.asl.json', 'link.asl.json', 'linked/secret.asl.json'])(
    '%s is not read',
    async (path) => {
      writeFileSync(join(outside, 'secret.asl.json'), JSON.stringify(machine));
      if (path === 'link.asl.json') symlinkSync(join(outside, 'secret.asl.json'), join(folder, path));
      if (path.startsWith('linked')) symlinkSync(outside, join(folder, 'linked'));
      for (const [tool, args] of [
        ['validate_definition', { path }],
        ['draw_diagram', { path }],
        ['test_state', { path }],
        ['read_history', { history: path }],
        ['run_state_machine', { definition: machine, standIns: path }],
      ] as const) {
        const { text, isError } = await call(tool, args);
        expect({ tool, text, isError }).toEqual({
          tool,
          text: expect.stringContaining('is outside of the folder'),
          isError: true,
        });
      }
    },
  );

  test('a template or a stack in the folder cannot read one', async () => {
    write('sam.yaml', {
      Resources: {
        M: { Type: 'AWS::Serverless::StateMachine', Properties: { DefinitionUri: '../secret.asl.json' } },
      },
    });
    const nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: '../secret.asl.json' } };
    write('nested.json', { Resources: { N: nested } });
    const macro = { Name: 'AWS::Include', Parameters: { Location: '../secret.asl.json' } };
    const properties = { Definition: { 'Fn::Transform': macro } };
    write('include.json', {
      Resources: { M: { Type: 'AWS::Serverless::StateMachine', Properties: properties } },
    });
    mkdirSync(join(folder, 'stack'));
    write(
      'stack/main.tf',
      `resource "aws_sfn_state_machine" "m" {
        name       = "m"
        role_arn   = "arn:aws:iam::111122223333:role/r"
        definition = file("../../secret.asl.json")
      }`,
    );
    for (const path of ['sam.yaml', 'nested.json', 'include.json', 'stack']) {
      expect((await call('draw_diagram', { path })).text).toContain('is outside of the folder');
    }
  });

  test.each([
    ['a file that is a link', 'main.tf'],
    ['variables in a file that is a link', 'terraform.tfvars'],
    ['the names of files', 'fileset'],
    ['a module', 'module'],
  ])('of Terraform, %s: the rest of the project is validated', async (_, kind) => {
    const project = join('terraform', kind);
    mkdirSync(join(folder, project, 'good'), { recursive: true });
    mkdirSync(join(folder, project, 'bad'));
    mkdirSync(join(outside, kind));
    const stack = (definition: string) => `
      variable "text" { default = "" }
      resource "aws_sfn_state_machine" "m" {
        name       = "m"
        role_arn   = "arn:aws:iam::111122223333:role/r"
        definition = jsonencode({ StartAt = "A", States = { A = { Type = "Succeed", Comment = ${definition} } } })
      }`;
    write(`${project}/good/main.tf`, stack('"x"'));
    const secret = kind === 'terraform.tfvars' ? 'text = "secret"' : stack('"secret"');
    const file = kind.startsWith('terraform') ? kind : 'main.tf';
    writeFileSync(join(outside, kind, file), secret);
    if (kind !== 'main.tf') write(`${project}/bad/main.tf`, stack('var.text'));
    if (kind === 'fileset') {
      write(
        `${project}/bad/main.tf`,
        stack(`join(",", fileset(${JSON.stringify(join(outside, kind))}, "*"))`),
      );
    } else if (kind === 'module') {
      write(`${project}/bad/module.tf`, 'module "m" {\n source = "../../../../module"\n}');
    } else {
      symlinkSync(join(outside, kind, file), join(folder, project, 'bad', file));
    }

    const { text } = await call('validate_definition', { path: project });

    expect(text).toMatch(/^✗ \S+bad CANNOT_READ: .* is outside of the folder /m);
    expect(text).toMatch(/^✓ \S+good 1 state machine$/m);
  });
});

describe('test_state', () => {
  test('shows what a mocked error leads to', async () => {
    const { text, data } = await call('test_state', {
      definition: order,
      state: 'Charge',
      mock: { errorOutput: { error: 'Busy' } },
      stateConfiguration: { retrierRetryCount: 1 },
    });
    expect(text).toContain('Would be retried');
    expect(data).toMatchObject({
      status: 'RETRIABLE',
      error: 'Busy',
      dataFlow: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 2 } },
    });
  });

  test('takes a state alone, from an argument or a file', async () => {
    const definition = { Type: 'Pass', Parameters: { 'id.$': '$.order.id' }, Next: 'Anything' };
    write('state.json', definition);
    for (const source of [{ definition }, { path: 'state.json' }]) {
      const { data } = await call('test_state', { ...source, input: { order: { id: 7 } } });
      expect(data).toMatchObject({
        output: { id: 7 },
        nextState: 'Anything',
        dataFlow: { afterParameters: { id: 7 } },
      });
    }
  });

  test.each<[title: string, args: object, message: string]>([
    [
      'a state machine without the name of a state',
      { definition: order },
      'the name of the state to test is missing',
    ],
    ['a state that does not exist', { definition: order, state: 'Chrge' }, 'Did you mean "Charge"?'],
    ['a Task without a mock', { definition: order, state: 'Charge' }, 'its test needs a mock'],
    [
      'an HTTP Task without a mock',
      {
        definition: {
          Type: 'Task',
          Resource: 'arn:aws:states:::http:invoke',
          Parameters: {
            ApiEndpoint: 'http://127.0.0.1:1',
            Method: 'GET',
            Authentication: { ConnectionArn: 'arn:aws:events:us-east-1:111122223333:connection/a/b' },
          },
          End: true,
        },
      },
      'nothing is called here',
    ],
  ])('%s is an error that says what to do', async (_, args, message) => {
    const { text, isError } = await call('test_state', args as Record<string, unknown>);
    expect({ text, isError }).toEqual({ text: expect.stringContaining(message), isError: true });
  });
});

describe('histories', () => {
  const at = (id: number) => new Date(id * 1000).toISOString();
  const entered = (id: number, name: string) => ({
    ...{ timestamp: at(id), id, previousEventId: id - 1, type: 'PassStateEntered' },
    stateEnteredEventDetails: { name, input: '{"n":1}' },
  });
  const exited = (id: number, name: string) => ({
    ...{ timestamp: at(id), id, previousEventId: id - 1, type: 'PassStateExited' },
    stateExitedEventDetails: { name, output: '"done"' },
  });
  const history = {
    events: [
      {
        ...{ timestamp: at(1), id: 1, previousEventId: 0, type: 'ExecutionStarted' },
        executionStartedEventDetails: { input: '{"n":1}', roleArn: 'r' },
      },
      ...[entered(2, 'First'), exited(3, 'First'), entered(4, 'Last'), exited(5, 'Last')],
      {
        ...{ timestamp: at(6), id: 6, previousEventId: 5, type: 'ExecutionSucceeded' },
        executionSucceededEventDetails: { output: '"done"' },
      },
    ],
  };

  test('become paths', async () => {
    write('history.json', history);
    for (const given of [history, JSON.stringify(history), 'history.json']) {
      const { text, data } = await call('read_history', { history: given });
      expect(text).toContain('SUCCEEDED in 5 s\nPath: First ✓ → Last ✓ → End\nOutput: "done"');
      expect(data.executions).toMatchObject([
        {
          status: 'SUCCEEDED',
          seconds: 5,
          visits: [{ state: 'First', input: { n: 1 } }, { output: 'done' }],
        },
      ]);
    }
  });

  test('are drawn into a diagram', async () => {
    const definition = {
      StartAt: 'First',
      States: {
        First: { Type: 'Pass', Next: 'Last' },
        Last: { Type: 'Pass', End: true },
      },
    };
    const { text } = await call('draw_diagram', { definition, history });
    expect(text).toBe(
      [
        ...['Start → First', 'First · Pass · Succeeded', '  → Last'],
        ...['Last · Pass · Succeeded', '  → End', ''],
      ].join('\n'),
    );
    const mermaid = await call('draw_diagram', { definition, history, format: 'mermaid' });
    expect(mermaid.data.diagram).toContain('class s1 succeeded');
  });

  test('without events are an error', async () => {
    const { text, isError } = await call('read_history', { history: { events: [] } });
    expect({ text, isError }).toEqual({
      text: expect.stringContaining('get-execution-history'),
      isError: true,
    });
  });
});
