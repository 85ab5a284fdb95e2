import { Testing } from 'cdktf';
import { defineStateMachine } from '../../src/asl';
import type { Deployment } from '../../src/constructs/deployment';
import { StateMachine, type StateMachineProps } from '../../src/constructs/state-machine';
import { type Synthesized, statements, synthesized } from './synthesized';

const functionArn = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;

const greet = defineStateMachine({
  StartAt: 'Greet',
  States: { Greet: { Type: 'Task', Resource: functionArn('Greet'), End: true } },
});

function machine(
  definition: StateMachineProps['definition'] = greet,
  options: Partial<StateMachineProps> = {},
): Synthesized {
  return synthesized((scope, deployment) => {
    const props = { name: 'Hello', definition, deployment, ...options } as StateMachineProps;
    new StateMachine(scope, 'hello', props);
  });
}

const { resource } = machine();

test('one resource of each type, at the address with the id', () => {
  expect(Object.entries(resource).map(([type, named]) => [type, Object.keys(named)])).toEqual([
    ['aws_cloudwatch_log_group', ['hello']],
    ['aws_iam_role', ['hello']],
    ['aws_iam_role_policy', ['hello']],
    ['aws_sfn_state_machine', ['hello']],
  ]);
});

test('the state machine logs, traces, and is created after its policy', () => {
  expect(resource.aws_cloudwatch_log_group?.hello).toEqual({
    name: '/aws/vendedlogs/states/Hello',
    retention_in_days: 14,
  });
  expect(resource.aws_sfn_state_machine?.hello).toMatchObject({
    name: 'Hello',
    type: 'STANDARD',
    role_arn: `\${aws_iam_role.hello.arn}`,
    logging_configuration: {
      level: 'ALL',
      include_execution_data: true,
      log_destination: `\${aws_cloudwatch_log_group.hello.arn}:*`,
    },
    tracing_configuration: { enabled: true },
    depends_on: ['aws_iam_role_policy.hello'],
  });
  expect(
    machine(greet, { logRetention: 7 }).resource.aws_cloudwatch_log_group?.hello?.retention_in_days,
  ).toBe(7);
});

test('only Step Functions may assume the role, only for this state machine in this account', () => {
  const role = resource.aws_iam_role?.hello;

  expect(role?.name).toBe('Hello-eu-west-1');
  expect(statements(role?.assume_role_policy)).toEqual([
    {
      Effect: 'Allow',
      Principal: { Service: 'states.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: {
        ArnLike: {
          'aws:SourceArn': `arn:\${data.aws_partition.current.partition}:states:eu-west-1:\${data.aws_caller_identity.current.account_id}:stateMachine:Hello`,
        },
        StringEquals: { 'aws:SourceAccount': `\${data.aws_caller_identity.current.account_id}` },
      },
    },
  ]);
});

test('the role may invoke the function, deliver logs and trace, and nothing else', () => {
  expect(statements(resource.aws_iam_role_policy?.hello?.policy)).toEqual([
    { Sid: 'Invoke', Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: [functionArn('Greet')] },
    {
      Sid: 'DeliverLogs',
      Effect: 'Allow',
      Action: [
        'logs:CreateLogDelivery',
        'logs:GetLogDelivery',
        'logs:UpdateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:DescribeResourcePolicies',
        'logs:DescribeLogGroups',
      ],
      Resource: '*',
    },
    {
      Sid: 'Trace',
      Effect: 'Allow',
      Action: [
        'xray:PutTraceSegments',
        'xray:PutTelemetryRecords',
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
      ],
      Resource: '*',
    },
  ]);
});

test('an EXPRESS state machine has the same log and the same permissions', () => {
  const express = machine(greet, { type: 'EXPRESS' }).resource;

  expect(express.aws_sfn_state_machine?.hello).toEqual({
    ...resource.aws_sfn_state_machine?.hello,
    type: 'EXPRESS',
  });
  expect({ ...express, aws_sfn_state_machine: {} }).toEqual({ ...resource, aws_sfn_state_machine: {} });
});

test('the log can be of errors alone, and without execution data', () => {
  const { resource } = machine(greet, { logLevel: 'ERROR', includeExecutionData: false });

  expect(resource.aws_sfn_state_machine?.hello?.logging_configuration).toEqual({
    level: 'ERROR',
    include_execution_data: false,
    log_destination: `\${aws_cloudwatch_log_group.hello.arn}:*`,
  });
});

test('with the log off, the role may not deliver logs, and the log group stays', () => {
  const { resource } = machine(greet, { logLevel: 'OFF' });

  expect(resource.aws_sfn_state_machine?.hello?.logging_configuration).toEqual({ level: 'OFF' });
  expect(String(resource.aws_iam_role_policy?.hello?.policy)).not.toContain('logs:');
  expect(resource.aws_cloudwatch_log_group).toHaveProperty('hello');
});

test('without tracing, the role may not send traces', () => {
  const { resource } = machine(greet, { tracing: false });

  expect(resource.aws_sfn_state_machine?.hello?.tracing_configuration).toEqual({ enabled: false });
  expect(String(resource.aws_iam_role_policy?.hello?.policy)).not.toContain('xray:');
});

describe('what the role may invoke follows the definition', () => {
  const invocable = (definition: StateMachineProps['definition']) =>
    statements(machine(definition).resource.aws_iam_role_policy?.hello?.policy).find(
      (statement) => (statement as { Sid: string }).Sid === 'Invoke',
    );

  test('functions that are called by lambda:invoke, and inside other states', () => {
    const definition = defineStateMachine({
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemProcessor: {
            StartAt: 'One',
            States: { One: { Type: 'Task', Resource: functionArn('One'), End: true } },
          },
          Next: 'Two',
        },
        Two: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: functionArn('Two:live') },
          End: true,
        },
      },
    });

    expect(invocable(definition)).toMatchObject({
      Resource: expect.arrayContaining([functionArn('One'), functionArn('Two:live')]),
    });
  });

  test.each([
    ['its name', { FunctionName: 'Greet' }, 'Greet'],
    ['its partial ARN', { FunctionName: 'function:Greet' }, 'Greet'],
    ['its name and its alias', { FunctionName: 'Greet:live' }, 'Greet:live'],
    ['its name and a Qualifier', { FunctionName: 'Greet', Qualifier: '7' }, 'Greet:7'],
  ])('a function that is called by %s is allowed in this account and region', (_, Parameters, resource) => {
    const definition = defineStateMachine({
      StartAt: 'Greet',
      States: {
        Greet: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters, End: true },
      },
    });

    expect(invocable(definition)).toMatchObject({
      Resource: [
        `arn:\${data.aws_partition.current.partition}:lambda:eu-west-1:\${data.aws_caller_identity.current.account_id}:function:${resource}`,
      ],
    });
  });

  test('permissions in addition to calling functions are added', () => {
    const publish = {
      Effect: 'Allow',
      Action: 'sns:Publish',
      Resource: 'arn:aws:sns:eu-west-1:1:t',
    } as const;
    const { resource } = synthesized((scope, deployment) => {
      const props = { name: 'Hello', definition: greet, deployment, permissions: [publish] };
      new StateMachine(scope, 'hello', props);
    });

    expect(statements(resource.aws_iam_role_policy?.hello?.policy)).toContainEqual(publish);
  });

  test('a third function in the definition is allowed without changing the permissions', () => {
    const definition = defineStateMachine({
      StartAt: 'One',
      States: {
        One: { Type: 'Task', Resource: functionArn('One'), Next: 'Two' },
        Two: { Type: 'Task', Resource: functionArn('Two'), Next: 'Three' },
        Three: { Type: 'Task', Resource: functionArn('Three'), End: true },
      },
    });

    expect(invocable(definition)).toMatchObject({ Resource: ['One', 'Two', 'Three'].map(functionArn) });
  });

  test('without a function, no permission', () => {
    expect(invocable(defineStateMachine({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } }))).toBe(
      undefined,
    );
  });
});

test('text in a definition that looks like a Terraform template is not changed', () => {
  const definition = defineStateMachine({
    StartAt: 'Text',
    States: { Text: { Type: 'Pass', Result: [`\${name}`, '{%{"a": 1}%}'], End: true } },
  });

  const text = String(machine(definition).resource.aws_sfn_state_machine?.hello?.definition);

  expect(JSON.parse(text).States.Text.Result).toEqual([`$\${name}`, '{%%{"a": 1}%}']);
});

describe('a Terraform reference that is written as text', () => {
  const reference = `\${aws_lambda_function.charge.arn}`;
  const oneTask = (task: object) =>
    ({
      StartAt: 'A',
      States: { A: { Type: 'Task', End: true, ...task } },
    }) as unknown as StateMachineProps['definition'];
  const invoke = 'arn:aws:states:::lambda:invoke';

  test.each([
    ['as a Resource', { Resource: reference }, reference],
    ['with an alias', { Resource: `${reference}:live` }, `${reference}:live`],
    [
      'in an ARN',
      { Resource: `arn:aws:lambda:\${var.region}:1:function:f` },
      `arn:aws:lambda:\${var.region}:1:function:f`,
    ],
    ['of lambda:invoke', { Resource: invoke, Parameters: { FunctionName: reference } }, reference],
    [
      'of a list',
      { Resource: `\${aws_lambda_function.charge[0].arn}` },
      `\${aws_lambda_function.charge[0].arn}`,
    ],
  ])('%s is a reference in the state machine and in its policy', (_, task, written) => {
    const definition = oneTask(task);
    const { resource } = machine(definition);

    expect(faultsOf(definition)).toEqual([]);
    expect(String(resource.aws_sfn_state_machine?.hello?.definition)).toContain(`"${written}"`);
    expect(statements(resource.aws_iam_role_policy?.hello?.policy)).toContainEqual({
      Sid: 'Invoke',
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: [written],
    });
  });

  test('works in every field', () => {
    const Parameters = {
      QueueUrl: `\${aws_sqs_queue.orders.url}`,
      MessageBody: `\${data.aws_region.here.name}`,
    };
    const definition = oneTask({ Resource: 'arn:aws:states:::sqs:sendMessage', Parameters });
    const text = String(machine(definition).resource.aws_sfn_state_machine?.hello?.definition);

    for (const [name, reference] of Object.entries(Parameters)) {
      expect(text).toContain(`"${name}": \${jsonencode("${reference}")}`);
    }
  });

  test('a placeholder that Terraform does not know is text, in the policy too, and not a Resource', () => {
    const name = `\${FnName}`;
    const invoked = oneTask({ Resource: invoke, Parameters: { FunctionName: name } });
    const { resource } = machine(invoked);

    expect(JSON.parse(String(resource.aws_sfn_state_machine?.hello?.definition)).States.A.Parameters).toEqual(
      {
        FunctionName: `$${name}`,
      },
    );
    expect(String(resource.aws_iam_role_policy?.hello?.policy)).toContain(`:function:$${name}"`);
    expect(faultsOf(oneTask({ Resource: `\${FnArn}` }))).toEqual([
      '/States/A/Resource: Value is not a valid resource ARN',
    ]);
  });

  test('is refused with its place when it has more than names and numbers', () => {
    expect(faultsOf(oneTask({ Resource: `\${aws_lambda_function.all["charge"].arn}` }))).toContainEqual(
      expect.stringMatching(
        /^\/States\/A\/Resource: A Terraform reference in a text can have names and numbers/,
      ),
    );
  });
});

test('a function of another account that is named by a partial ARN is allowed there', () => {
  const definition = defineStateMachine({
    StartAt: 'A',
    States: {
      A: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: '111122223333:function:f' },
        End: true,
      },
    },
  });

  expect(String(machine(definition).resource.aws_iam_role_policy?.hello?.policy)).toContain(
    ':lambda:eu-west-1:111122223333:function:f"',
  );
});

function faultsOf(
  definition: StateMachineProps['definition'],
  type: 'STANDARD' | 'EXPRESS' = 'STANDARD',
): string[] {
  let faults: string[] = [];
  Testing.synthScope((scope) => {
    const deployment = { region: 'eu-west-1', arn: () => 'arn' } as unknown as Deployment;
    const props = { name: 'broken', definition, type, deployment };
    faults = new StateMachine(scope, 'broken', props).node.validate();
  });
  return faults;
}

test('a definition with a fault fails validation, with the place of the fault', () => {
  const broken = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'X' } } };

  expect(faultsOf(broken as unknown as StateMachineProps['definition'])).toContain(
    "/States/A/Next: Missing 'Next' target: X",
  );
});

test('what only a STANDARD state machine can call fails the validation of an EXPRESS one', () => {
  const definition = defineStateMachine({
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/q', MessageBody: 'x' },
        End: true,
      },
    },
  });

  expect(faultsOf(definition)).toEqual([]);
  expect(faultsOf(definition, 'EXPRESS')).toEqual([
    expect.stringMatching(/^\/States\/Ask\/Resource: Express .*waitForTaskToken/),
  ]);
});
