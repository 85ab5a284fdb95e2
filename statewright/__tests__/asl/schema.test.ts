/** The JSON Schema of a definition, which editors use, agrees with the validation. */
import Ajv from 'ajv';
import fc from 'fast-check';
import { withDescriptions } from '../../asl-schema.cjs';
import type { Diagnostic } from '../../src/asl';
import { stateMachineSchema, validateStateMachine } from '../../src/asl/validate';
import { isObject } from '../../src/is-object';
import { samples } from '../machines';
import { stateMachine } from './arbitrary-state-machine';
import { jsonata, jsonPath } from './whole-language.types';

const schema = withDescriptions(stateMachineSchema()) as {
  readonly definitions: Readonly<Record<string, Described>>;
};
interface Described {
  readonly properties?: Readonly<Record<string, Described>>;
  readonly description?: string;
}
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
const accepts = ajv.compile(schema);

const errorsOf = (definition: unknown) =>
  validateStateMachine(definition).filter(({ severity }) => severity === 'ERROR');

/** Where the schema finds faults, without those that follow from an `if` or an alternative. */
function faultsOf(definition: unknown): string[] {
  accepts(definition);
  return (accepts.errors ?? [])
    .filter(({ keyword }) => !['if', 'anyOf', 'oneOf'].includes(keyword))
    .map(({ instancePath, message, params }) =>
      `${instancePath} ${message} ${params.additionalProperty ?? ''}`.trim(),
    );
}

const one = (state: object, machine: object = {}) => ({ ...machine, StartAt: 'A', States: { A: state } });
const task = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:111122223333:function:f', End: true };

test('every part of the language is accepted', () => {
  const whole: [string, unknown][] = [
    ...Object.entries({ jsonPath, jsonata }),
    ...Object.entries(samples).map(([name, { definition }]): [string, unknown] => [name, definition]),
  ];
  const refused = whole.filter(([, each]) => errorsOf(each).length === 0 && !accepts(each));
  expect(refused.map(([name, each]) => [name, faultsOf(each)])).toEqual([]);
});

/** A value of a definition, by the keys and indexes that lead to it. */
type Path = readonly (string | number)[];

function* pathsIn(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    yield* pathsIn((value as Record<string, unknown>)[key], [
      ...path,
      Array.isArray(value) ? Number(key) : key,
    ]);
  }
}

/** A copy with another value at a path; without the field if the value is undefined. */
function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  const made = changed(copy[key], rest, to);
  if (made !== undefined) copy[key] = made;
  else if (Array.isArray(copy)) copy.splice(key as number, 1);
  else delete copy[key];
  return copy;
}

const wrongValues = fc.constantFrom<unknown>(undefined, null, true, -1, 0.5, 7, '', 'x', [], {}, [7], {
  a: 7,
});

/** A state machine with a fault: a value of another type, a field that is missing, or one that does not exist. */
const faulty = stateMachine.chain((machine) => {
  const paths = [...pathsIn(machine)];
  return fc
    .tuple(fc.constantFrom(...paths), fc.oneof(wrongValues, fc.constant('unknown field')))
    .map(([path, value]) => {
      if (value !== 'unknown field') return changed(machine, path, value);
      const at = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], machine);
      return isObject(at) ? changed(machine, [...path, 'Unknown'], 1) : machine;
    });
});

/** What the schema does not say: a Mode that is not DISTRIBUTED may be a placeholder. */
const NOT_SAID = /\/ProcessorConfig$/;

/** Errors about a field that does not exist, one that is missing, and a value of the wrong type. */
const isAboutForm = ({ message, location }: Diagnostic) =>
  /^(?:Field '.*' is not supported|Expected value of type|These fields are required|The field)/.test(
    message,
  ) && !NOT_SAID.test(location);

test('the schema accepts what has no error, and refuses fields and types that the validation refuses', () => {
  let [accepted, refused] = [0, 0];
  fc.assert(
    fc.property(faulty, (definition) => {
      const errors = errorsOf(definition);
      if (errors.length === 0) {
        expect(faultsOf(definition)).toEqual([]);
        accepted++;
      }
      const ofForm = errors.filter(isAboutForm);
      if (ofForm.length > 0) {
        expect({ ofForm, isAccepted: accepts(definition) }).toMatchObject({ isAccepted: false });
        refused++;
      }
    }),
  );
  expect(Math.min(accepted, refused)).toBeGreaterThan(5);
});

test.each<[title: string, definition: object, faults: string[]]>([
  ['a misspelt field', one({ ...task, Nxt: 'A' }), ['/States/A must NOT have additional properties Nxt']],
  [
    'Next and End',
    one({ ...task, Next: 'A' }),
    ['/States/A/End boolean schema is false', '/States/A/Next boolean schema is false'],
  ],
  [
    'a field of the other query language',
    one({ ...task, Output: 1 }),
    ['/States/A must NOT have additional properties Output'],
  ],
  ["the state's own query language", one({ ...task, QueryLanguage: 'JSONata', Output: 1 }), []],
  [
    "the state machine's query language",
    one({ ...task, Parameters: {} }, { QueryLanguage: 'JSONata' }),
    ['/States/A must NOT have additional properties Parameters'],
  ],
  [
    'a query language that the state machine excludes',
    one({ ...task, QueryLanguage: 'JSONPath' }, { QueryLanguage: 'JSONata' }),
    ['/States/A/QueryLanguage must be equal to constant'],
  ],
  [
    'a number out of its range',
    one({ ...task, TimeoutSeconds: 0 }),
    ['/States/A/TimeoutSeconds must be >= 1'],
  ],
  [
    'a text that is not a path',
    one({ ...task, Parameters: { deep: [{ 'x.$': 'y' }] } }),
    [expect.stringMatching(/^\/States\/A\/Parameters\/deep\/0\/x\.\$ must match pattern .*States.*UUID/)],
  ],
  [
    'an empty list',
    one({ ...task, Retry: [{ ErrorEquals: [] }] }),
    ['/States/A/Retry/0/ErrorEquals must NOT have fewer than 1 items'],
  ],
  ['an unknown type', one({ Type: 'Tsk' }), ['/States/A/Type must be equal to one of the allowed values']],
  [
    'a $schema, which AWS refuses',
    { ...one(task), $schema: 'x' },
    ['must NOT have additional properties $schema'],
  ],
])('%s is shown at its place', (_, definition, faults) => {
  expect(faultsOf(definition)).toEqual(faults);
});

describe('the schema refuses', () => {
  const called = (Resource: string, request?: object, state = {}) =>
    one({
      ...task,
      Resource: `arn:aws:states:::${Resource}`,
      ...(request && { Parameters: request }),
      ...state,
    });
  const rule = (test: object) => one({ Type: 'Choice', Choices: [{ ...test, Next: 'B' }] });
  const map = (fields: object, ProcessorConfig: object = { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' }) =>
    one({
      Type: 'Map',
      ItemProcessor: { ProcessorConfig, ...one(task) },
      End: true,
      ...fields,
    });
  const reader = (ReaderConfig: object) =>
    map({ ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: {}, ReaderConfig } });

  test.each<[string, object]>([
    ['an action that does not exist', called('sqs:sendMesage', { QueueUrl: 'q', MessageBody: 'b' })],
    [
      'a pattern that the service does not have',
      called('sqs:sendMessage.sync', { QueueUrl: 'q', MessageBody: 'b' }),
    ],
    [
      'an action of an AWS SDK integration in Pascal case',
      called('aws-sdk:s3:GetObject', { Bucket: 'b', Key: 'k' }),
    ],
    [
      'a field of an AWS SDK integration in camel case',
      called('aws-sdk:s3:getObject', { bucket: 'b', Key: 'k' }),
    ],
    ['a request without a required field', called('sqs:sendMessage', { 'MessageBody.$': '$' })],
    [
      'a field that the service does not know',
      called('sqs:sendMessage', { QueueUrl: 'q', MessageBody: 'b', Delay: 1 }),
    ],
    ['an integration without a request', called('sqs:sendMessage')],
    ['an ARN that a Task cannot call', one({ ...task, Resource: 'arn:aws:sns:us-east-1:111122223333:t' })],
    ['End: false', one({ ...task, End: false })],
    ['a rule without an operator', rule({ Variable: '$.a' })],
    ['a rule with two operators', rule({ Variable: '$.a', IsNull: true, IsString: true })],
    ['a variable name with a hyphen', one({ ...task, Assign: { 'order-id.$': '$.id' } })],
    ['the reserved variable', one({ ...task, Assign: { 'states.$': '$.id' } })],
    ['States.ALL with other names', one({ ...task, Retry: [{ ErrorEquals: ['States.ALL', 'E'] }] })],
    ['an intrinsic function that does not exist', one({ ...task, Parameters: { 'a.$': 'States.Formt(1)' } })],
    ['a result in a variable', one({ ...task, ResultPath: '$a' })],
    ['a distributed Map without an ExecutionType', map({}, { Mode: 'DISTRIBUTED' })],
    ['a field of a distributed Map in an inline one', map({ Label: 'l' }, { Mode: 'INLINE' })],
    ['CSV without CSVHeaderLocation', reader({ InputType: 'CSV' })],
    ['a batch without a limit', map({ ItemBatcher: { BatchInput: {} } })],
    ['a writer without a bucket', map({ ResultWriter: { Resource: 'arn:aws:states:::s3:putObject' } })],
  ])('%s', (_, definition) => {
    expect(errorsOf(definition)).not.toEqual([]);
    expect(faultsOf(definition)).not.toEqual([]);
  });

  test.each<[string, object]>([
    ['a path in a required field', called('sqs:sendMessage', { 'QueueUrl.$': '$.q', MessageBody: { a: 1 } })],
    [
      'an expression as the request',
      called('sqs:sendMessage', undefined, { QueryLanguage: 'JSONata', Arguments: '{% $a %}' }),
    ],
    ['a service that is newer than the schema', called('newservice:doIt.sync', {})],
    [
      'names of the user inside a field',
      called('aws-sdk:dynamodb:getItem', { TableName: 't', Key: { id: {} } }),
    ],
    ['a variable of JSONPath', one({ ...task, Assign: { '\u00e9t\u00e9.$': '$.id', statesOf: 1 } })],
    ['blanks before a path', one({ ...task, Parameters: { 'a.$': ' $.a' } })],
  ])('not %s', (_, definition) => {
    expect(errorsOf(definition)).toEqual([]);
    expect(faultsOf(definition)).toEqual([]);
  });
});

// biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder
const placeholder = '${Placeholder}';

test('a placeholder, which Terraform or SAM fill in, is accepted in every text', () => {
  const wait = { Type: 'Wait', Timestamp: placeholder, End: true };
  expect(faultsOf(one(wait))).toEqual([]);
  const filled = {
    ...task,
    Resource: placeholder,
    Retry: [{ ErrorEquals: ['E'], JitterStrategy: placeholder }],
  };
  expect(faultsOf(one(filled))).toEqual([]);
});

test('fields have the docstrings of their types', () => {
  const described = (definition: string, field: string) =>
    schema.definitions[definition]?.properties?.[field]?.description;
  expect(described('JSONPath.Task', 'Next')).toMatch(/^The next state, in the same scope/);
  expect(described('JSONata.Catcher', 'Next')).toMatch(/^The next state after the error/);
  expect(described('JSONPath.Map', 'ItemSelector')).toContain('`$$.Map.Item.Value`');
  expect(described('mixed.Map', 'ItemSelector')).toContain('`$states.context.Map.Item.Value`');
  expect(described('JSONPath.Wait', 'Type')).toMatch(/^Waits for some seconds/);
  const without = Object.entries(schema.definitions).flatMap(([name, { properties = {} }]) =>
    Object.entries(properties).flatMap(([field, { description }]) =>
      description === undefined ? [`${name} ${field}`] : [],
    ),
  );
  // The operators of a Choice say what they do by their names.
  const operators = /^JSONPath\.Choice(?:Rule|Test) (?:String|Numeric|Timestamp|Boolean|Is)/;
  const others = /^\S+\.(?:State Type|State QueryLanguage|Role RoleArn|ProcessorConfig \w+)$/;
  expect(without.filter((each) => !operators.test(each) && !others.test(each))).toEqual([]);
});
