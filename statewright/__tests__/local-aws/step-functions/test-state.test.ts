/** TestState: what it answers at each level, and what it refuses. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SystemClock } from '../../../src/engine';
import { Account } from '../../../src/local-aws/account';
import { requestedAccess } from '../../../src/local-aws/http/requested-resource';
import type { StatesRequest } from '../../../src/local-aws/step-functions/requests';
import { allow, answering, functionArn, machineRole, statesHarness } from './harness';

type Request = Omit<StatesRequest<'TestState'>, 'definition'>;

const pass = { Type: 'Pass', End: true };
const task = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'f' },
  End: true,
};
const branch = { StartAt: 'A', States: { A: pass } };
const parallel = { Type: 'Parallel', Branches: [branch, { StartAt: 'B', States: { B: pass } }], End: true };
const map = { Type: 'Map', ItemProcessor: branch, End: true };
const machine = { StartAt: 'One', States: { One: pass } };

const testState = (definition: object | string, request: Request = {}) =>
  statesHarness().states.testState({
    definition: typeof definition === 'string' ? definition : JSON.stringify(definition),
    ...request,
  });

test('INFO shows the output, DEBUG and TRACE also the data flow', async () => {
  const result = { output: '{"a":1}', status: 'SUCCEEDED' };
  const input = '{"a":1}';
  expect(await testState(pass, { input })).toEqual(result);
  for (const inspectionLevel of ['DEBUG', 'TRACE'] as const) {
    expect(await testState(pass, { input, inspectionLevel })).toEqual({
      ...result,
      inspectionData: {
        input,
        afterInputPath: input,
        afterParameters: input,
        afterResultSelector: input,
        afterResultPath: input,
      },
    });
  }
});

test('a Task without a mock is called with its role', async () => {
  const { states, invocations } = statesHarness(answering('{"x":1}'), { clock: new SystemClock() });
  const definition = JSON.stringify({ Type: 'Task', Resource: functionArn, End: true });
  expect(await states.testState({ definition, roleArn: machineRole, input: '5' })).toEqual({
    output: '{"x":1}',
    status: 'SUCCEEDED',
  });
  expect(invocations).toMatchObject([{ FunctionName: functionArn, Payload: '5' }]);
});

describe('a Wait in the console', () => {
  const tested = (wait: object) => {
    const { states } = statesHarness(undefined, { clock: new SystemClock() });
    const definition = JSON.stringify({
      StartAt: 'Rest',
      States: { Rest: { Type: 'Wait', ...wait, End: true } },
    });
    const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';
    return states.testStateOf(stateMachineArn, { definition, stateName: 'Rest', input: '{"for":299}' });
  };

  test('takes no time', async () => {
    expect(await tested({ SecondsPath: '$.for' })).toEqual({ status: 'SUCCEEDED', output: '{"for":299}' });
  });

  test('has a timeout after five minutes, as on AWS', async () => {
    expect(await tested({ Seconds: 301 })).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });
});

const mocked = (result: string): Request => ({ mock: { result } });
const failing: Request = { mock: { errorOutput: { error: 'E' } } };
const unsupported =
  'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]';

test.each<[string, object | string, Request, string, string]>([
  [
    'a mock of a Pass',
    pass,
    mocked('{}'),
    'ValidationException',
    "State type 'Pass' is not supported when a mock is specified",
  ],
  ['a Map without a mock', map, {}, 'InvalidDefinition', unsupported],
  ['a Parallel without a mock', parallel, {}, 'InvalidDefinition', unsupported],
  [
    'a Task without a role',
    task,
    {},
    'ValidationException',
    'RoleArn must be specified when testing a Task state',
  ],
  [
    'a callback without a mock',
    {
      ...task,
      Resource: `${task.Resource}.waitForTaskToken`,
      Parameters: { FunctionName: 'f', Payload: { 'token.$': '$$.Task.Token' } },
    },
    {},
    'InvalidDefinition',
    "TestState API does not support '.sync' or '.waitForTaskToken' integration patterns.",
  ],
  [
    'a result and an error',
    task,
    { mock: { result: '{}', errorOutput: { error: 'E' } } },
    'ValidationException',
    'A test mock should have only one of the following fields: [result, errorOutput].',
  ],
  [
    'a result that is not JSON',
    task,
    mocked('text'),
    'ValidationException',
    'Mocked result must be valid JSON',
  ],
  [
    'a result that the API cannot return',
    task,
    mocked('{"StatusCode":"200"}'),
    'ValidationException',
    "Mock result schema validation error: Field 'StatusCode' must be a number",
  ],
  [
    'secrets with a mock',
    task,
    { ...mocked('{}'), revealSecrets: true },
    'ValidationException',
    'TestState does not support RevealSecrets when a mock is specified.',
  ],
  [
    'one result of a Parallel',
    parallel,
    mocked('{}'),
    'ValidationException',
    'Mocked result must be an array.',
  ],
  [
    'too few results of a Parallel',
    parallel,
    mocked('[1]'),
    'ValidationException',
    'Mocked result must contain the same number of items as number of Parallel branches.',
  ],
  [
    'a context object with an unknown field',
    task,
    { ...mocked('{}'), context: '{"Execution":{"pokemon":1}}' },
    'ValidationException',
    "Invalid Context object provided: Field 'pokemon' is not allowed",
  ],
  [
    'a context object of the wrong type',
    task,
    { ...mocked('{}'), context: '{"State":{"RetryCount":"1"}}' },
    'ValidationException',
    'Invalid Context object provided: State.RetryCount must be a number',
  ],
  ['an unknown state', machine, { stateName: 'Two' }, 'ValidationException', 'State not found in definition'],
  [
    'an error of an unknown state',
    parallel,
    { ...failing, stateConfiguration: { errorCausedByState: 'C' } },
    'ValidationException',
    'State not found in definition',
  ],
  [
    'a state that is not valid',
    { ...parallel, Branches: [] },
    mocked('[]'),
    'InvalidDefinition',
    "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/StateName/Branches'",
  ],
  [
    'an input that is not JSON',
    pass,
    { input: '{' },
    'InvalidExecutionInput',
    'Invalid State Machine Execution Input',
  ],
  [
    'a role that is not one',
    pass,
    { roleArn: 'arn:aws:s3:::b' },
    'InvalidArn',
    "Invalid Role Arn: 'arn:aws:s3:::b'",
  ],
  [
    'an empty name',
    machine,
    { stateName: '' },
    'ValidationException',
    "1 validation error detected: Value at 'stateName' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
])('refuses %s', async (_what, definition, request, code, message) => {
  await expect(testState(definition, request)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});

test('fieldValidationMode NONE takes any result', async () => {
  const mock = { result: '{"StatusCode":"200"}', fieldValidationMode: 'NONE' } as const;
  expect(await testState(task, { mock })).toMatchObject({ status: 'SUCCEEDED' });
});

describe('TRACE of an HTTP Task', () => {
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}'),
  );
  beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
  afterAll(() => new Promise((closed) => server.close(closed)));

  const trace = async (more: Request = {}) => {
    const connections = () => ({
      ApiKeyAuthParameters: { ApiKeyName: 'x-key', ApiKeyValue: 'secret' },
      InvocationHttpParameters: { QueryStringParameters: [{ Key: 'hidden', Value: '1' }] },
    });
    const { iam, states } = statesHarness(
      undefined,
      { clock: new SystemClock() },
      [],
      undefined,
      connections,
    );
    allow(iam, '*', '*');
    const Parameters = {
      Method: 'POST',
      ApiEndpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pay`,
      Authentication: { ConnectionArn: 'arn:aws:events:us-east-1:123456789012:connection/payments/1' },
      RequestBody: { a: 1 },
    };
    const definition = { Type: 'Task', Resource: 'arn:aws:states:::http:invoke', Parameters, End: true };
    const request = { definition: JSON.stringify(definition), roleArn: machineRole, ...more };
    return states.testState({ inspectionLevel: 'TRACE', ...request });
  };

  test('shows the request without secrets, and the response', async () => {
    const { status, inspectionData: { request, response } = {} } = await trace();
    expect(status).toBe('SUCCEEDED');
    expect(request).toMatchObject({ protocol: 'http', method: 'POST', body: '{"a":1}' });
    expect(request?.url).toMatch(/\/pay$/);
    expect(request?.headers).toMatch(
      /^\[content-type: application\/json, .*user-agent: Amazon\|StepFunctions/,
    );
    expect(JSON.stringify(request)).not.toContain('secret');
    expect(response).toMatchObject({ statusCode: '200', statusMessage: 'OK', body: '{"ok":true}' });
    expect(response?.headers).toContain('content-type: application/json');
  });

  test('shows what the connection adds with revealSecrets', async () => {
    const { inspectionData: { request } = {} } = await trace({ revealSecrets: true });
    expect(request?.headers).toContain('x-key: secret');
    expect(request?.url).toMatch(/\/pay\?hidden=1$/);
  });

  test('has no request at DEBUG', async () => {
    const { inspectionData } = await trace({ inspectionLevel: 'DEBUG' });
    expect(inspectionData).not.toHaveProperty('request');
  });
});

test('a caller needs permission for the test, for passing the role and for secrets', async () => {
  const account = new Account();
  const members = { definition: '{}', roleArn: machineRole, revealSecrets: true };
  const access = requestedAccess({ account, region: 'us-east-1' }, 'states', 'TestState', members);
  expect(access).toEqual([
    { action: 'states:TestState', resource: '*' },
    {
      action: 'iam:PassRole',
      resource: machineRole,
      conditions: { 'iam:PassedToService': 'states.amazonaws.com' },
    },
    { action: 'states:RevealSecrets', resource: '*' },
  ]);
  await account.close();
});
