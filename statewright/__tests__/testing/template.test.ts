import { deployStack, returns } from 'statewright/testing';
import { CODE, samFunction, samStateMachine, TemplateProject } from '../cloudformation/project';

let project: TemplateProject;
beforeEach(() => {
  project = new TemplateProject();
});
afterEach(() => project.remove());

/** A template whose state machine waits, runs a function, and sends a message. */
function template(): string {
  const States = {
    Wait: { Type: 'Wait', Seconds: 86_400, Next: 'Pack' },
    Pack: { Type: 'Task', Resource: { 'Fn::GetAtt': ['Pack', 'Arn'] }, ResultPath: '$.packed', Next: 'Send' },
    Send: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage',
      Parameters: { QueueUrl: { Ref: 'Queue' }, 'MessageBody.$': '$.packed' },
      ResultPath: null,
      End: true,
    },
  };
  return project.write({
    'template.json': {
      Transform: 'AWS::Serverless-2016-10-31',
      Parameters: { Stage: { Type: 'String', Default: 'dev' } },
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue' },
        Pack: samFunction({ Environment: { Variables: { STAGE: { Ref: 'Stage' } } } }),
        Orders: samStateMachine({
          Definition: { StartAt: 'Wait', States },
          Policies: [
            { LambdaInvokePolicy: { FunctionName: { Ref: 'Pack' } } },
            { SQSSendMessagePolicy: { QueueName: { 'Fn::GetAtt': ['Queue', 'QueueName'] } } },
          ],
        }),
      },
    },
    'src/app.ts':
      'export const handler = async ({ id }: { id: number }): Promise<object> => ({ id, stage: process.env.STAGE });',
  });
}

test('a template runs with its functions, in simulated time', async () => {
  const workflow = await deployStack(template(), { variables: { Stage: 'test' } });
  workflow.replace('Send', returns({ MessageId: '1' }));

  const execution = await workflow.run({ id: 1 });

  expect(execution).toHaveSucceededWith({ id: 1, packed: { id: 1, stage: 'test' } });
});

test('one of several state machines, by its name or its logical id', async () => {
  const file = project.write({
    'template.json': {
      Resources: { First: samStateMachine({ Name: 'orders' }), Second: samStateMachine() },
    },
  });
  for (const [stateMachine, name] of [
    ['orders', 'orders'],
    ['First', 'orders'],
    ['Second', 'Second'],
  ] as const) {
    expect((await deployStack(file, { stateMachine })).name).toBe(name);
  }
  await expect(deployStack(file)).rejects.toThrow(`The stack in ${file} has the state machines `);
});

test('a stack of the AWS CDK for an account and a region of its own', async () => {
  const app = {
    properties: { templateFile: 'Shop.template.json' },
    environment: 'aws://111111111111/eu-west-1',
  };
  const file = project.write({
    'cdk.out/Shop.template.json': { Resources: { Orders: samStateMachine() } },
    'cdk.out/manifest.json': { artifacts: { Shop: app } },
  });
  const { stateMachineArn } = await deployStack(file);
  expect(stateMachineArn).toBe('arn:aws:states:eu-west-1:111111111111:stateMachine:Orders');
});

test('a function and a state machine with a role that is not in the template', async () => {
  const Role = 'arn:aws:iam::123456789012:role/lab/LabRole';
  const Pack = { Type: 'Task', Resource: { 'Fn::GetAtt': ['Pack', 'Arn'] }, End: true };
  const file = project.write({
    'template.json': {
      Resources: {
        Pack: samFunction({ Role }),
        Orders: samStateMachine({ Role, Definition: { StartAt: 'Pack', States: { Pack } } }),
      },
    },
    ...CODE,
  });

  const workflow = await deployStack(file);

  expect(await workflow.run()).toHaveSucceededWith(1);
});

test('a parameter that the template does not have', async () => {
  await expect(deployStack(template(), { variables: { Stag: 'test' } })).rejects.toThrow(
    /Did you mean Stage\?/,
  );
});
