/** A stack whose state machine calls an alias of a function, and whose own versions have an alias. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployStack, returns } from '../../src/testing';

const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' },
  });
const stack = {
  provider: { aws: { region: 'us-east-1' } },
  resource: {
    aws_iam_role: {
      machine: { name: 'machine', assume_role_policy: trust('states.amazonaws.com') },
      function: { name: 'function', assume_role_policy: trust('lambda.amazonaws.com') },
    },
    aws_iam_role_policy: {
      machine: {
        role: `\${aws_iam_role.machine.id}`,
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Action: 'lambda:InvokeFunction',
            Resource: `\${aws_lambda_alias.live.arn}`,
          },
        }),
      },
    },
    aws_lambda_function: {
      charge: {
        function_name: 'charge',
        role: `\${aws_iam_role.function.arn}`,
        package_type: 'Image',
        image_uri: '000000000000.dkr.ecr.us-east-1.amazonaws.com/charge:1',
      },
    },
    aws_lambda_alias: {
      live: {
        name: 'live',
        function_name: `\${aws_lambda_function.charge.arn}`,
        function_version: `\${aws_lambda_function.charge.version}`,
      },
    },
    aws_sfn_state_machine: {
      machine: {
        name: 'machine',
        publish: true,
        role_arn: `\${aws_iam_role.machine.arn}`,
        definition: JSON.stringify({
          StartAt: 'Charge',
          States: { Charge: { Type: 'Task', Resource: `\${aws_lambda_alias.live.arn}`, End: true } },
        }),
      },
    },
    aws_sfn_alias: {
      stable: {
        name: 'stable',
        routing_configuration: [
          {
            state_machine_version_arn: `\${aws_sfn_state_machine.machine.state_machine_version_arn}`,
            weight: 100,
          },
        ],
      },
    },
  },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'blue-green-'));
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(stack));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  'charge',
  'arn:aws:lambda:us-east-1:000000000000:function:charge:live',
  { lambda: 'charge:live' },
])('a stand-in for %j answers the call of the alias', async (target) => {
  const workflow = await deployStack(folder);
  const execution = await workflow.replace(target, returns({ ok: true })).run();
  expect(execution).toHaveSucceededWith({ ok: true });
  expect(execution.invocations).toMatchObject([{ lambda: 'charge', qualifier: 'live' }]);
});

test('the alias of the state machine has its version', async () => {
  const { account, stateMachineArn } = await deployStack(folder);
  expect(account.states.listStateMachineAliases({ stateMachineArn }).stateMachineAliases).toMatchObject([
    { stateMachineAliasArn: `${stateMachineArn}:stable` },
  ]);
});
