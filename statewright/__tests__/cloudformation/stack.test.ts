import { CODE, samFunction, samStateMachine, TemplateProject } from './project';

let project: TemplateProject;
beforeEach(() => {
  project = new TemplateProject();
});
afterEach(() => project.remove());

const trust = { Version: '2012-10-17', Statement: [] };

test('the types of CloudFormation', () => {
  const { resource } = project.synthesize({
    'template.json': {
      Resources: {
        Allow: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: { PolicyDocument: trust, Roles: [{ Ref: 'Role' }] },
        },
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: trust,
            Path: '/app/',
            ManagedPolicyArns: [{ Ref: 'Allow' }],
          },
        },
        Inline: {
          Type: 'AWS::IAM::Policy',
          Properties: { PolicyName: 'inline', PolicyDocument: trust, Roles: [{ Ref: 'Role' }, 'other'] },
        },
        Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 7 } },
        Wait: { Type: 'AWS::StepFunctions::Activity', Properties: { Name: 'wait' } },
        Machine: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: {
            StateMachineName: 'orders',
            StateMachineType: 'EXPRESS',
            RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
            DefinitionString: `{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"\${Task}","End":true}}}`,
            DefinitionSubstitutions: { Task: { Ref: 'Wait' } },
            LoggingConfiguration: {
              Level: 'ALL',
              Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': ['Logs', 'Arn'] } } }],
            },
            Tags: [{ Key: 'team', Value: 'a' }],
          },
        },
        Version: {
          Type: 'AWS::StepFunctions::StateMachineVersion',
          Properties: { StateMachineArn: { Ref: 'Machine' } },
        },
        Live: {
          Type: 'AWS::StepFunctions::StateMachineAlias',
          Properties: {
            Name: 'live',
            RoutingConfiguration: [{ StateMachineVersionArn: { Ref: 'Version' }, Weight: 100 }],
          },
        },
        Queue: { Type: 'AWS::SQS::Queue' },
        Hidden: { Type: 'AWS::SQS::Queue', Condition: 'Never' },
      },
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    },
  });

  const roleArn = 'arn:aws:iam::000000000000:role/app/Role';
  expect(resource.aws_sfn_state_machine?.Machine).toMatchObject({
    name: 'orders',
    type: 'EXPRESS',
    role_arn: roleArn,
    publish: true,
    logging_configuration: {
      level: 'ALL',
      log_destination: 'arn:aws:logs:us-east-1:000000000000:log-group:Logs:*',
    },
    tags: { team: 'a' },
  });
  expect(JSON.parse(String(resource.aws_sfn_state_machine?.Machine?.definition)).States.A.Resource).toBe(
    'arn:aws:states:us-east-1:000000000000:activity:wait',
  );
  expect(resource.aws_iam_role?.Role).toMatchObject({
    path: '/app/',
    managed_policy_arns: ['arn:aws:iam::000000000000:policy/Allow'],
  });
  expect(resource.aws_iam_role_policy).toEqual({
    Inline: { name: 'inline', role: 'Role', policy: JSON.stringify(trust) },
  });
  expect(resource.aws_iam_role_policy_attachment).toMatchObject({ Allow: { role: 'Role' } });
  expect(resource.aws_sfn_alias?.Live?.routing_configuration).toEqual([
    { state_machine_version_arn: `\${aws_sfn_state_machine.Machine.state_machine_version_arn}`, weight: 100 },
  ]);
  expect(resource['AWS::SQS::Queue']).toEqual({ Queue: {} });
  // Each type comes after those that it needs.
  expect(Object.keys(resource).slice(0, 4)).toEqual([
    'aws_iam_policy',
    'aws_iam_role',
    'aws_iam_role_policy',
    'aws_iam_role_policy_attachment',
  ]);
});

test('a nested stack has names of its own, and passes its outputs on', () => {
  const { resource, notices } = project.synthesize({
    'template.json': {
      Resources: {
        Hello: samFunction(),
        Ship: {
          Type: 'AWS::Serverless::Application',
          Properties: { Location: 'ship.json', Parameters: { Word: 'packed' } },
        },
        Far: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { TemplateURL: 'https://example.com/a.json' },
        },
        Orders: samStateMachine({
          Definition: {
            StartAt: 'A',
            States: {
              A: { Type: 'Task', Resource: { 'Fn::GetAtt': ['Ship', 'Outputs.FunctionArn'] }, End: true },
            },
          },
        }),
      },
    },
    'ship.json': {
      Parameters: { Word: { Type: 'String' } },
      Resources: { Hello: samFunction({ Environment: { Variables: { WORD: { Ref: 'Word' } } } }) },
      Outputs: { FunctionArn: { Value: { 'Fn::GetAtt': ['Hello', 'Arn'] } } },
    },
    ...CODE,
  });

  expect(resource.aws_lambda_function).toMatchObject({
    Hello: { function_name: 'Hello' },
    Ship_Hello: {
      function_name: 'Ship-Hello',
      role: 'arn:aws:iam::000000000000:role/Ship-HelloRole',
      environment: { variables: { WORD: 'packed' } },
    },
  });
  expect(resource.aws_sfn_state_machine?.Orders?.definition).toContain(':function:Ship-Hello"');
  expect(notices).toEqual(['The nested stack Far exists by name only. Its template is not on this machine.']);
});

test('parameters, and the region of the stack', () => {
  const files = {
    'template.json': {
      Parameters: { Stage: { Type: 'String', Default: 'dev' } },
      Resources: {
        Hello: samFunction({ FunctionName: { 'Fn::Sub': `\${AWS::StackName}-\${Stage}` } }),
        Orders: samStateMachine(),
      },
    },
    ...CODE,
  };
  const values = { Stage: 'prod', 'AWS::Region': 'eu-west-1', 'AWS::StackName': 'shop' };
  const { resource, provider } = project.synthesize(files, values);

  expect(resource.aws_lambda_function?.Hello?.function_name).toBe('shop-prod');
  expect(provider).toEqual({ aws: [{ region: 'eu-west-1' }] });
  expect(() => project.synthesize(files, { Stag: 'prod' })).toThrow(
    `template.json has no \${Stag}. Did you mean Stage?`,
  );
});

test('a definition that is not on this machine is not an error', () => {
  const { resource, notices } = project.synthesize({
    'template.json': {
      Resources: { Orders: samStateMachine({ Definition: undefined, DefinitionUri: 's3://b/k' }) },
    },
  });
  expect(resource.aws_sfn_state_machine).toBeUndefined();
  expect(notices).toEqual([expect.stringContaining('the definition of Orders is in S3 (DefinitionUri)')]);
});

test('a function of CloudFormation that it would refuse has the line of the template', () => {
  const template =
    'Resources:\n  Logs:\n    Type: AWS::Logs::LogGroup\n    Properties:\n      LogGroupName: !Select [5, [a]]\n';
  expect(() => project.synthesize({ 'template.yaml': template })).toThrow(
    /template\.yaml:5:\d+: Fn::Select has no item 5/,
  );
});

test('a state machine without a role', () => {
  const Properties = { Definition: { StartAt: 'A', States: { A: { Type: 'Succeed' } } } };
  const Orders = { Type: 'AWS::StepFunctions::StateMachine', Properties };
  expect(() => project.synthesize({ 'template.json': { Resources: { Orders } } })).toThrow(
    'template.json: Orders has no role.',
  );
});
