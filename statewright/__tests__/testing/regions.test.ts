import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployStack } from '../../src/testing';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kit-regions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }],
});
const definition = JSON.stringify({
  StartAt: 'Send',
  States: {
    Send: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: {
        QueueUrl: 'https://sqs.us-west-2.amazonaws.com/000000000000/q',
        'MessageBody.$': '$$.Task.Token',
      },
      End: true,
    },
  },
});

test('a state machine of a provider with an alias runs in the region of that provider', async () => {
  const machine = (more: object) => ({ name: 'm', role_arn: `\${aws_iam_role.r.arn}`, definition, ...more });
  writeFileSync(
    join(folder, 'cdk.tf.json'),
    JSON.stringify({
      provider: { aws: [{ region: 'eu-west-1' }, { alias: 'west', region: 'us-west-2' }] },
      resource: {
        aws_iam_role: { r: { name: 'r', assume_role_policy: trust } },
        aws_iam_role_policy: { p: { name: 'p', role: `\${aws_iam_role.r.name}`, policy } },
        aws_sfn_state_machine: { west: machine({ provider: 'aws.west' }) },
      },
    }),
  );
  const workflow = await deployStack(folder);
  workflow.replace('Send', () => ({ sent: true }));
  const execution = await workflow.run({});
  expect(execution).toMatchObject({ status: 'SUCCEEDED', output: { sent: true } });
  expect(execution.events.find(({ type }) => type === 'TaskScheduled')).toMatchObject({
    taskScheduledEventDetails: { region: 'us-west-2' },
  });
});
