import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployDefinition, deployStack, never, returns, sequence, takes, throws } from '../../src/testing';
import { task } from './machines';

const arn = 'arn:aws:states:us-east-1:000000000000:activity:paint';
const types = ({ events }: { readonly events: readonly { readonly type: string }[] }) =>
  events.map(({ type }) => type).filter((type) => type.startsWith('Activity'));

test('replace takes the name of an activity', async () => {
  const workflow = await deployDefinition(task(arn, { Parameters: { wall: 1 } }));
  const execution = await workflow.replace('paint', returns('red')).run();
  expect(execution).toHaveSucceededWith('red');
  expect(execution).toHaveInvoked('paint', { times: 1, with: { wall: 1 } });
  expect(types(execution)).toEqual(['ActivityScheduled', 'ActivityStarted', 'ActivitySucceeded']);
  expect(() => workflow.replace('pain', returns(1))).toThrow(
    'The workflow has no Task, Lambda function or activity "pain". Did you mean "paint"?',
  );
});

test('the answers are those of a worker: errors, time, heartbeats, or nothing', async () => {
  const workflow = await deployDefinition(
    task(arn, { HeartbeatSeconds: 60, TimeoutSeconds: 3600, Retry: [{ ErrorEquals: ['Dry'] }] }),
  );
  const run = (...[answer]: Parameters<typeof sequence>) => workflow.replace('paint', answer).run();
  expect(await run(throws('NoPaint', 'empty'))).toHaveFailedWith('NoPaint', 'empty');
  expect(await run(sequence(throws('Dry'), returns('red')))).toHaveSucceededWith('red');
  expect(await run(takes(50_000, returns('red')))).toHaveSucceededWith('red');
  expect(await run(takes(600_000, returns('red'), { heartbeat: 30_000 }))).toHaveSucceededWith('red');
  const silent = await run(never());
  expect(silent).toHaveFailedWith('States.Timeout');
  expect(silent.duration).toBe(60_000);
  expect(types(silent)).toEqual(['ActivityScheduled', 'ActivityStarted', 'ActivityTimedOut']);
});

test('an activity without a replacement is an error of the test', async () => {
  const workflow = await deployDefinition(
    task(arn, { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Call' }] }),
  );
  await expect(workflow.run()).rejects.toThrow(
    `"Call" waits for a worker of the activity "paint", and none runs here. Replace it, for example with workflow.replace('Call', returns({ … })).`,
  );
});

test('a Task that is itself a worker needs a replacement, too', async () => {
  const resource = 'arn:aws:states:::aws-sdk:sfn:getActivityTask';
  const workflow = await deployDefinition(task(resource, { Parameters: { ActivityArn: arn } }));
  await expect(workflow.run()).rejects.toThrow(`"Call" calls ${resource}, which does not exist.`);
  const answered = workflow.replace('sfn:getActivityTask', returns({ TaskToken: 't', Input: '1' }));
  expect(await answered.run()).toHaveSucceededWith({ TaskToken: 't', Input: '1' });
});

test('an activity of a stack', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'activities-'));
  try {
    const trust = {
      Effect: 'Allow',
      Principal: { Service: 'states.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    const definition = JSON.stringify(task(`\${aws_sfn_activity.paint.id}`));
    const stack = {
      provider: { aws: [{ region: 'us-east-1' }] },
      resource: {
        aws_sfn_activity: { paint: { name: 'paint', tags: { team: 'a' } } },
        aws_iam_role: {
          m: { name: 'm', assume_role_policy: JSON.stringify({ Version: '2012-10-17', Statement: trust }) },
        },
        aws_sfn_state_machine: { m: { name: 'm', role_arn: `\${aws_iam_role.m.arn}`, definition } },
      },
    };
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(stack));
    const workflow = await deployStack(folder);
    const { states } = workflow.account;
    expect(states.listActivities().activities.map(({ activityArn }) => activityArn)).toEqual([arn]);
    expect(states.listTagsForResource({ resourceArn: arn }).tags).toEqual([{ key: 'team', value: 'a' }]);
    expect(await workflow.replace('paint', returns('red')).run()).toHaveSucceededWith('red');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
