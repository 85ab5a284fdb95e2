// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's references
import { DataAwsSubnets } from '@cdktf/provider-aws/lib/data-aws-subnets';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import {
  AnnotationMetadataEntryType,
  App,
  Fn,
  Lazy,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
} from 'cdktf';
import type { Construct } from 'constructs';
import { defineStateMachine } from '../../src/asl';
import { Deployment } from '../../src/constructs/deployment';
import { policyDocument } from '../../src/constructs/policy';
import { StateMachine, type StateMachineProps } from '../../src/constructs/state-machine';
import { LITERALS } from '../../src/terraform/evaluate';
import { evaluateArgument } from '../../src/terraform/evaluate-argument';
import type { Value } from '../../src/terraform/value';
import { deployStack, type Workflow } from '../../src/testing';
import { synthesized } from './synthesized';
import { TokenStack } from './token-stack';

/** The values of the stacks' variables and resources. */
const roots: Record<string, Value> = {
  var: {
    seconds: 5,
    text: 'say "hi" \\ to <all>\n',
    time: '2030-01-31T08:00:00Z',
    names: ['TestError', 'Quoted"Error'],
    settings: { deep: [1, { on: true }] },
    enabled: true,
    bucket: 'orders',
    nothing: null,
  },
  local: { labels: { team: 'a', stage: 'b' } },
  aws_iam_role: { role: { max_session_duration: 7200, tags: { stage: 'test' } } },
  aws_cloudwatch_log_group: { logs: { retention_in_days: 7 } },
};

/** What Terraform makes of an argument. */
const evaluated = (argument: unknown) =>
  evaluateArgument(argument as Value, { ...LITERALS, roots }, 'definition');

interface Variables {
  readonly [name: string]: TerraformVariable;
}

/** The definition of a state machine with one Pass state, as Terraform's argument; the result is made from variables. */
function definitionWith(result: (variables: Variables, scope: Construct) => unknown): string {
  const { resource } = synthesized((scope, deployment) => {
    const variables = Object.fromEntries(
      Object.keys(roots.var as object).map((name) => [name, new TerraformVariable(scope, name, {})]),
    );
    const Result = result(variables, scope);
    const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Result, End: true } } };
    new StateMachine(scope, 'm', {
      name: 'm',
      definition: definition as StateMachineProps['definition'],
      deployment,
    });
  });
  return String(resource.aws_sfn_state_machine?.m?.definition);
}

const resultOf = (result: (variables: Variables, scope: Construct) => unknown) =>
  JSON.parse(String(evaluated(definitionWith(result)))).States.A.Result;

function faultsOf(definition: (scope: Construct) => unknown): string[] {
  let faults: string[] = [];
  Testing.synthScope((scope) => {
    const deployment = { region: 'eu-west-1', arn: () => 'arn' } as unknown as Deployment;
    const made = definition(scope) as StateMachineProps['definition'];
    faults = new StateMachine(scope, 'm', { name: 'm', definition: made, deployment }).node.validate();
  });
  return faults;
}

const pass = (Result: unknown) => ({ StartAt: 'A', States: { A: { Type: 'Pass', Result, End: true } } });

test('a value of each kind in each kind of field is what Fn.jsonencode makes of it', () => {
  const app = new App({ outdir: '/nowhere', stackTraces: false });
  const stack = new TokenStack(app, 'tokens');
  expect(app.node.findAll().flatMap(({ node }) => node.validate())).toEqual([]);

  const { typed, plain } = JSON.parse(Testing.synth(stack)).resource.aws_sfn_state_machine;
  const definition = JSON.parse(String(evaluated(typed.definition)));
  expect(definition).toEqual(JSON.parse(String(evaluated(plain.definition))));
  expect(definition.States).toMatchObject({
    Wait: { Seconds: 5 },
    Both: { Parameters: { names: ['TestError', 'Quoted"Error'] }, Retry: [{ MaxAttempts: 5 }] },
    Many: { ItemReader: { ReaderConfig: { MaxItems: 5 } } },
  });
});

describe('in the definition', () => {
  test.each<[string, (variables: Variables) => unknown, string]>([
    ['a number is an unquoted reference', ({ seconds }) => seconds?.numberValue, '${var.seconds}'],
    ['a list', ({ names }) => names?.listValue, '${jsonencode(var.names)}'],
    ['a list of numbers', ({ names }) => Token.asNumberList(names?.value), '${jsonencode(var.names)}'],
    ['a map', ({ settings }) => Token.asAnyMap(settings?.value), '${jsonencode(var.settings)}'],
    ['a boolean', ({ enabled }) => enabled?.booleanValue, '${jsonencode(var.enabled)}'],
    ['a value of any type', ({ settings }) => settings?.value, '${jsonencode(var.settings)}'],
    ['a text', ({ text }) => text?.stringValue, '${jsonencode("${var.text}")}'],
  ])('%s', (_, value, written) => {
    expect(definitionWith(value)).toContain(`"Result": ${written},`);
  });

  test('a text can have any characters, before and after Terraform knows it', () => {
    expect(
      resultOf(({ text, seconds, bucket }) => ({
        quoted: `"${text}" \b\f\t\\ ${bucket}`,
        number: `${seconds?.numberValue} s and ${text}`,
        dollar: `$${seconds} %${text} $`,
        template: `\${name} %{ if } ${bucket} \${var.bucket} $\${var.bucket}`,
        [`name "${bucket}"`]: 1,
      })),
    ).toEqual({
      quoted: '"say "hi" \\ to <all>\n" \b\f\t\\ orders',
      number: '5 s and say "hi" \\ to <all>\n',
      dollar: '$5 %say "hi" \\ to <all>\n $',
      template: '${name} %{ if } orders orders $orders',
      'name "orders"': 1,
    });
  });

  test('a value that is made at synthesis is written as JSON, with the tokens in it', () => {
    expect(
      resultOf(({ seconds, names }) => ({
        lazy: Lazy.anyValue({ produce: () => ({ n: seconds?.numberValue, l: [names?.listValue, 'a "b"'] }) }),
        nothing: Token.nullValue(),
      })),
    ).toEqual({ lazy: { n: 5, l: [['TestError', 'Quoted"Error'], 'a "b"'] }, nothing: null });
  });
});

test('names of states can have tokens: they are the same when they are the same in Terraform', () => {
  const machine = (start: string) => (scope: Construct) => {
    const stage = new TerraformVariable(scope, 'stage', {});
    return {
      StartAt: `${stage.stringValue}-${start}`,
      States: { [`${stage.stringValue}-A`]: { Type: 'Succeed' } },
    };
  };
  expect(faultsOf(machine('A'))).toEqual([]);
  expect(faultsOf(machine('B'))).toContainEqual(expect.stringContaining("Missing 'Next' target"));
});

test.each<[string, (lambda: LambdaFunction) => string, string]>([
  ['its name', (lambda) => lambda.functionName, ':function:${aws_lambda_function.f.function_name}"'],
  [
    'its name and an alias',
    (l) => `${l.functionName}:live`,
    ':function:${aws_lambda_function.f.function_name}:live"',
  ],
  [
    'its name as text',
    () => '${aws_lambda_function.f.function_name}',
    ':function:${aws_lambda_function.f.function_name}"',
  ],
  ['its ARN', (lambda) => lambda.arn, '"Resource":["${aws_lambda_function.f.arn}"]'],
])('the policy allows a function of the stack that is called by %s', (_, called, allowed) => {
  const { resource } = synthesized((scope, deployment) => {
    const lambda = new LambdaFunction(scope, 'f', { functionName: 'f', role: 'r' });
    const Parameters = { FunctionName: called(lambda) };
    const definition = defineStateMachine({
      StartAt: 'A',
      States: { A: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters, End: true } },
    });
    new StateMachine(scope, 'm', { name: 'm', definition, deployment });
  });
  expect(String(resource.aws_iam_role_policy?.m?.policy)).toContain(allowed);
});

test('the policy allows a function whose name is of any type', () => {
  const { resource } = synthesized((scope, deployment) => {
    const name = new TerraformVariable(scope, 'fn', {}).value;
    const task = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: name },
      End: true,
    };
    const definition = { StartAt: 'A', States: { A: task } } as unknown as StateMachineProps['definition'];
    new StateMachine(scope, 'm', { name: 'm', definition, deployment });
  });
  expect(String(resource.aws_iam_role_policy?.m?.policy)).toContain('"Resource":["${var.fn}"]');
});

test('the Resource of a permission can be a list that only Terraform knows', () => {
  const { resource } = synthesized((scope) => {
    const Resource = new TerraformVariable(scope, 'names', {}).listValue;
    new IamRole(scope, 'r', {
      assumeRolePolicy: policyDocument({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource }),
    });
  });
  const text = String(resource.aws_iam_role?.r?.assume_role_policy);
  expect(JSON.parse(String(evaluated(text))).Statement[0].Resource).toEqual(['TestError', 'Quoted"Error']);
});

describe('is refused with its place', () => {
  test.each<[string, (variable: TerraformVariable) => unknown, string]>([
    ['a construct', (variable) => ({ v: variable }), '/States/A/Result/v: A construct is not a value.'],
    [
      'a list in a text',
      ({ listValue }) => `${listValue}`,
      '/States/A/Result: A list or a map of Terraform cannot be',
    ],
    [
      'a list in a list',
      ({ listValue }) => [...listValue, 'x'],
      '/States/A/Result: A list of Terraform cannot be part',
    ],
    [
      'a map in an object',
      (v) => ({ ...Token.asAnyMap(v.value), a: 1 }),
      '/States/A/Result: A map of Terraform cannot',
    ],
    ['a function', () => [() => 1], '/States/A/Result[0]: A function is not JSON'],
  ])('%s', (_, value, fault) => {
    const faults = faultsOf((scope) => pass(value(new TerraformVariable(scope, 'v', {}))));
    expect(faults).toEqual([expect.stringContaining(fault)]);
  });

  test('a value that contains itself', () => {
    const cyclic: Record<string, unknown> = { a: 1 };
    cyclic.again = { cyclic };
    expect(faultsOf(() => pass({ cyclic }))).toEqual([
      '/States/A/Result/cyclic/again/cyclic: The value contains itself, so it is not JSON',
    ]);
  });

  test.each([
    ['the states', (value: unknown) => ({ StartAt: 'A', States: value }), '/States: '],
    ['a state', (value: unknown) => ({ StartAt: 'A', States: { A: value } }), '/States/A: '],
    [
      'the rules of a Choice',
      (value: unknown) => ({ StartAt: 'A', States: { A: { Type: 'Choice', Choices: value } } }),
      '/States/A/Choices: ',
    ],
  ])('%s that only Terraform knows', (_, machine, place) => {
    const faults = faultsOf((scope) => machine(new TerraformVariable(scope, 'v', {}).value));
    expect(faults).toContainEqual(
      `${place}Only Terraform knows this part of the definition, so it cannot be checked. Write it here`,
    );
  });
});

test('every other rule is checked next to a token', () => {
  const faults = faultsOf((scope) => {
    const seconds = new TerraformVariable(scope, 'seconds', {}).numberValue;
    return {
      StartAt: 'A',
      States: {
        A: { Type: 'Wait', Seconds: seconds, SecondsPath: '$.s', Next: 'B' },
        B: { Type: 'Wait', Secs: seconds, End: true },
      },
    };
  });
  expect(faults.join('\n')).toMatch(
    /There should only be one of the following fields[\s\S]*Field 'Secs' is not supported/,
  );
});

describe('a whole definition that only Terraform knows', () => {
  test.each<[string, (scope: Construct) => StateMachineProps['definition'], string]>([
    ['Fn.jsonencode', () => Fn.jsonencode(pass(1)), '${jsonencode('],
    ['Fn.templatefile', () => Fn.templatefile('m.asl.json', { a: 1 }), '${templatefile("m.asl.json"'],
    ['a variable', (scope) => new TerraformVariable(scope, 'v', {}).stringValue, '${var.v}'],
  ])('%s is accepted with a warning', (_, definition, written) => {
    let warnings: unknown[] = [];
    const { resource } = synthesized((scope, deployment) => {
      const machine = new StateMachine(scope, 'm', { name: 'm', definition: definition(scope), deployment });
      expect(machine.node.validate()).toEqual([]);
      warnings = machine.node.metadata.filter(({ type }) => type === AnnotationMetadataEntryType.WARN);
    });
    expect(String(resource.aws_sfn_state_machine?.m?.definition)).toContain(written);
    expect(warnings).toMatchObject([
      { data: expect.stringMatching(/^Only Terraform knows the definition\..*not checked/) },
    ]);
  });

  test('a text without a token is refused', () => {
    expect(faultsOf(() => JSON.stringify(pass(1)))).toEqual([expect.stringContaining('JSON.parse')]);
  });
});

test('a likely mistake in a definition is a warning', () => {
  let warnings: unknown[] = [];
  synthesized((scope, deployment) => {
    const definition = defineStateMachine({
      StartAt: 'A',
      States: { A: { Type: 'Pass', Parameters: { 'id.$': '$orderId' }, End: true } },
    });
    const machine = new StateMachine(scope, 'm', { name: 'm', definition, deployment });
    expect(machine.node.validate()).toEqual([]);
    warnings = machine.node.metadata.filter(({ type }) => type === AnnotationMetadataEntryType.WARN);
  });
  expect(warnings).toMatchObject([
    { data: expect.stringContaining('/States/A/Parameters/id.$: No state assigns the variable "$orderId"') },
  ]);
});

test('a reference to another stack is an output of that stack', () => {
  const app = Testing.app();
  const one = new TerraformStack(app, 'one');
  const two = new TerraformStack(app, 'two');
  const role = new IamRole(one, 'role', { assumeRolePolicy: '{}' });
  const deployment = { region: 'eu-west-1', arn: () => 'arn' } as unknown as Deployment;
  const definition = pass([role.maxSessionDuration]) as unknown as StateMachineProps['definition'];
  new StateMachine(two, 'm', { name: 'm', definition, deployment });
  for (const stack of [one, two]) stack.prepareStack();
  const { definition: text } = JSON.parse(Testing.synth(two)).resource.aws_sfn_state_machine.m;
  expect(text).toMatch(/\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+\}/);
});

test('in the testing kit, the definition is what Fn.jsonencode makes of it, and runs', async () => {
  const folder = Testing.fullSynth(new TokenStack(Testing.app(), 'tokens'));
  const [typed, plain] = await Promise.all(
    ['typed', 'plain'].map((stateMachine) => deployStack(folder, { stateMachine })),
  );
  const definitionOf = ({ account, stateMachineArn }: Workflow) =>
    JSON.parse(account.states.describeStateMachine({ stateMachineArn }).definition);
  expect(definitionOf(typed as Workflow)).toEqual(definitionOf(plain as Workflow));
  expect((await typed?.run({ days: 7 }))?.output).toMatchObject({ days: 7, tags: { stage: 'test' } });
  for (const workflow of [typed, plain]) await workflow?.close();
});

test("in the testing kit, a text has the stand-in's text, and a number or a list has the value that is given", async () => {
  const stack = new TerraformStack(Testing.app(), 'others');
  new AwsProvider(stack, 'aws', { region: 'us-east-1' });
  const deployment = new Deployment(stack, 'current', { region: 'us-east-1' });
  const queue = new SqsQueue(stack, 'q', { visibilityTimeoutSeconds: 30 });
  const subnets = new DataAwsSubnets(stack, 'n', {});
  new StateMachine(stack, 'm', {
    name: 'm',
    deployment,
    definition: defineStateMachine({
      StartAt: 'A',
      States: {
        A: {
          Type: 'Pass',
          Result: {
            url: queue.url,
            seconds: queue.visibilityTimeoutSeconds,
            first: Fn.element(subnets.ids, 0),
          },
          End: true,
        },
      },
    }),
  });
  const workflow = await deployStack(Testing.fullSynth(stack));
  expect((await workflow.run()).output).toEqual({
    url: expect.stringContaining('q'),
    seconds: 30,
    first: expect.any(String),
  });
});
