import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { machineInFile, machinesInFile } from '../../src/definitions';

const lambda = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'templates-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** A template with a function and a state machine whose only state has these fields, in YAML. */
const templateWith = (state: string, rest = '') =>
  write(
    'template.yaml',
    `${rest}
Resources:
  Charge: { Type: AWS::Serverless::Function }
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: A
        States:
          A:
            Type: Task
            ${state}
            End: true
`,
  );

/** The state that a template defines, and the notices, without the path of the file. */
function read(file: string, values: Record<string, string> = {}) {
  const { definition, notices } = machineInFile(file, values);
  const { A } = (definition as { States: { A: Record<string, unknown> } }).States;
  return { A, notices: notices.map((notice) => notice.replace(`${file}: `, '')) };
}

describe('a parameter without a value', () => {
  test('in Systems Manager: its default is a name there, not the value', () => {
    const parameters =
      'Parameters: { Fn: { Type: AWS::SSM::Parameter::Value<String>, Default: /orders/function } }';
    const file = templateWith('Resource: !Ref Fn', parameters);
    const notice = 'the parameter Fn is not known before a deployment; a fictitious ARN takes its place.';
    expect(read(file)).toEqual({
      A: { Type: 'Task', Resource: lambda('Fn'), End: true },
      notices: [notice],
    });
    expect(read(file, { Fn: lambda('Given') })).toMatchObject({
      A: { Resource: lambda('Given') },
      notices: [],
    });
  });

  test('has the first value that it allows, or the smallest number', () => {
    const parameters =
      'Parameters: { Stage: { Type: String, AllowedValues: [dev, prod] }, Limit: { Type: Number, MinValue: 5 } }';
    const file = templateWith(
      `Resource: !Sub "\${Charge.Arn}-\${Stage}"\n            TimeoutSeconds: !Ref Limit`,
      parameters,
    );
    expect(read(file).notices).toEqual([
      'the parameter Stage is not known before a deployment; "dev" takes its place.',
      'the parameter Limit is not known before a deployment; "5" takes its place.',
    ]);
    expect(read(file).A.Resource).toBe(lambda('Charge-dev'));
  });

  test('of a list type is a list, whose items have no spaces around them', () => {
    const parameters =
      'Parameters: { Zones: { Type: CommaDelimitedList, AllowedValues: [a, b] }, Ids: { Type: List<Number>, Default: "1, 2" } }';
    const state =
      'Resource: !GetAtt Charge.Arn\n            Comment: !Join ["-", !Ref Zones]\n            Parameters: !Ref Ids';
    const file = templateWith(state, parameters);
    expect(read(file)).toMatchObject({
      A: { Comment: 'a', Parameters: ['1', '2'] },
      notices: ['the parameter Zones is not known before a deployment; "a" takes its place.'],
    });
  });

  test('in a DefinitionString: a number without quotes, and a name in a longer text', () => {
    const file = write(
      'template.yaml',
      `Parameters: { Seconds: { Type: String }, Name: { Type: String }, Fn: { Type: String } }
Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: !Join ["-", [orders, !Ref Name]]
      DefinitionString: !Sub |
        { "StartAt": "A", "States": { "A": {
          "Type": "Task", "Resource": "\${Fn}", "TimeoutSeconds": \${Seconds}, "Comment": "of \${Name}, \${Fn}",
          "End": true } } }
`,
    );
    expect(machineInFile(file)).toMatchObject({
      name: 'orders-Name',
      definition: { States: { A: { Resource: lambda('Fn'), TimeoutSeconds: 1, Comment: 'of Name, Fn' } } },
    });
  });
});

test('a dynamic reference is not known before a deployment', () => {
  const file = templateWith(
    'Resource: "{{resolve:ssm:/orders/charge:1}}"\n            Comment: !Sub "by {{resolve:secretsmanager:Key}}"',
  );
  expect(read(file)).toMatchObject({
    A: { Resource: lambda('orders-charge'), Comment: 'by Key' },
    notices: [
      expect.stringContaining('{{resolve:ssm:/orders/charge:1}} is not known before a deployment'),
      expect.stringContaining('{{resolve:secretsmanager:Key}} is not known'),
    ],
  });
});

test('attributes of custom resources are not known, nor is a mapping for another region', () => {
  const mappings = 'Mappings: { Images: { eu-west-1: { Arn: arn } } }';
  const state =
    'Resource: !GetAtt Custom.FunctionArn\n            Comment: !FindInMap [Images, !Ref AWS::Region, Arn]';
  const file = templateWith(state, mappings);
  writeFileSync(file, '  Custom: { Type: Custom::Thing }\n', { flag: 'a' });
  expect(read(file)).toMatchObject({
    A: { Resource: lambda('FunctionArn'), Comment: lambda('Arn') },
    notices: [
      '"Custom.FunctionArn" is not known before a deployment; a fictitious ARN takes its place.',
      'us-east-1.Arn of the mapping Images is not known before a deployment; a fictitious ARN takes its place.',
    ],
  });
});

test('a connection and the alias of a state machine have the ARNs that tasks need', () => {
  const file = templateWith(
    'Resource: arn:aws:states:::states:startExecution\n            Parameters: { StateMachineArn: !Ref Live, Connection: !GetAtt Shop.Arn }',
  );
  const alias = `  Live:
    Type: AWS::StepFunctions::StateMachineAlias
    Properties: { Name: live, RoutingConfiguration: [{ StateMachineVersionArn: !Ref Version, Weight: 100 }] }
  Version: { Type: AWS::StepFunctions::StateMachineVersion, Properties: { StateMachineArn: !Ref Orders } }
  Shop: { Type: AWS::Events::Connection }
`;
  writeFileSync(file, alias, { flag: 'a' });
  expect(read(file)).toMatchObject({
    A: {
      Parameters: {
        StateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:Orders:live',
        Connection: expect.stringMatching(/^arn:aws:events:us-east-1:000000000000:connection\/Shop\/[\d-]+$/),
      },
    },
    notices: [],
  });
});

test('a name that the template does not have is reported with the one that is meant', () => {
  expect(read(templateWith('Resource: !GetAtt Chrage.Arn')).notices).toEqual([
    '"Chrage.Arn" is not in the template (did you mean "Charge"?); a fictitious ARN takes its place.',
  ]);
  // SAM makes the role of the function.
  expect(read(templateWith('Resource: !GetAtt ChargeRole.Arn')).notices).toEqual([
    '"ChargeRole.Arn" is not known before a deployment; a fictitious ARN takes its place.',
  ]);
});

test.each([
  ['!Join [a]', 'Fn::Join needs a delimiter and a list, and has ["a"].'],
  ['!Select [2, [a]]', 'Fn::Select has no item 2 in ["a"].'],
  ['!If [IsPord, a, b]', 'The condition "IsPord" is not in the template. Did you mean "IsProd"?'],
  ['!If [IsSelf, a, b]', 'The condition "IsSelf" depends on itself.'],
  [
    '!FindInMap [Stages, a, b]',
    'Fn::FindInMap names the mapping "Stages", which the template does not have. There are none.',
  ],
  ['!GetAtt Charge', 'Fn::GetAtt needs a resource and an attribute'],
  ['!Ref [a]', 'Ref needs the name of a resource or a parameter, and has ["a"].'],
])('%s is refused at its line', (written, message) => {
  const conditions = 'Conditions: { IsProd: !Equals [a, b], IsSelf: !Condition IsSelf }';
  const file = templateWith(`Resource: ${written}`, conditions);
  const error = expect.objectContaining({
    message: expect.stringContaining(`the Definition of Orders: ${message}`),
    place: expect.objectContaining({ line: 12 }),
  });
  expect(() => machineInFile(file)).toThrow(error as never);
});

describe('Fn::ForEach', () => {
  const looped = (collection: string) =>
    write(
      'template.yaml',
      `Transform: AWS::LanguageExtensions
Mappings: { Names: { All: { Machines: [one, two-b] } } }
Resources:
  Charge: { Type: AWS::Lambda::Function }
  Fn::ForEach::Machines:
    - Name
    - ${collection}
    - Machine&{Name}:
        Type: AWS::StepFunctions::StateMachine
        Properties:
          StateMachineName: !Sub orders-\${Name}
          Definition:
            StartAt: A
            States:
              A: { Type: Task, Resource: !GetAtt Charge.Arn, Parameters: { name: !Ref Name }, Next: Missing }
`,
    );

  test('a state machine for each item, at its line', () => {
    const machines = machinesInFile(looped('!FindInMap [Names, All, Machines]'));
    expect(machines.map(({ logicalId, name }) => [logicalId, name])).toEqual([
      ['Machineone', 'orders-one'],
      ['Machinetwob', 'orders-two-b'],
    ]);
    const found = machines[1]?.read();
    expect(found).toMatchObject({
      definition: { States: { A: { Resource: lambda('Charge'), Parameters: { name: 'two-b' } } } },
    });
    expect(found?.positionOf('/States/A/Next').line).toBe(15);
  });

  test('a loop inside of a definition', () => {
    const file = templateWith(
      `Resource: !GetAtt Charge.Arn\n            Parameters: { "Fn::ForEach::Keys": [Key, [a, b], { "k\${Key}": !Ref Key }] }`,
    );
    expect(read(file).A.Parameters).toEqual({ ka: 'a', kb: 'b' });
  });

  test('is refused at its line without a list', () => {
    const error = expect.objectContaining({
      message: expect.stringContaining('Fn::ForEach::Machines needs a name, a list and an object.'),
      place: expect.objectContaining({ line: 5 }),
    });
    expect(() => machinesInFile(looped('!Ref Charge'))).toThrow(error as never);
  });
});

describe('AWS::Include', () => {
  const include = (location: string) =>
    write(
      'template.json',
      JSON.stringify({
        Resources: {
          Orders: {
            Type: 'AWS::Serverless::StateMachine',
            Properties: {
              Definition: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: location } } },
            },
          },
        },
      }),
    );

  test('reads a local file', () => {
    write('orders/states.json', '{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true } } }');
    expect(machineInFile(include('orders/states.json')).definition).toMatchObject({ StartAt: 'A' });
  });

  test('next to other substitutions', () => {
    write('names.json', '{ "Next": "B" }');
    const macro = { Name: 'AWS::Include', Parameters: { Location: 'names.json' } };
    const DefinitionString = `{ "StartAt": "\${Start}", "Next": "\${Next}" }`;
    const Properties = { DefinitionString, DefinitionSubstitutions: { Start: 'A', 'Fn::Transform': macro } };
    const Resources = { Orders: { Type: 'AWS::StepFunctions::StateMachine', Properties } };
    const found = machineInFile(write('template.json', JSON.stringify({ Resources })));
    expect(found).toMatchObject({ definition: { StartAt: 'A', Next: 'B' }, notices: [] });
  });

  test('a file in S3 is known only after a deployment', () => {
    expect(() => machineInFile(include('s3://bucket/states.json'))).toThrow(
      'the Definition of Orders is known only after a deployment.',
    );
  });
});

describe('nested stacks', () => {
  const root = (location: string) =>
    write(
      'root.yaml',
      `Parameters: { Stage: { Type: String, Default: dev } }
Resources:
  Functions: { Type: AWS::Serverless::Application, Properties: { Location: functions.yaml } }
  Orders:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ${location}
      Parameters: { Stage: !Ref Stage, FunctionArn: !GetAtt Functions.Outputs.Arn }
`,
    );

  test('have the parameters that the template sets, and outputs of other stacks', () => {
    write(
      'functions.yaml',
      'Resources: { Charge: { Type: AWS::Lambda::Function } }\nOutputs: { Arn: { Value: !GetAtt Charge.Arn } }',
    );
    write(
      'orders/template.yaml',
      `Parameters: { Stage: { Type: String }, FunctionArn: { Type: String } }
Resources:
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: !Sub orders-\${Stage}
      Definition: { StartAt: A, States: { A: { Type: Task, Resource: !Ref FunctionArn, End: true } } }
`,
    );
    const [machine] = machinesInFile(root('orders/template.yaml'), { Stage: 'prod' });
    expect(machine).toMatchObject({ logicalId: 'Orders/Machine', name: 'orders-prod' });
    expect(machine?.read()).toMatchObject({
      file: join(folder, 'orders/template.yaml'),
      definition: { States: { A: { Resource: lambda('Charge') } } },
      notices: [],
    });
  });

  test('at an address are not read; a file that does not exist is reported; a stack in itself ends', () => {
    write('functions.yaml', 'Resources: {}');
    expect(() => machinesInFile(root('https://bucket.s3.amazonaws.com/t.yaml'))).toThrow(
      'has no state machine',
    );
    expect(() => machinesInFile(root('orders.yaml'))).toThrow(/the TemplateURL of Orders, .* does not exist/);
    expect(() => machinesInFile(root('root.yaml'))).toThrow('has no state machine');
    const self = `Self: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./self.yaml } }`;
    const file = write('self.yaml', `Resources: { M: { Type: AWS::Serverless::StateMachine }, ${self} }`);
    expect(machinesInFile(file).map(({ logicalId }) => logicalId)).toEqual(['M']);
  });
});

test('AWS CDK: the file of DefinitionBody.fromFile, also in the folder around a stage', () => {
  write(
    'asset.1a2b.json',
    `{ "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "\${Fn}", "End": true } } }`,
  );
  const files = {
    '1a2b': { source: { path: '../asset.1a2b.json' }, destinations: { current: { objectKey: '1a2b.json' } } },
  };
  write('assembly-Prod/Orders.assets.json', JSON.stringify({ files }));
  const machine = {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      DefinitionS3Location: { Bucket: { 'Fn::Sub': 'assets' }, Key: '1a2b.json' },
      DefinitionSubstitutions: { Fn: { 'Fn::GetAtt': ['Charge', 'Arn'] } },
    },
  };
  const template = { Resources: { Charge: { Type: 'AWS::Lambda::Function' }, Machine: machine } };
  const file = write('assembly-Prod/Orders.template.json', JSON.stringify(template));
  expect(machineInFile(file)).toMatchObject({
    file: join(folder, 'asset.1a2b.json'),
    definition: { States: { A: { Resource: lambda('Charge') } } },
    notices: [],
  });
});

test('a definition in a text has positions in its lines of the template', () => {
  const text = (next: string) => `Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString:
        Fn::Sub:
          - |
            {
              "StartAt": "A",
              "States": {
                "A": { "Type": "Pass", "Next": "B" }${next}
              }
            }
          - {}
`;
  const { positionOf } = machineInFile(write('template.yaml', text('')));
  expect(positionOf('/States/A/Next')).toEqual({ line: 11, column: 40 });
  const error = expect.objectContaining({
    message: expect.stringContaining('the DefinitionString of Orders is not valid JSON: line 12, column 15'),
    place: { line: 12, column: 15 },
  });
  expect(() => machineInFile(write('template.yaml', text(',')))).toThrow(error as never);
});

test('a DefinitionUri that does not exist is reported at its line; one from a parameter and an absolute one are read', () => {
  const machine = (uri: string) => `Parameters: { Uri: { Type: String, Default: orders.asl.json } }
Resources:
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: ${uri}
`;
  const error = expect.objectContaining({
    message: expect.stringMatching(
      /template\.yaml:6:7: the DefinitionUri of Orders, .*missing\.json, does not exist/,
    ),
    hint: 'The path is relative to the folder of the template.',
    place: { line: 6, column: 7 },
  });
  expect(() => machineInFile(write('template.yaml', machine('missing.json')))).toThrow(error as never);
  const definition = write('orders.asl.json', '{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }');
  for (const uri of ['!Ref Uri', definition]) {
    expect(machineInFile(write('template.yaml', machine(uri))).file).toBe(definition);
  }
});

test('a file with the ending .template is YAML or JSON', () => {
  const machine = '{ Type: AWS::StepFunctions::StateMachine, Properties: { DefinitionString: !Sub "{}" } }';
  const json = { Resources: { Orders: { Type: 'AWS::Serverless::StateMachine' } } };
  for (const text of [`Resources:\n  Orders: ${machine}\n`, JSON.stringify(json)]) {
    expect(machinesInFile(write('orders.template', text)).map(({ name }) => name)).toEqual(['Orders']);
  }
});

test('a flow collection that is indented less than YAML wants is read, with its lines', () => {
  const file = write(
    'template.yaml',
    `Globals:
  Function:
    VpcConfig: !If [InVpc, {
      SubnetIds: [a]
    }, !Ref AWS::NoValue]
Resources:
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: A
        States: {
        A: { Type: Pass,
        Next: B }
        }
`,
  );
  const { definition, positionOf } = machineInFile(file);
  expect(definition).toEqual({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } });
  expect(positionOf('/States/A/Next').line).toBe(14);
});

test('YAML 1.2 has the colon and the dash inside of a word: a placeholder in an ARN is a part of it', () => {
  const file = write(
    'orders.asl.yaml',
    `StartAt: A\nStates:\n  A:\n    Type: Task\n    Resource: arn:aws:lambda:\${Region}:\${Account}:function:charge-\${Stage}\n    End: true\n`,
  );
  expect(read(file).A.Resource).toBe(lambda('charge-Stage'));
});
