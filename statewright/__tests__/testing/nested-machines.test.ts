/** State machines of a stack that start each other: they all run in a test, with stand-ins for what they call. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployDefinition, deployStack, never, returns, throws } from '../../src/testing';

const account = '000000000000';
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' },
});
const allow = (...Action: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } });

const child = {
  StartAt: 'Rest',
  States: {
    Rest: { Type: 'Wait', Seconds: 60, Next: 'Publish' },
    Publish: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish',
      Parameters: { TopicArn: `arn:aws:sns:us-east-1:${account}:news`, 'Message.$': '$.text' },
      End: true,
    },
  },
};
const parent = {
  StartAt: 'Start',
  States: {
    Start: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Parameters: { StateMachineArn: `\${aws_sfn_state_machine.child.arn}`, 'Input.$': '$' },
      OutputPath: '$.Output',
      End: true,
    },
  },
};

const stack = {
  provider: { aws: { region: 'us-east-1' } },
  resource: {
    aws_iam_role: { machine: { name: 'machine', assume_role_policy: trust } },
    aws_iam_role_policy: {
      machine: {
        role: `\${aws_iam_role.machine.id}`,
        policy: allow('states:*', 'events:*', 'sns:Publish'),
      },
    },
    aws_sfn_state_machine: {
      child: {
        name: 'child',
        role_arn: `\${aws_iam_role.machine.arn}`,
        definition: JSON.stringify(child),
        depends_on: ['aws_iam_role_policy.machine'],
      },
      parent: {
        name: 'parent',
        role_arn: `\${aws_iam_role.machine.arn}`,
        definition: JSON.stringify(parent),
        depends_on: ['aws_iam_role_policy.machine'],
      },
    },
  },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nested-'));
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(stack));
});
afterAll(() => rmSync(folder, { recursive: true }));

const deploy = () => deployStack(folder, { stateMachine: 'parent' });

test('a nested state machine runs in simulated time, and a stand-in answers its calls', async () => {
  const workflow = await deploy();
  const execution = await workflow.replace('sns:publish', returns({ MessageId: '1' })).run({ text: 'hi' });
  expect(execution).toHaveSucceededWith({ MessageId: '1' });
  expect(execution.duration).toBe(60_000);
  expect(execution.visited).toEqual(['Start']);
  expect(execution.invocations.map(({ state }) => state)).toEqual(['Start']);

  const [nested] = execution.nested;
  expect(nested?.visited).toEqual(['Rest', 'Publish']);
  expect(nested?.invocationsOf('Publish')[0]?.input).toMatchObject({ Message: 'hi' });
});

test('an error in the nested state machine fails the Task', async () => {
  const workflow = await deploy();
  const execution = await workflow
    .replace('Publish', throws('SNS.NotFoundException', 'gone'))
    .run({ text: '' });
  expect(execution).toHaveFailedWith('States.TaskFailed');
  expect(JSON.parse(execution.cause ?? '')).toMatchObject({
    Error: 'SNS.NotFoundException',
    Status: 'FAILED',
  });
});

test('a stand-in for the Task comes before the state machine', async () => {
  const workflow = await deploy();
  const execution = await workflow.replace('Start', returns({ Output: 5 })).run();
  expect(execution).toHaveSucceededWith(5);
  expect(execution.nested).toEqual([]);
});

test('a call of the nested state machine that nothing answers ends the run with an error of the test', async () => {
  await expect((await deploy()).run({ text: '' })).rejects.toThrow(
    '"Publish" calls arn:aws:states:::sns:publish, which does not exist.',
  );
  const stuck = (await deploy()).replace('Publish', never());
  await expect(stuck.run({ text: '' })).rejects.toThrow('no answer comes to "Start", "Publish"');
});

test('a state machine that is not in the stack needs a stand-in', async () => {
  const workflow = await deployDefinition({
    StartAt: 'Start',
    States: {
      Start: {
        ...parent.States.Start,
        Parameters: { StateMachineArn: `arn:aws:states:us-east-1:${account}:stateMachine:other` },
      },
    },
  });
  await expect(workflow.run()).rejects.toThrow('Replace it');
});

describe('a version or an alias of a function', () => {
  const arn = (name: string) => `arn:aws:lambda:us-east-1:${account}:function:${name}`;
  const invoke = (FunctionName: string, more: object) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName },
    OutputPath: '$.Payload',
    ...more,
  });
  const definition = {
    StartAt: 'Alias',
    States: {
      Alias: { Type: 'Task', Resource: arn('charge:live'), Next: 'Version', ResultPath: '$.alias' },
      Version: { ...invoke(arn('charge:3'), { End: true }) },
    },
  };

  test.each([
    ['the name', 'charge', 'charge'],
    ['the ARN', arn('charge'), arn('charge')],
    ['each ARN with its alias or version', arn('charge:live'), arn('charge:3')],
    ['each name with its alias or version', { lambda: 'charge:live' }, { lambda: 'charge:3' }],
  ])('is replaced by %s', async (_, first, second) => {
    const workflow = await deployDefinition(definition);
    workflow.replace(first, returns('answer')).replace(second, returns('answer'));
    expect(await workflow.run()).toHaveSucceededWith('answer');
  });

  test('a stand-in for one does not answer the other', async () => {
    const workflow = (await deployDefinition(definition)).replace(arn('charge:live'), returns(1));
    await expect(workflow.run()).rejects.toThrow('"Version" calls the Lambda function "charge"');
  });

  test('aws-sdk:lambda:invoke is answered too, and an error of the function does not fail it', async () => {
    const workflow = await deployDefinition({
      StartAt: 'Sdk',
      States: {
        Sdk: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:lambda:invoke',
          Parameters: { FunctionName: 'charge', Qualifier: 'live', Payload: { a: 1 } },
          End: true,
        },
      },
    });
    workflow.replace({ lambda: 'charge:live' }, ({ a }: { a: number }) => ({ b: a + 1 }));
    const response = { ExecutedVersion: '$LATEST', StatusCode: 200 };
    expect(await workflow.run()).toHaveSucceededWith({ ...response, Payload: '{"b":2}' });
    workflow.replace('charge', throws('TestError', 'boom')).restore({ lambda: 'charge:live' });
    expect((await workflow.run()).output).toMatchObject({
      FunctionError: 'Unhandled',
      Payload: expect.stringContaining('"errorType":"TestError"'),
    });
  });

  test('a function that no Task calls is refused', async () => {
    const workflow = await deployDefinition(definition);
    expect(() => workflow.replace(arn('refund:live'), returns(1))).toThrow(
      'has no Lambda function "refund:live"',
    );
    expect(() => workflow.replace({ lambda: 'charge:5' }, returns(1))).toThrow(
      'no Lambda function "charge:5"',
    );
  });
});
