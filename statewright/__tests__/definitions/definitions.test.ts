import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateStateMachine } from '../../src/asl';
import { machineInFile, machinesInFile } from '../../src/definitions';

const sample = (name: string) => join(__dirname, 'samples', name);
const lambda = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'definitions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('a definition in its own file', () => {
  test.each(['order.asl.json', 'order.asl.yaml'])('%s: has fictitious values, and reports them', (name) => {
    const found = machineInFile(sample(name));

    expect(found).toMatchObject({
      name: 'order',
      type: 'STANDARD',
      definition: {
        StartAt: 'Charge',
        States: {
          Charge: { Resource: lambda('ChargeFunctionArn'), TimeoutSeconds: 1 },
          Ship: { Resource: 'arn:aws:states:::sqs:sendMessage' },
        },
      },
    });
    expect(found.notices).toEqual([
      expect.stringContaining(`\${ChargeFunctionArn} has no value`),
      expect.stringContaining(`\${ChargeTimeout} has no value; 1 takes its place`),
      expect.stringContaining(`\${ShippingQueueUrl} has no value`),
    ]);
    expect(validateStateMachine(found.definition as never)).toEqual([]);
  });

  test.each(['order.asl.json', 'order.asl.yaml'])('%s: takes values, outside quotes as well', (name) => {
    const values = {
      ChargeFunctionArn: lambda('Pay'),
      ChargeTimeout: '30',
      ShippingQueueUrl: 'https://queue',
    };

    expect(machineInFile(sample(name), values)).toMatchObject({
      definition: { States: { Charge: { Resource: lambda('Pay'), TimeoutSeconds: 30 } } },
      notices: [],
    });
  });

  test('a placeholder without quotes has a value of the type that its field wants', () => {
    const rule = (condition: string) => `{ "Variable": "$.a", ${condition}, "Next": "B" }`;
    const choices = [
      rule(`"BooleanEquals": \${Flag}`),
      rule(`"NumericGreaterThan": \${Limit}`),
      rule(`"IsPresent": \${Flag}`),
    ];
    const file = write(
      'a.asl.json',
      `{ "StartAt": "A", "States": {
        "A": { "Type": "Choice", "Choices": [${choices}], "Default": "B" }, "B": { "Type": "Succeed" } } }`,
    );
    expect(validateStateMachine(machineInFile(file).definition as never)).toEqual([]);
  });

  test('anchors and aliases of YAML are resolved', () => {
    const { States } = machineInFile(sample('order.asl.yaml')).definition as {
      States: Record<string, { Retry: unknown }>;
    };
    expect(States.Ship?.Retry).toEqual([
      { ErrorEquals: ['Lambda.TooManyRequestsException'], MaxAttempts: 2 },
    ]);
  });

  test('finds the line of a diagnostic, also if a name contains a slash', () => {
    const file = write(
      'a.asl.yaml',
      'StartAt: a/b\nStates:\n  a/b:\n    Type: Choice\n    Choices:\n      - Next: c\n',
    );
    const { positionOf } = machineInFile(file);
    expect(positionOf('/States/a/b/Choices[0]/Next')).toEqual({ line: 6, column: 9 });
    expect(positionOf('/States/a/b/Default')).toEqual({ line: 3, column: 3 });
    expect(positionOf('/')).toEqual({ line: 1, column: 1 });
  });

  test.each([
    ['x.json', '{"StartAt": "A",\n "States": {]}', /is not valid JSON: line 2, column 13/],
    ['x.yaml', 'StartAt: A\nStates: {', /is not valid YAML: .*\(line 2, column 10\)/],
    ['x.yaml', 'StartAt: A\nStates: !Get A.B\n', /has the unknown tag !Get \(line 2, column/],
    ['x.json', '{"A": 1}', /has no state machine: neither StartAt and States/],
    ['x.json', '{"Resources": {"A": {"Type": "AWS::SQS::Queue"}}}', /has no state machine\.$/],
  ])('%s with %j is refused', (name, text, message) => {
    expect(() => machineInFile(write(name, text))).toThrow(message);
  });

  test.each([
    ['a list', '- '.repeat(5000)],
    ['a flow list', '['.repeat(5000)],
    ['a key', '? '.repeat(5000)],
    ['an alias inside of its own anchor', 'StartAt: &a [*a]'],
  ])('%s in YAML that is nested too deeply is refused', (_, text) => {
    expect(() => machineInFile(write('deep.yaml', text))).toThrow(/deep\.yaml is nested too deeply\.$/);
  });

  test('aliases that repeat more values than fit into memory are refused', () => {
    const tenfold = Array.from(
      { length: 9 },
      (_, level) => `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`).join()}]`,
    );
    expect(() => machineInFile(write('many.yaml', ['a0: &a0 x', ...tenfold].join('\n')))).toThrow(
      'has more than 250000 values, with those that its aliases repeat.',
    );
  });

  test('a placeholder that is an operand of an expression is a number, inside quotes it is a text', () => {
    const file = write(
      'scale.asl.yaml',
      [
        'StartAt: A',
        'States:',
        '  A:',
        '    Type: Pass',
        '    Parameters:',
        `      "size.$": "States.MathAdd(\${sizes.first}, $.more)"`,
        `      name.$: States.Format('\${Name}-{}', $.id)`,
        '    Next: B',
        '  B:',
        '    Type: Succeed',
        '    QueryLanguage: JSONata',
        `    Output: "{% $states.input.size > \${Limit} ? '\${Name}' : \\"\${Name}\\" %}"`,
        '',
      ].join('\n'),
    );
    const { definition } = machineInFile(file);

    expect(definition).toMatchObject({
      States: {
        A: {
          Parameters: { 'size.$': 'States.MathAdd(1, $.more)', 'name.$': "States.Format('Name-{}', $.id)" },
        },
        B: { Output: `{% $states.input.size > 1 ? 'Name' : "Name" %}` },
      },
    });
    expect(validateStateMachine(definition as never)).toEqual([]);
  });

  test('what describe-state-machine prints has its definition as a text: says how to print that alone', () => {
    const file = write('x.json', JSON.stringify({ name: 'x', definition: '{"StartAt":"A","States":{}}' }));
    expect(() => machineInFile(file)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('--query definition --output text') }),
    );
  });

  test('refuses a value for a placeholder that it does not have', () => {
    expect(() => machineInFile(sample('order.asl.json'), { ChargeTimeuot: '1' })).toThrow(
      `has no \${ChargeTimeuot}. Did you mean ChargeTimeout?`,
    );
  });
});

describe('a tag of CloudFormation in a definition', () => {
  const tagged = (tag: string) =>
    write(
      'order.asl.yaml',
      `StartAt: A\nStates:\n  A:\n    Type: Task\n    Resource: ${tag}\n    End: true\n`,
    );

  test('!Sub of a text is the text with its placeholders filled in', () => {
    const { definition } = machineInFile(tagged(`!Sub "\${F}"`), { F: lambda('Charge') });
    expect(definition).toMatchObject({ States: { A: { Resource: lambda('Charge') } } });
  });

  test('any other tag needs a template', () => {
    expect(() => machineInFile(tagged('!GetAtt F.Arn'))).toThrow(
      'has the tag !GetAtt, which only a template can have (line 5, column 23)',
    );
  });
});

describe('a template', () => {
  test('SAM: the file of DefinitionUri, with DefinitionSubstitutions', () => {
    const found = machineInFile(sample('sam.yaml'), {}, 'Orders');

    expect(found).toMatchObject({
      name: 'orders-dev',
      file: sample('order.asl.json'),
      definition: {
        States: {
          Charge: { Resource: lambda('charge-dev'), TimeoutSeconds: 30 },
          Ship: {
            Parameters: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/ShippingQueue' },
          },
        },
      },
      notices: [],
    });
  });

  test('SAM: an inline Definition, with conditions and parameters', () => {
    const publish = (Message: string) => ({
      States: { Publish: { Parameters: { TopicArn: 'arn:aws:sns:us-east-1:000000000000:Topic', Message } } },
    });
    expect(machineInFile(sample('sam.yaml'), {}, 'Notify')).toMatchObject({
      type: 'EXPRESS',
      definition: publish('hello dev'),
    });
    expect(machineInFile(sample('sam.yaml'), { Stage: 'prod' }, 'Notify')).toMatchObject({
      type: 'STANDARD',
      definition: publish('hello prod'),
    });
  });

  test('SAM: what AutoPublishAlias publishes, also if it is a global property', () => {
    const task = (Resource: object) => ({ Type: 'Task', Resource, End: true });
    const file = write(
      'published.json',
      JSON.stringify({
        Globals: { Function: { AutoPublishAlias: { Ref: 'Stage' } } },
        Parameters: { Stage: { Type: 'String', Default: 'dev' } },
        Resources: {
          Charge: { Type: 'AWS::Serverless::Function', Properties: { AutoPublishAlias: 'live' } },
          Ship: { Type: 'AWS::Serverless::Function' },
          Orders: {
            Type: 'AWS::Serverless::StateMachine',
            Properties: {
              Definition: {
                StartAt: 'A',
                States: {
                  A: { ...task({ Ref: 'Charge.Alias' }), Next: 'B', End: undefined },
                  B: { ...task({ 'Fn::Sub': `\${Charge.Version}` }), Next: 'C', End: undefined },
                  C: task({ Ref: 'Ship.Alias' }),
                },
              },
            },
          },
        },
      }),
    );
    expect(machineInFile(file)).toMatchObject({
      definition: {
        States: {
          A: { Resource: lambda('Charge:live') },
          B: { Resource: lambda('Charge:1') },
          C: { Resource: lambda('Ship:dev') },
        },
      },
      notices: [],
    });
  });

  test('CloudFormation: a DefinitionString with Fn::Sub', () => {
    const found = machineInFile(sample('cloudformation.yaml'), { TableName: 'orders' }, 'save');
    expect(found).toMatchObject({
      definition: {
        States: { Put: { Parameters: { TableName: 'orders' } }, Call: { Resource: lambda('Caller') } },
      },
      notices: [],
    });
    expect(machineInFile(sample('cloudformation.yaml'), {}, 'save').notices).toEqual([
      expect.stringContaining('the parameter TableName is not known before a deployment'),
    ]);
  });

  test('AWS CDK: a DefinitionString with Fn::Join', () => {
    expect(machineInFile(sample('cdk.template.json')).definition).toEqual({
      StartAt: 'Call',
      States: {
        Call: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: lambda('CallHandlerE1F2A3B4'), 'Payload.$': '$' },
          End: true,
        },
      },
    });
  });

  test('refuses a definition in S3, and a choice between several without a name', () => {
    expect(machinesInFile(sample('cloudformation.yaml')).map(({ name }) => name)).toEqual([
      'save',
      'Archive',
    ]);
    expect(() => machineInFile(sample('cloudformation.yaml'), {}, 'Archive')).toThrow(/is in S3/);
    expect(() => machineInFile(sample('sam.yaml'))).toThrow('has 2 state machines: orders-dev, Notify.');
    expect(() => machineInFile(sample('sam.yaml'), {}, 'Notfy')).toThrow('has no state machine "Notfy".');
  });
});
