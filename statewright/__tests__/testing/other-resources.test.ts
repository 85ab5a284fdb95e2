/** Another project's stack: resources that do not run here, another file name, and a template for the definition. */
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
  provider: { aws: { region: 'eu-west-1' } },
  data: {
    aws_vpc: { main: { default: true } },
    aws_ssm_parameter: {
      charge: { name: '/shop/charge-arn' },
      orders: { name: '/shop/ORDERS_QUEUE_URL' },
      size: { name: '/shop/size' },
    },
    terraform_remote_state: { base: { backend: 's3', config: {} } },
  },
  resource: {
    aws_sqs_queue: { orders: { name: 'orders' } },
    aws_sns_topic: { told: { name: 'told' } },
    aws_dynamodb_table: { stock: { name: 'stock', hash_key: 'id', stream_enabled: true } },
    aws_s3_bucket: { files: { bucket: 'some-files' } },
    aws_cloudwatch_event_bus: { bus: { name: 'shop' } },
    aws_sfn_activity: { check: { name: 'check' } },
    aws_kms_key: { key: {} },
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
            Resource: `\${aws_lambda_function.image.arn}`,
          },
        }),
      },
    },
    aws_lambda_function: {
      image: {
        function_name: 'image',
        role: `\${aws_iam_role.function.arn}`,
        package_type: 'Image',
        image_uri: '000000000000.dkr.ecr.eu-west-1.amazonaws.com/image:1',
      },
    },
    aws_lambda_event_source_mapping: {
      orders: {
        event_source_arn: `\${aws_sqs_queue.orders.arn}`,
        function_name: `\${aws_lambda_function.image.arn}`,
      },
    },
    aws_lambda_function_url: {
      image: { function_name: `\${aws_lambda_function.image.function_name}`, authorization_type: 'NONE' },
    },
    aws_lambda_function_event_invoke_config: {
      image: { function_name: `\${aws_lambda_function.image.function_name}`, maximum_retry_attempts: 0 },
    },
    aws_sfn_state_machine: {
      machine: {
        name: 'machine',
        role_arn: `\${aws_iam_role.machine.arn}`,
        definition: `\${templatefile("\${path.module}/states.json", {
          function = aws_lambda_function.image.arn, queue = aws_sqs_queue.orders.url, timeout = 30 })}`,
      },
    },
  },
  output: Object.fromEntries(
    [
      'aws_sqs_queue.orders.arn',
      'aws_sqs_queue.orders.id',
      'aws_sns_topic.told.id',
      'aws_dynamodb_table.stock.arn',
      'aws_dynamodb_table.stock.stream_arn',
      'aws_dynamodb_table.stock.hash_key',
      'aws_s3_bucket.files.arn',
      'aws_cloudwatch_event_bus.bus.arn',
      'aws_sfn_activity.check.id',
      'aws_kms_key.key.arn',
      'data.aws_vpc.main.id',
      'data.aws_ssm_parameter.charge.value',
      'data.aws_ssm_parameter.orders.value',
      'data.aws_ssm_parameter.size.value',
      'data.aws_ssm_parameter.size.arn',
      'data.terraform_remote_state.base.outputs.topic_arn',
    ].map((value, index) => [`o${index}`, { value: `\${${value}}` }]),
  ),
};

const states = `{
  "StartAt": "Work",
  "States": {
    "Work": { "Type": "Task", "Resource": "\${function}", "TimeoutSeconds": \${timeout}, "Next": "Tell" },
    "Tell": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": { "QueueUrl": "\${queue}", "MessageBody.$": "$" }, "End": true }
  }
}`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'other-resources-'));
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(stack));
  writeFileSync(join(folder, 'states.json'), states);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('deploys, and runs with stand-ins for resources that exist by name only', async () => {
  const workflow = await deployStack(folder);
  workflow.replace('image', returns('worked')).replace('Tell', returns({ MessageId: '1' }));
  const execution = await workflow.run();
  expect(execution).toHaveSucceededWith({ MessageId: '1' });
  expect(execution).toHaveInvoked('sqs:sendMessage', {
    with: { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/000000000000/orders', MessageBody: 'worked' },
  });
});

test('a function whose code is not in the stack needs a stand-in', async () => {
  const workflow = await deployStack(folder);
  await expect(workflow.run()).rejects.toThrow('calls the Lambda function "image", which does not exist');
});

test('attributes that the stack refers to have plausible values', async () => {
  const definition = {
    StartAt: 'Only',
    States: {
      Only: { Type: 'Pass', Result: Object.values(stack.output).map(({ value }) => value), End: true },
    },
  };
  const machine = { ...stack.resource.aws_sfn_state_machine.machine, definition: JSON.stringify(definition) };
  const resource = { ...stack.resource, aws_sfn_state_machine: { machine } };
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ ...stack, resource }));
  expect(await (await deployStack(folder)).run()).toHaveSucceededWith([
    'arn:aws:sqs:eu-west-1:000000000000:orders',
    'https://sqs.eu-west-1.amazonaws.com/000000000000/orders',
    'arn:aws:sns:eu-west-1:000000000000:told',
    'arn:aws:dynamodb:eu-west-1:000000000000:table/stock',
    'arn:aws:dynamodb:eu-west-1:000000000000:table/stock',
    'id',
    'arn:aws:s3:::some-files',
    'arn:aws:events:eu-west-1:000000000000:event-bus/shop',
    'arn:aws:states:eu-west-1:000000000000:activity:check',
    'arn:aws:kms:eu-west-1:000000000000:key/key',
    'main',
    'arn:aws:lambda:eu-west-1:000000000000:function:charge',
    'https://sqs.eu-west-1.amazonaws.com/000000000000/ORDERS_QUEUE',
    '/shop/size',
    'arn:aws:ssm:eu-west-1:000000000000:parameter/shop/size',
    'arn:aws:sns:eu-west-1:000000000000:base',
  ]);
});

test('a file of HCL next to it belongs to the configuration, too', async () => {
  writeFileSync(join(folder, 'more.tf'), 'resource "aws_cloudwatch_log_group" "more" { name = "more" }');
  const { account } = await deployStack(folder);
  expect(account.logs.describeLogGroups({ logGroupNamePrefix: 'more' }).logGroups).toHaveLength(1);
});
