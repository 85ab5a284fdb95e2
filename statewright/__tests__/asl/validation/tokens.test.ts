// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are like Terraform's references
import { Fn, TerraformVariable, Testing, Token } from 'cdktf';
import { validateStateMachine } from '../../../src/asl';
import { isToken } from '../../../src/asl/token';

/** A variable of Terraform, which has a token for each type. */
let variable: TerraformVariable;
Testing.synthScope((scope) => {
  variable = new TerraformVariable(scope, 'v', {});
});

const tokens = (): [string, unknown][] => [
  ['a text', variable.stringValue],
  ['a part of a text', `a ${variable.stringValue} b`],
  ['a number', variable.numberValue],
  ['a list', variable.listValue],
  ['a list of numbers', Token.asNumberList(variable.value)],
  ['a map', Token.asStringMap(variable.value)],
  ['a boolean', variable.booleanValue],
  ['a value of any type', variable.value],
  ['a function of Terraform', Fn.join(',', variable.listValue)],
];

describe('a token is known', () => {
  test.each(tokens())('as %s', (_, token) => {
    expect(Token.isUnresolved(token)).toBe(true);
    expect(isToken(token)).toBe(true);
  });

  test.each([
    ['', 'text', '${name}', 0, -1.5, 1e300, -8e298, Number.NaN, true, null, undefined],
    [[], ['a'], ['a', 'b'], [1], {}, { a: 1 }, { resolve: 'not a function' }],
  ])('apart from other values', (...values) => {
    expect(values.filter(isToken)).toEqual([]);
  });
});

const errorsOf = (definition: unknown) =>
  validateStateMachine(definition).map(({ message, location }) => `${location}: ${message}`);

test.each(tokens())('%s can be the value of any field but those that make the structure', (_, token) => {
  const definition = {
    StartAt: 'Wait',
    TimeoutSeconds: token,
    States: {
      Wait: { Type: 'Wait', Seconds: token, Next: 'Until' },
      Until: { Type: 'Wait', Timestamp: token, InputPath: token, Next: 'Pick' },
      Pick: {
        Type: 'Choice',
        Choices: [{ And: [{ Variable: token, NumericEquals: token }], Next: 'Task', Assign: { a: token } }],
        Default: 'Each',
      },
      Task: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage',
        Parameters: { QueueUrl: token, 'MessageBody.$': token, MessageAttributes: [token, { deep: token }] },
        Credentials: { RoleArn: token },
        Retry: [{ ErrorEquals: token, MaxAttempts: token, BackoffRate: token, JitterStrategy: token }],
        Catch: [{ ErrorEquals: [token], Next: 'Each', ResultPath: token }],
        ResultSelector: token,
        Next: 'Each',
      },
      Each: {
        Type: 'Map',
        Label: token,
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          Parameters: token,
          ReaderConfig: { InputType: token, MaxItems: token, CSVHeaders: token },
        },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Data',
          States: {
            Data: {
              Type: 'Pass',
              QueryLanguage: 'JSONata',
              Output: { v: token },
              Assign: { w: token },
              End: true,
            },
          },
        },
        End: true,
      },
    },
  };
  expect(errorsOf(definition)).toEqual([]);
});

test('names of fields, of variables and of states are checked next to tokens', () => {
  const token = variable.numberValue;
  expect(
    errorsOf({
      StartAt: 'A',
      States: { A: { Type: 'Pass', Assign: { 'not a name': token }, Sekonds: token, Next: 'B' } },
    }),
  ).toEqual([
    expect.stringContaining('/States/A/Assign: Invalid variable name'),
    expect.stringContaining("/States/A: Field 'Sekonds' is not supported"),
    expect.stringContaining("/States/A/Next: Missing 'Next' target: B"),
    expect.stringContaining('Workflow has no terminal state'),
  ]);
});

describe('takes no longer than the largest definition', () => {
  const pass = (Result: unknown) => ({ StartAt: 'A', States: { A: { Type: 'Pass', Result, End: true } } });

  test('with a value that contains itself in many ways', () => {
    const parts: Record<string, unknown>[] = Array.from({ length: 30 }, () => ({}));
    for (const part of parts) for (const [index, other] of parts.entries()) part[`p${index}`] = other;
    expect(errorsOf(pass(parts))).toEqual([expect.stringMatching(/contains itself, so it is not JSON$/)]);
  });

  test('with a value that is shared at every level', () => {
    let shared: unknown = 'x';
    for (let level = 0; level < 100; level++) shared = [shared, shared];
    expect(errorsOf(pass(shared))).toEqual([': The definition is too long: more than 1048576 bytes of JSON']);
  });

  test('with a list of many items', () => {
    expect(errorsOf(pass(Array.from({ length: 400_000 }, () => 1)))).toEqual([]);
    expect(errorsOf(pass(Array.from({ length: 600_000 }, () => 1)))).toHaveLength(1);
  });
});
