import { CODE, type Synthesized, samFunction, samStateMachine, TemplateProject } from './project';

let project: TemplateProject;
beforeEach(() => {
  project = new TemplateProject();
});
afterEach(() => project.remove());

const synthesize = (Resources: object, more: object = {}): Synthesized =>
  project.synthesize({ 'template.json': { ...more, Resources }, ...CODE });

/** The statements of a role's inline policies. */
function statements({ resource }: Synthesized, role: string): unknown[] {
  const policies = resource.aws_iam_role?.[role]?.inline_policy as { policy: string }[];
  return policies.flatMap(({ policy }) => JSON.parse(policy).Statement);
}

test('a function has a role, and what Globals say of functions', () => {
  const Globals = {
    Function: {
      Timeout: 10,
      Environment: { Variables: { STAGE: 'dev' } },
      Layers: ['arn:aws:lambda:us-east-1:1:layer:x:1'],
    },
  };
  const { resource } = synthesize(
    { Hello: samFunction({ Timeout: 20, Environment: { Variables: { NAME: 'Ada' } }, Tracing: 'Active' }) },
    { Globals },
  );

  expect(resource.aws_lambda_function?.Hello).toMatchObject({
    function_name: 'Hello',
    runtime: 'nodejs24.x',
    timeout: 20,
    environment: { variables: { STAGE: 'dev', NAME: 'Ada' } },
    role: 'arn:aws:iam::000000000000:role/HelloRole',
    tracing_config: { mode: 'Active' },
  });
  expect(resource.aws_iam_role?.HelloRole).toMatchObject({
    name: 'HelloRole',
    managed_policy_arns: [
      'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
      'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
    ],
  });
});

test('Policies are names and ARNs of managed policies, documents and policy templates', () => {
  const stack = synthesize({
    Hello: samFunction(),
    Orders: samStateMachine({
      Policies: [
        'CloudWatchLogsFullAccess',
        'arn:aws:iam::aws:policy/AmazonSQSFullAccess',
        { Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }] },
        { LambdaInvokePolicy: { FunctionName: { Ref: 'Hello' } } },
        { S3ReadPolicy: { BucketName: 'orders' } },
      ],
    }),
  });

  expect(stack.resource.aws_iam_role?.OrdersRole?.managed_policy_arns).toEqual([
    'arn:aws:iam::aws:policy/CloudWatchLogsFullAccess',
    'arn:aws:iam::aws:policy/AmazonSQSFullAccess',
  ]);
  expect(statements(stack, 'OrdersRole')).toEqual([
    { Effect: 'Allow', Action: 'sns:Publish', Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['lambda:InvokeFunction'],
      Resource: ['arn:aws:lambda:us-east-1:000000000000:function:Hello*'],
    },
    expect.objectContaining({ Resource: ['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*'] }),
  ]);
  expect(stack.resource.aws_sfn_state_machine?.Orders?.role_arn).toBe(
    'arn:aws:iam::000000000000:role/OrdersRole',
  );
});

test('a policy template with a condition', () => {
  const EFSWriteAccessPolicy = { FileSystem: 'fs-1', AccessPoint: 'ap-1' };
  const [statement] = statements(
    synthesize({ Hello: samFunction({ Policies: { EFSWriteAccessPolicy } }) }),
    'HelloRole',
  );

  const place = 'arn:aws:elasticfilesystem:us-east-1:000000000000';
  expect(statement).toEqual({
    Effect: 'Allow',
    Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
    Resource: [`${place}:file-system/fs-1`],
    Condition: {
      StringEquals: { 'elasticfilesystem:AccessPointArn': `${place}:access-point/ap-1` },
    },
  });
});

test('a policy template without its parameter', () => {
  const Hello = samFunction({ Policies: [{ SQSPollerPolicy: { Queue: 'jobs' } }] });
  expect(() => synthesize({ Hello })).toThrow(/SQSPollerPolicy has no value for QueueName/);
});

test('a policy template that does not exist', () => {
  const Orders = samStateMachine({ Policies: [{ LambdaInvokPolicy: { FunctionName: 'a' } }] });
  expect(() => synthesize({ Orders })).toThrow(/LambdaInvokPolicy.*Did you mean LambdaInvokePolicy\?/);
});

test('a policy that is nothing', () => {
  expect(() => synthesize({ Orders: samStateMachine({ Policies: [null] }) })).toThrow(
    'template.json: OrdersRole has a policy that is neither a name, a document nor a policy template.',
  );
});

test('a permissions boundary that is not in the template', () => {
  const { resource, notices } = synthesize({
    Hello: samFunction({ PermissionsBoundary: 'arn:aws:iam::123456789012:policy/limit' }),
  });

  expect(resource.aws_iam_role?.HelloRole).not.toHaveProperty('permissions_boundary');
  expect(notices).toEqual([
    'arn:aws:iam::123456789012:policy/limit, the permissions boundary of HelloRole, is not in the template: here, it has no effect.',
  ]);
});

test('a role, and a policy, that are not in the template', () => {
  const { data, resource, notices } = synthesize({
    Hello: samFunction({ Policies: ['arn:aws:iam::123456789012:policy/own'] }),
    Other: samFunction({ Role: 'arn:aws:iam::123456789012:role/lab/LabRole' }),
  });

  expect(data.aws_iam_role?.LabRole).toEqual({ name: 'LabRole', path: '/lab/' });
  expect(resource.aws_lambda_function?.Other?.role).toBe('arn:aws:iam::000000000000:role/lab/LabRole');
  expect(resource.aws_iam_role?.HelloRole?.managed_policy_arns).toHaveLength(1);
  expect(notices).toEqual([
    'arn:aws:iam::123456789012:policy/own, a policy of HelloRole, is not in the template: here, the role may do everything.',
  ]);
});

test('what SAM makes of AutoPublishAlias, FunctionUrlConfig and Events', () => {
  const { resource } = synthesize({
    Queue: { Type: 'AWS::SQS::Queue' },
    Hello: samFunction({
      AutoPublishAlias: 'live',
      FunctionUrlConfig: { AuthType: 'NONE' },
      Events: {
        Orders: { Type: 'SQS', Properties: { Queue: { 'Fn::GetAtt': ['Queue', 'Arn'] }, BatchSize: 5 } },
        Daily: { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)' } },
      },
    }),
  });

  expect(resource.aws_lambda_function?.Hello?.publish).toBe(true);
  expect(resource.aws_lambda_alias?.HelloAliaslive).toMatchObject({
    name: 'live',
    function_version: `\${aws_lambda_function.Hello.version}`,
  });
  expect(resource.aws_lambda_function_url?.HelloUrl).toMatchObject({
    qualifier: 'live',
    authorization_type: 'NONE',
  });
  expect(resource.aws_lambda_event_source_mapping).toEqual({
    HelloOrders: {
      event_source_arn: 'arn:aws:sqs:us-east-1:000000000000:Queue',
      function_name: 'Hello',
      batch_size: 5,
    },
  });
  expect(resource.aws_iam_role?.HelloRole?.managed_policy_arns).toContain(
    'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole',
  );
});

test('connectors give the role of their source permissions', () => {
  const Connectors = {
    Call: { Properties: { Destination: [{ Id: 'Hello' }, { Id: 'Table' }], Permissions: ['Write'] } },
  };
  const { resource } = synthesize({
    Hello: samFunction(),
    Table: { Type: 'AWS::Serverless::SimpleTable' },
    Orders: samStateMachine({}, { Connectors }),
    Connector: {
      Type: 'AWS::Serverless::Connector',
      Properties: { Source: { Id: 'Hello' }, Destination: { Id: 'Orders' }, Permissions: ['Read'] },
    },
  });

  const policies = resource.aws_iam_role_policy ?? {};
  expect(Object.fromEntries(Object.entries(policies).map(([name, { role }]) => [name, role]))).toEqual({
    OrdersCallPolicy: 'OrdersRole',
    OrdersCallPolicy1: 'OrdersRole',
    ConnectorPolicy: 'HelloRole',
  });
  expect(policies.OrdersCallPolicy?.policy).toContain('arn:aws:lambda:us-east-1:000000000000:function:Hello');
  expect(policies.OrdersCallPolicy1?.policy).toContain('dynamodb:PutItem');
  expect(policies.ConnectorPolicy?.policy).toContain('execution:Orders:*');
});

test('a connector of a state machine to a queue may only send; one of a queue is for the role of the function', () => {
  const { resource } = synthesize({
    Hello: samFunction(),
    Queue: { Type: 'AWS::SQS::Queue' },
    Orders: samStateMachine(
      {},
      { Connectors: { Send: { Properties: { Destination: { Id: 'Queue' }, Permissions: ['Write'] } } } },
    ),
    Poll: {
      Type: 'AWS::Serverless::Connector',
      Properties: { Source: { Id: 'Queue' }, Destination: { Id: 'Hello' }, Permissions: ['Read', 'Write'] },
    },
  });

  const policies = Object.values(resource.aws_iam_role_policy ?? {});
  const actions = policies.map(({ role, policy }) => [
    role,
    JSON.parse(String(policy)).Statement.flatMap(({ Action }: { Action: string[] }) => Action),
  ]);
  expect(Object.fromEntries(actions)).toEqual({
    OrdersRole: ['sqs:SendMessage'],
    HelloRole: ['sqs:ReceiveMessage', 'sqs:GetQueueAttributes', 'sqs:DeleteMessage'],
  });
});

test.each([
  [{ Id: 'Other' }, 'Write', /Call names Other, which the template does not have/],
  [
    { Id: 'Hello' },
    'Read',
    /no permission Read: from .*StateMachine to AWS::Lambda::Function, SAM has Write/,
  ],
  [
    { Type: 'AWS::Kinesis::Stream', Arn: 'arn' },
    'Write',
    /to AWS::Kinesis::Stream: SAM has no such connector/,
  ],
])('a connector that SAM does not have: %j %s', (Destination, permission, message) => {
  const Call = { Properties: { Destination, Permissions: [permission] } };
  const Orders = samStateMachine({}, { Connectors: { Call } });
  expect(() => synthesize({ Hello: samFunction(), Orders })).toThrow(message);
});

test('a loop makes a function, with its role, for each item', () => {
  const { resource } = synthesize({
    'Fn::ForEach::Names': ['Name', ['Pack', 'Send'], { '&{Name}Order': samFunction() }],
  });
  expect(Object.keys(resource.aws_lambda_function ?? {})).toEqual(['PackOrder', 'SendOrder']);
  expect(Object.keys(resource.aws_iam_role ?? {})).toEqual(['PackOrderRole', 'SendOrderRole']);
});

test('a role that a condition leaves out', () => {
  const Role = { 'Fn::If': ['HasRole', 'arn:aws:iam::123456789012:role/own', { Ref: 'AWS::NoValue' }] };
  const Conditions = { HasRole: { 'Fn::Equals': ['a', 'b'] } };
  const { data, resource } = synthesize({ Hello: samFunction({ Role }) }, { Conditions });
  expect(data.aws_iam_role).toEqual({ HelloRole: { name: 'HelloRole', path: '/' } });
  expect(resource.aws_lambda_function?.Hello?.role).toBe('arn:aws:iam::000000000000:role/HelloRole');
});
