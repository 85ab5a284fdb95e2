import { objectOf } from '../asl/graph';
import { didYouMeanOneOf } from '../did-you-mean';
import { invalidJson } from '../json-fault';
import type { StatesRequest } from '../local-aws/step-functions/requests';
import { UserError } from '../user-error';
import { readUserFile } from '../user-file';
import { type Command, listOf, type Option, textOf, type Values } from './command';
import { connectionsOption, readConnections } from './connections';
import { showNotices } from './definition-machine';
import { machineOptions, substitutions } from './machine';
import { createTerminal, Progress } from './terminal';
import { renderTestedState } from './terminal/tested-state';

const LEVELS = ['INFO', 'DEBUG', 'TRACE'] as const;

const json = (description: string): Option => ({ type: 'string', value: 'JSON', description });

/** Runs one state alone, as AWS's TestState does. */
export const testState: Command = {
  usage: 'statewright test-state --definition FILE',
  description: "Runs one state alone, as AWS's TestState does, and prints its result.",
  options: {
    definition: {
      type: 'string',
      value: 'FILE',
      description: 'A state, or a definition or template with a state machine (JSON or YAML)',
    },
    state: { type: 'string', value: 'NAME', description: 'The state of a state machine, at any depth' },
    input: json('The input of the state, or file://PATH (default: {})'),
    mock: json('In place of its work: {"result": …} or {"errorOutput": {"error": …, "cause": …}}'),
    variables: json('The workflow variables, by name'),
    context: json('The context object; only with --mock'),
    'state-configuration': json('Its earlier attempts, such as {"retrierRetryCount": 1}'),
    'inspection-level': {
      type: 'string',
      value: 'LEVEL',
      description: `${LEVELS.join(', ')} (default: DEBUG); TRACE shows the request of an HTTP Task`,
    },
    'reveal-secrets': {
      type: 'boolean',
      description: 'With TRACE: also shows what the connection adds to the request',
    },
    connections: connectionsOption,
    substitution: machineOptions.substitution as Option,
    'state-machine': machineOptions['state-machine'] as Option,
    json: { type: 'boolean', description: 'Prints the result alone, as `aws stepfunctions test-state` does' },
  },
  notes: [
    [
      'A Task, a Parallel and a Map need a mock; an HTTP Task without one calls its endpoint. Time is simulated. JSON can be',
      'in a file: file://PATH.',
    ].join('\n'),
    [
      '  statewright test-state --definition states.json --state Test --mock \'{"result": {"id": 7}}\'',
      '  statewright test-state --definition states.json --state Test --mock \'{"errorOutput": {"error": "TestError"}}\'',
    ].join('\n'),
    'The exit code is 1 when the state fails. An error that is caught or retried is not a failure.',
  ],
  async run(values) {
    const { runTest } =
      require('../testing/state-test/run-test') as typeof import('../testing/state-test/run-test');
    const request = requestOf(values);
    const connections = textOf(values.connections);
    const tested = await refusedAsUserError(() =>
      runTest(request, {
        startTime: new Date(),
        ...(connections !== undefined && { connections: readConnections(connections) }),
      }),
    );
    const terminal = createTerminal();
    terminal.write(
      values.json
        ? `${JSON.stringify(tested, null, 2)}\n`
        : renderTestedState(tested, request.stateName, terminal),
    );
    return tested.status === 'FAILED' ? 1 : 0;
  },
};

function requestOf(values: Values): StatesRequest<'TestState'> {
  const file = textOf(values.definition);
  if (file === undefined) {
    throw new UserError(
      'The definition is missing.',
      'Add --definition FILE, such as: --definition states.json',
    );
  }
  const { definition, notices } = read(file, values);
  showNotices(notices, new Progress(createTerminal({ stream: process.stderr })));
  const stateName = textOf(values.state);
  const given = (name: string) => jsonOption(name, values);
  const [input, variables, context, mock, configuration] = [
    given('input'),
    given('variables'),
    given('context'),
    given('mock'),
    given('state-configuration'),
  ];
  return {
    definition: JSON.stringify(definition),
    inspectionLevel: levelOf(values),
    ...(stateName !== undefined && { stateName }),
    ...(input !== undefined && { input }),
    ...(variables !== undefined && { variables }),
    ...(context !== undefined && { context }),
    ...(mock !== undefined && { mock: mockOf(mock) }),
    ...(configuration !== undefined && { stateConfiguration: configurationOf(configuration) }),
    ...(values['reveal-secrets'] === true && { revealSecrets: true }),
  };
}

function read(file: string, values: Values) {
  const { machineInFile, stateInFile } = require('../definitions') as typeof import('../definitions');
  const given = substitutions(listOf(values.substitution));
  return stateInFile(file, given) ?? machineInFile(file, given, textOf(values['state-machine']));
}

function levelOf(values: Values): (typeof LEVELS)[number] {
  const given = textOf(values['inspection-level']) ?? 'DEBUG';
  const level = LEVELS.find((each) => each === given.toUpperCase());
  if (level) return level;
  throw new UserError(`"${given}" is not an inspection level.`, didYouMeanOneOf(given, LEVELS));
}

/** The JSON text of an option, or of the file that it names. */
function jsonOption(name: string, values: Values): string | undefined {
  const value = textOf(values[name]);
  if (value === undefined) return undefined;
  const text = value.startsWith('file://') ? readUserFile(value.slice('file://'.length)) : value;
  const problem = invalidJson(`The value of --${name}`, text);
  if (problem === undefined) return text;
  throw new UserError(
    problem,
    `Quote it for the shell: --${name} '{"id": 1}', or name a file: --${name} file://PATH`,
  );
}

/** As in the AWS CLI, a result may be JSON text; here it may also be the value itself. */
function mockOf(text: string): NonNullable<StatesRequest<'TestState'>['mock']> {
  const { result, ...mock } = fieldsOf('mock', text, ['result', 'errorOutput', 'fieldValidationMode']);
  if (result === undefined) return mock;
  if (typeof result !== 'string') return { ...mock, result: JSON.stringify(result) };
  const problem = invalidJson('The result of --mock', result);
  if (problem === undefined) return { ...mock, result };
  const quoted = JSON.stringify({ result: JSON.stringify(result) });
  throw new UserError(
    problem,
    `In quotes it is JSON text, as for AWS. For a text as the result: --mock '${quoted}'`,
  );
}

function configurationOf(text: string): NonNullable<StatesRequest<'TestState'>['stateConfiguration']> {
  const names = ['retrierRetryCount', 'errorCausedByState', 'mapIterationFailureCount', 'mapItemReaderData'];
  const { mapItemReaderData: data, ...configuration } = fieldsOf('state-configuration', text, names);
  if (data === undefined) return configuration;
  return { ...configuration, mapItemReaderData: typeof data === 'string' ? data : JSON.stringify(data) };
}

function fieldsOf(option: string, text: string, names: readonly string[]): Readonly<Record<string, unknown>> {
  const fields = objectOf(JSON.parse(text));
  if (!fields)
    throw new UserError(`The value of --${option} must be an object.`, `Its fields: ${names.join(', ')}.`);
  const unknown = Object.keys(fields).find((name) => !names.includes(name));
  if (unknown === undefined) return fields;
  throw new UserError(`--${option} has the unknown field "${unknown}".`, didYouMeanOneOf(unknown, names));
}

/** What TestState refuses is for the user to fix. */
export async function refusedAsUserError<T>(run: () => Promise<T>): Promise<T> {
  const { AwsError } = require('../local-aws/aws-error') as typeof import('../local-aws/aws-error');
  try {
    return await run();
  } catch (error) {
    if (error instanceof AwsError) throw new UserError(`${error.code}: ${error.message}`);
    throw error;
  }
}
