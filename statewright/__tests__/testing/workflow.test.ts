import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineStateMachine } from '../../src/asl';
import {
  AnswerError,
  calls,
  deployDefinition,
  deployStack,
  functionArn,
  never,
  returns,
  sequence,
  takes,
  throws,
} from '../../src/testing';
import { payment, task } from './machines';

const lambdaInvoke = 'arn:aws:states:::lambda:invoke';
const DAY = 86_400_000;

describe('deploying', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'testing-kit-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const role = {
    name: 'machine',
    assume_role_policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'states.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    }),
  };
  const machine = (name: string, definition: object) => ({
    name,
    role_arn: `\${aws_iam_role.role.arn}`,
    definition: JSON.stringify(definition),
  });
  const passing = { StartAt: 'Only', States: { Only: { Type: 'Pass', Result: 'hello', End: true } } };

  function writeStack(path: string, stateMachines: Record<string, object>, more: object = {}): void {
    mkdirSync(join(folder, path), { recursive: true });
    const resource = { aws_iam_role: { role }, aws_sfn_state_machine: stateMachines };
    writeFileSync(join(folder, path, 'cdk.tf.json'), JSON.stringify({ resource, ...more }));
  }

  test('takes the folder of cdk.tf.json, or the one around a single stack', async () => {
    writeStack('stacks/one', { only: machine('only', passing) });
    for (const place of [folder, join(folder, 'stacks', 'one')]) {
      const workflow = await deployStack(place);
      expect(workflow.name).toBe('only');
      expect(await workflow.run()).toHaveSucceededWith('hello');
    }
  });

  test('takes the region from the stack, which may have variables', async () => {
    writeStack(
      '.',
      { only: machine('only', passing) },
      {
        provider: { aws: [{ region: `\${var.region}` }] },
        variable: { region: { type: 'string', default: 'eu-west-1' } },
      },
    );
    expect((await deployStack(folder)).stateMachineArn).toContain(':eu-west-1:');
    const elsewhere = await deployStack(folder, { variables: { region: 'eu-north-1' } });
    expect(elsewhere.stateMachineArn).toContain(':eu-north-1:');
  });

  test('a folder with HCL: its files are one configuration, with the values of terraform.tfvars', async () => {
    writeFileSync(
      join(folder, 'main.tf'),
      `resource "aws_sfn_state_machine" "only" {
        name       = "orders-\${var.stage}"
        role_arn   = "arn:aws:iam::123456789012:role/r"
        definition = jsonencode(local.definition)
      }`,
    );
    writeFileSync(
      join(folder, 'more.tf'),
      `variable "stage" {
        validation {
          condition     = contains(["dev", "prod"], var.stage)
          error_message = "The stage is dev or prod."
        }
        validation {
          condition     = length(aws_sqs_queue.unknown.arn) > 3
          error_message = "Not known here."
        }
      }
      locals {
        definition = { StartAt = "Only", States = { Only = { Type = "Pass", Result = var.stage, End = true } } }
      }`,
    );
    writeFileSync(join(folder, 'terraform.tfvars'), 'stage = "dev"');
    expect(await (await deployStack(folder)).run()).toHaveSucceededWith('dev');
    expect((await deployStack(folder, { variables: { stage: 'prod' } })).name).toBe('orders-prod');
    await expect(deployStack(folder, { variables: { stage: 'qa' } })).rejects.toThrow(
      'var.stage: has an invalid value: The stage is dev or prod.',
    );
  });

  test('selects one of several state machines by name', async () => {
    writeStack('.', { a: machine('orders', passing), b: machine('returns', passing) });
    expect((await deployStack(folder, { stateMachine: 'returns' })).name).toBe('returns');
    await expect(deployStack(folder)).rejects.toThrow(
      `The stack in ${folder} has the state machines orders, returns. Select one with the option stateMachine.`,
    );
    await expect(deployStack(folder, { stateMachine: 'order' })).rejects.toThrow(
      'The stack has no state machine "order". Did you mean "orders"?',
    );
  });

  test('reports what is wrong with a folder', async () => {
    await expect(deployStack(folder)).rejects.toThrow(
      `${folder} has no Terraform configuration (*.tf, *.tf.json).`,
    );
    writeStack('stacks/a', {});
    await expect(deployStack(folder)).rejects.toThrow(
      `in ${join(folder, 'stacks', 'a')} has no state machine`,
    );
    writeStack('stacks/b', {});
    await expect(deployStack(folder)).rejects.toThrow('Pass the folder of one: stacks/a, stacks/b.');
  });

  test("shows the hint of an error in the stack, which jest's message would leave out", async () => {
    writeStack('.', { only: { ...machine('only', passing), role_arn: `\${aws_iam_role.rol.arn}` } });
    await expect(deployStack(folder)).rejects.toThrow(
      /which is not in the stack.* Did you mean aws_iam_role\.role\?/,
    );
  });

  test('accepts a typed definition, and refuses an invalid one with its errors', async () => {
    const typed = defineStateMachine({ StartAt: 'Only', States: { Only: { Type: 'Succeed' } } });
    expect(await (await deployDefinition(typed)).run([1])).toHaveSucceededWith([1]);
    await expect(deployDefinition({ ...typed, StartAt: 'Onyl' })).rejects.toThrow('Onyl');
    await expect(deployDefinition(undefined as never)).rejects.toThrow(
      'Definition must be a valid JSON object',
    );
  });

  test('a role without the permission to invoke a function fails, also if the function is replaced', async () => {
    const calling = task(functionArn('Work'));
    writeStack('.', { only: machine('only', calling) });
    const workflow = await deployStack(folder);
    workflow.replace('Work', returns('done'));
    const execution = await workflow.run();
    expect(execution).toHaveFailedWith(
      'Lambda.AWSLambdaException',
      /is not authorized to perform: lambda:InvokeFunction/,
    );
    expect(execution).not.toHaveInvoked('Work');
  });
});

describe('replacements', () => {
  test('a value, an error, a function: for a function by its ARN', async () => {
    const workflow = await deployDefinition(task(functionArn('Work')));
    expect(await workflow.replace('Work', returns({ a: 1 })).run()).toHaveSucceededWith({ a: 1 });
    expect(await workflow.replace('Work', returns(undefined)).run()).toHaveSucceededWith(null);
    expect(await workflow.replace('Work', throws('Boom', 'loud')).run()).toHaveFailedWith(
      'Boom',
      '{"errorType":"Boom","errorMessage":"loud","trace":[]}',
    );
    expect(await workflow.replace('Work', throws(new RangeError('far'))).run()).toHaveFailedWith(
      'RangeError',
      /"far"/,
    );
    expect(await workflow.replace('Work', throws('Lambda.Unknown', 'plain')).run()).toHaveFailedWith(
      'Lambda.Unknown',
      'plain',
    );
    const double = ({ n }: { n: number }) => n * 2;
    expect(await workflow.replace('Work', calls(double)).run({ n: 4 })).toHaveSucceededWith(8);
    expect(await workflow.replace('Work', async (n: number) => n + 1).run(4)).toHaveSucceededWith(5);
    const broken = () => {
      throw new TypeError('no');
    };
    expect(await workflow.replace('Work', broken).run()).toHaveFailedWith('TypeError', /"no"/);
    const odd = () => Promise.reject('text');
    expect(await workflow.replace('Work', odd).run()).toHaveFailedWith('Error', /"text"/);
  });

  test('a jest mock, which receives the call', async () => {
    const work = jest.fn().mockReturnValue('done');
    const workflow = await deployDefinition(task(functionArn('Work')));
    await workflow.replace({ lambda: 'Work' }, work).run({ id: 1 });
    expect(work.mock.calls).toEqual([
      [
        { id: 1 },
        {
          state: 'Call',
          resource: functionArn('Work'),
          lambda: 'Work',
          input: { id: 1 },
          retryCount: 0,
          roleArn: 'arn:aws:iam::000000000000:role/state-machine',
        },
      ],
    ]);
  });

  test('for lambda:invoke, the value is the payload and the input is the one that the function gets', async () => {
    const definition = task(lambdaInvoke, {
      Parameters: { FunctionName: 'Work', Payload: { 'n.$': '$.n' } },
      ResultSelector: { 'got.$': '$.Payload', 'status.$': '$.StatusCode' },
    });
    const workflow = await deployDefinition(definition);
    const execution = await workflow.replace('Work', returns([1])).run({ n: 3, m: 4 });
    expect(execution).toHaveSucceededWith({ got: [1], status: 200 });
    expect(execution).toHaveInvoked('Work', { times: 1, with: { n: 3 } });
  });

  test.each([
    ['arn:aws:states:::sqs:sendMessage', { QueueUrl: 'orders', MessageBody: 'paid' }],
    ['arn:aws:states:::dynamodb:putItem', { TableName: 'orders', Item: {} }],
    ['arn:aws:states:::aws-sdk:s3:getObject', { Key: 1 }],
    ['arn:aws:states:::ecs:runTask.sync', { TaskDefinition: 'pack' }],
    ['arn:aws:states:::http:invoke', { Method: 'GET' }],
    ['arn:aws:states:us-east-1:000000000000:activity:check', { Key: 1 }],
  ])('for %s, the value is its result', async (resource, Parameters) => {
    const workflow = await deployDefinition(task(resource, { Parameters }));
    for (const target of ['Call', resource, { resource: '*' }]) {
      const execution = await workflow
        .restore()
        .replace(target, returns({ Done: true }))
        .run();
      expect(execution).toHaveSucceededWith({ Done: true });
      expect(execution).toHaveInvoked(target, { times: 1, with: Parameters });
    }
    expect(await workflow.replace('Call', throws('Service.Refused', 'why')).run()).toHaveFailedWith(
      'Service.Refused',
      'why',
    );
  });

  test('with a task token, the value is the output that is sent with it', async () => {
    const definition = task('arn:aws:states:::sqs:sendMessage.waitForTaskToken', {
      Parameters: { QueueUrl: 'approvals', 'MessageBody.$': '$$.Task.Token' },
      TimeoutSeconds: 3600,
      HeartbeatSeconds: 600,
    });
    const workflow = await deployDefinition(definition);
    const approved = await workflow.replace('Call', takes(60_000, returns({ approved: true }))).run();
    expect(approved).toHaveSucceededWith({ approved: true });
    expect(approved.duration).toBe(60_000);
    expect(approved).toHaveInvoked('Call', {
      with: { QueueUrl: 'approvals', MessageBody: expect.stringMatching(/^[\da-f-]{36}$/) },
    });
    expect(approved.events.map(({ type }) => type)).toContain('TaskSubmitted');

    expect(await workflow.replace('Call', throws('Rejected', 'no')).run()).toHaveFailedWith('Rejected', 'no');
    const silent = await workflow.replace('Call', never()).run();
    expect(silent).toHaveFailedWith('States.Timeout');
    expect(silent.duration).toBe(600_000);
    expect(await workflow.replace('Call', takes(DAY, returns('late'))).run()).toHaveFailedWith(
      'States.Timeout',
    );
  });

  test("a state's answer comes before its function's, and that before its resource's; restore removes them", async () => {
    const workflow = await deployDefinition({
      StartAt: 'First',
      States: {
        First: { Type: 'Task', Resource: functionArn('Work'), ResultPath: '$.first', Next: 'Second' },
        Second: { Type: 'Task', Resource: functionArn('Work'), ResultPath: '$.second', End: true },
      },
    });
    workflow
      .replace('Second', returns('state'))
      .replace('Work', returns('function'))
      .replace(functionArn('Work'), returns('arn'));
    expect(await workflow.run()).toHaveSucceededWith({ first: 'function', second: 'state' });
    workflow.replace('Work', returns('newer'));
    expect(await workflow.run()).toHaveSucceededWith({ first: 'newer', second: 'state' });
    expect(await workflow.restore('Work').run()).toHaveSucceededWith({ first: 'arn', second: 'state' });
    expect(await workflow.restore('Second').run()).toHaveSucceededWith({ first: 'arn', second: 'arn' });
    await expect(workflow.restore().run()).rejects.toThrow('which does not exist');
  });

  test('a sequence gives its answers in order, repeats the last one, and starts again with each run', async () => {
    const workflow = await deployDefinition(
      task(functionArn('Work'), { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 5 }] }),
    );
    workflow.replace(
      'Work',
      sequence(throws('A'), throws('B'), () => 'done'),
    );
    for (const run of [1, 2]) {
      const execution = await workflow.run({ run });
      expect(execution).toHaveSucceededWith('done');
      expect(execution).toHaveInvoked('Work', { times: 3, with: { run } });
      expect(execution.invocations.map(({ retryCount }) => retryCount)).toEqual([0, 1, 2]);
    }
    workflow.replace('Work', sequence(returns('fine'), throws('C')));
    workflow.replace('Work', sequence(throws('C'), throws('D')));
    expect(await workflow.run()).toHaveFailedWith('D');
  });

  test('inside Map and Parallel, and in the child executions of a distributed Map', async () => {
    const work = {
      StartAt: 'Work',
      States: { Work: { Type: 'Task', Resource: functionArn('Work'), End: true } },
    };
    for (const ProcessorConfig of [{ Mode: 'INLINE' }, { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' }]) {
      const workflow = await deployDefinition({
        StartAt: 'Each',
        States: { Each: { Type: 'Map', ItemProcessor: { ProcessorConfig, ...work }, End: true } },
      });
      const execution = await workflow.replace('Work', (n: number) => n * n).run([1, 2, 3]);
      expect(execution).toHaveSucceededWith([1, 4, 9]);
      expect(execution.invocationsOf('Work').map(({ input }) => input)).toEqual([1, 2, 3]);
    }
  });
});

describe('simulated time', () => {
  test('a Wait of a day ends at once, and the history shows the day', async () => {
    const workflow = await deployDefinition(
      {
        StartAt: 'Day',
        States: { Day: { Type: 'Wait', Seconds: 86_400, Next: 'Done' }, Done: { Type: 'Pass', End: true } },
      },
      { startTime: new Date('2030-05-01T12:00:00Z') },
    );
    const execution = await workflow.run();
    expect(execution.duration).toBe(DAY);
    expect(execution.events[0]?.timestamp).toBe(Date.UTC(2030, 4, 1, 12));
    expect(
      execution.path.visits.map(({ name, enteredAt }) => [name, new Date(enteredAt).toISOString()]),
    ).toEqual([
      ['Day', '2030-05-01T12:00:00.000Z'],
      ['Done', '2030-05-02T12:00:00.000Z'],
    ]);
  });

  test('a call that takes too long, or never ends, times out; retries pause', async () => {
    const workflow = await deployDefinition(payment);
    workflow.replace('Charge', sequence(takes(31_000, returns('late')), takes(29_000, returns('paid'))));
    const slow = await workflow.run();
    expect(slow).toHaveSucceededWith('paid');
    expect(slow.duration).toBe(30_000 + 60_000 + 29_000);

    const stopped = await workflow.replace('Charge', never()).run();
    expect(stopped).toHaveFailedWith('GaveUp', 'not paid');
    expect(stopped).toHaveVisited('Charge', 'GiveUp');
    expect(stopped).toHaveInvoked('Charge', { times: 2 });
    expect(stopped.duration).toBe(30_000 + 60_000 + 30_000);
    expect(stopped.path.visits[0]?.attempts).toMatchObject([
      { error: 'States.Timeout' },
      { error: 'States.Timeout' },
    ]);
  });

  test('the time of a failure counts too, and times add up', async () => {
    const workflow = await deployDefinition(payment);
    workflow
      .replace('Charge', takes(2000, takes(3000, throws('Declined'))))
      .replace('Tell', returns({ MessageId: '1' }));
    const execution = await workflow.run();
    expect(execution).toHaveSucceededWith({ MessageId: '1' });
    expect(execution.duration).toBe(5000);
  });

  test('the whole execution can time out', async () => {
    const workflow = await deployDefinition({ TimeoutSeconds: 5, ...task(functionArn('Work')) });
    const execution = await workflow.replace('Work', never()).run();
    expect(execution.status).toBe('TIMED_OUT');
    expect(execution).toHaveFailedWith('States.Timeout');
  });

  test('EXPRESS state machines run as well', async () => {
    const workflow = await deployDefinition(task(functionArn('Work')), { type: 'EXPRESS' });
    expect(await workflow.replace('Work', returns(1)).run()).toHaveSucceededWith(1);
    expect((await workflow.replace('Work', never()).run()).duration).toBe(300_000);
  });
});

describe('randomness', () => {
  const random = {
    StartAt: 'Draw',
    States: {
      Draw: {
        Type: 'Pass',
        Parameters: { 'number.$': 'States.MathRandom(0, 1000000)', 'id.$': 'States.UUID()' },
        End: true,
      },
    },
  };

  test('is the same on every run and in every account, except with another seed', async () => {
    const workflow = await deployDefinition(random);
    const { output } = await workflow.run();
    expect(output).toEqual({
      number: expect.any(Number),
      id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
    });
    expect((await workflow.run()).output).toEqual(output);
    expect((await (await deployDefinition(random)).run()).output).toEqual(output);
    expect((await (await deployDefinition(random, { seed: 2 })).run()).output).not.toEqual(output);
  });

  test('a history is the same on every run', async () => {
    const histories = await Promise.all(
      [1, 2].map(async () => {
        const workflow = await deployDefinition(payment);
        return (await workflow.replace('Charge', throws('Busy')).run()).events;
      }),
    );
    expect(histories[0]).toEqual(histories[1]);
  });
});

describe('names', () => {
  test('a state may have the name of a resource', async () => {
    const workflow = await deployDefinition({
      StartAt: 'sns:Notify',
      States: {
        'sns:Notify': {
          Type: 'Task',
          Resource: 'arn:aws:states:::sns:publish',
          Parameters: { TopicArn: 'arn:aws:sns:us-east-1:000000000000:topic', Message: 'hello' },
          End: true,
        },
      },
    });
    expect(await workflow.replace('sns:Notify', returns('sent')).run()).toHaveSucceededWith('sent');
  });

  test.each([
    ['Tlel', 'The workflow has no Task or Lambda function "Tlel". Did you mean "Tell"?'],
    ['Chrage', 'The workflow has no Task or Lambda function "Chrage". Did you mean "Charge"?'],
    [
      'sqs:sendMesage',
      'The workflow has no Task with the resource "sqs:sendMesage". Did you mean "sqs:sendMessage"?',
    ],
    [
      'arn:aws:states:::sqs:*Batch',
      'The workflow has no Task with the resource "arn:aws:states:::sqs:*Batch".',
    ],
    ['Paid', '"Paid" is a Pass state: only a Task calls something.'],
    [{ state: 'Tel' }, 'The workflow has no Task "Tel". Did you mean "Tell"?'],
    [{ lambda: 'Tell' }, 'The workflow has no Lambda function "Tell". The only one is "Charge".'],
    [{ sate: 'Tell' } as never, '{"sate":"Tell"} has none of the fields state, lambda and resource.'],
  ])('%j is an error', async (target, message) => {
    const workflow = await deployDefinition(payment);
    expect(() => workflow.replace(target, returns(1))).toThrow(message);
    expect(() => workflow.restore(target)).toThrow(message);
    const execution = await workflow.replace('Charge', returns(1)).run();
    expect(() => execution.invocationsOf(target)).toThrow(message);
  });

  test('a state and a function with the same name need a kind if they are not the same calls', async () => {
    const workflow = await deployDefinition({
      StartAt: 'Work',
      States: {
        Work: { Type: 'Task', Resource: functionArn('Other'), Next: 'More' },
        More: { Type: 'Task', Resource: functionArn('Work'), End: true },
      },
    });
    expect(() => workflow.replace('Work', returns(1))).toThrow(
      "Use { state: 'Work' } or { lambda: 'Work' }.",
    );
    workflow.replace({ state: 'Work' }, returns(1)).replace({ lambda: 'Work' }, (n: number) => n + 1);
    expect(await workflow.run()).toHaveSucceededWith(2);
  });
});

test('a function that only the input names can be replaced, and found', async () => {
  const parameters = { 'FunctionName.$': '$.name', Payload: {} };
  const workflow = await deployDefinition(
    task(lambdaInvoke, { Parameters: parameters, OutputPath: '$.Payload' }),
  );
  workflow.replace('Work', returns(1)).replace({ lambda: 'Rest' }, returns(2));
  expect(await workflow.run({ name: 'Work' })).toHaveSucceededWith(1);
  const execution = await workflow.run({ name: functionArn('Rest') });
  expect(execution).toHaveSucceededWith(2);
  expect(execution).toHaveInvoked('Rest', { times: 1 });
  expect(execution).not.toHaveInvoked('Work');
});

describe('Credentials', () => {
  const roleArn = 'arn:aws:iam::111111111111:role/theirs';

  test('are those of the call, and of its event', async () => {
    const workflow = await deployDefinition(
      task(functionArn('Work'), { Credentials: { 'RoleArn.$': '$.role' } }),
    );
    const execution = await workflow.replace('Work', returns(1)).run({ role: roleArn });
    expect(execution).toHaveSucceededWith(1);
    expect(execution.invocationsOf('Work')).toMatchObject([{ roleArn }]);
    expect(execution.events[2]).toMatchObject({
      lambdaFunctionScheduledEventDetails: { taskCredentials: { roleArn } },
    });
  });
});

describe('errors of the test itself end the run, whatever the definition catches', () => {
  const Parameters = { TopicArn: 'arn:aws:sns:us-east-1:000000000000:orders', Message: 'paid' };
  const catching = (resource: string, more: object = {}) => {
    const { Call } = task(resource, more).States;
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Done' }];
    return { StartAt: 'Call', States: { Call: { ...Call, Catch }, Done: { Type: 'Pass', End: true } } };
  };

  test.each([
    [
      'a service',
      catching('arn:aws:states:::sns:publish', { Parameters }),
      `"Call" calls arn:aws:states:::sns:publish, which does not exist. Replace it, for example with workflow.replace('Call', returns({ … })).`,
    ],
    [
      'a function',
      catching(functionArn('Gone')),
      `"Call" calls the Lambda function "Gone", which does not exist. Replace it, for example with workflow.replace('Gone', returns({ … })).`,
    ],
  ])('%s that does not exist', async (_, definition, message) => {
    const workflow = await deployDefinition(definition);
    await expect(workflow.run()).rejects.toThrow(message);
    expect(await workflow.replace('Call', returns(1)).run()).toHaveSucceededWith(1);
  });

  test('an answer that is not a JSON value', async () => {
    const workflow = await deployDefinition(catching(functionArn('Work')));
    workflow.replace('Work', returns({ size: 1n }));
    await expect(workflow.run()).rejects.toThrow('The answer to "Call" is not a JSON value');
  });

  test.each([
    [() => 1, 'The input is not a JSON value but a function.'],
    [{ size: 1n }, 'The input is not a JSON value: '],
    [JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)), 'The input is nested too deeply: '],
    ['x'.repeat(300_000), 'Member must have length less than or equal to 262144'],
  ])('an input that no execution can be started with', async (input, message) => {
    const workflow = await deployDefinition(catching(functionArn('Work')));
    await expect(workflow.run(input)).rejects.toThrow(message);
    expect(await workflow.replace('Work', returns(1)).run()).toHaveSucceededWith(1);
  });

  test('a wait that nothing ends', async () => {
    const workflow = await deployDefinition(catching('arn:aws:states:::sns:publish', { Parameters }));
    await expect(workflow.replace('Call', never()).run()).rejects.toThrow(
      'The execution waits forever: no answer comes to "Call", and no TimeoutSeconds or HeartbeatSeconds ends the wait.',
    );
  });

  test('invalid answers', async () => {
    expect(() => throws('States.Timeout')).toThrow(AnswerError);
    expect(() => sequence({ a: 1 } as never)).toThrow(
      '{"a":1} is not an answer. Use returns(value), throws(error, cause), sequence(…), or a function.',
    );
    expect(() => (sequence as unknown as () => void)()).toThrow('sequence() needs at least one answer.');
    expect(() => takes(1, undefined as never)).toThrow('undefined is not an answer.');
    expect(() => takes(1, returns(1), { heartbeat: 0 })).toThrow('a number of milliseconds above 0');
    expect(() => takes(Number.POSITIVE_INFINITY, returns(1))).toThrow(AnswerError);
    const workflow = await deployDefinition(task(functionArn('Work')));
    expect(() => workflow.replace('Work', 'done' as never)).toThrow('"done" is not an answer.');
    expect(() => takes(-1, returns(1))).toThrow(
      'takes(-1, …): the time must be a number of milliseconds, 0 or more.',
    );
  });
});

describe('closing', () => {
  test('ends the workflow, and can be repeated', async () => {
    const workflow = await deployDefinition(task(functionArn('Work')));
    await workflow.close();
    await workflow.close();
    await expect(workflow.run()).rejects.toThrow('The workflow was closed.');
  });
});
