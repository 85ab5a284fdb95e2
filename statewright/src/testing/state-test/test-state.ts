import type { StateMachine } from '../../asl';
import type { StatesRequest } from '../../local-aws/step-functions/requests';
import { atCallSite } from '../call-site';
import { checkOptions, type OptionNames } from '../options';
import { type RunTestOptions, runTest, TestStateError } from './run-test';
import { TestedState } from './tested-state';

/** What takes the place of a state's work. */
export type StateMock = (
  | { /** Any JSON value: what the call, the branches or the iterations return. */ readonly result: unknown }
  | { readonly errorOutput: { readonly error: string; readonly cause?: string } }
) & {
  /**
   * How the result is checked against the model of the service's API, which the client `@aws-sdk/client-…` has.
   * STRICT (default): all required fields are there, and have the API's types. PRESENT: only the types. NONE: not at all.
   */
  readonly fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE';
};

/** The options of `testState`: the members of AWS's TestState, with values in place of JSON texts. */
export interface TestStateOptions {
  /** Any JSON value (default: `{}`). */
  readonly input?: unknown;
  /** The workflow variables, by name. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The context object; only with a mock (default: that of a new execution). */
  readonly context?: object;
  /** Needed for a Parallel, a Map and a Task; an HTTP Task without one calls its endpoint. */
  readonly mock?: StateMock;
  /** What happened before: retries, and failed iterations of a Map. */
  readonly stateConfiguration?: {
    /** How many retries there were before. */
    readonly retrierRetryCount?: number;
    /** The state inside a Parallel or a Map that the mocked error comes from. */
    readonly errorCausedByState?: string;
    /** How many iterations of a Map have failed. */
    readonly mapIterationFailureCount?: number;
    /** What the ItemReader of a Map reads: the text of the file, or a JSON value. */
    readonly mapItemReaderData?: unknown;
  };
  /** Default: DEBUG. TRACE adds the request and the response of an HTTP Task. */
  readonly inspectionLevel?: 'INFO' | 'DEBUG' | 'TRACE';
  /** With TRACE, also shows what the connection of an HTTP Task adds to its request. */
  readonly revealSecrets?: boolean;
  /** The connections of HTTP Tasks by name: `AuthParameters` as EventBridge's CreateConnection takes them. */
  readonly connections?: Readonly<Record<string, object>>;
  /** The seed of random numbers and UUIDs (default: the same on every run). */
  readonly seed?: number;
  /** The simulated time at the start (default: 2024-01-01T00:00:00Z). */
  readonly startTime?: Date;
}

type Configuration = NonNullable<TestStateOptions['stateConfiguration']>;

const OPTIONS: OptionNames<TestStateOptions & { readonly stateName: string }> = {
  stateName: true,
  input: true,
  variables: true,
  context: true,
  mock: true,
  stateConfiguration: true,
  inspectionLevel: true,
  revealSecrets: true,
  connections: true,
  seed: true,
  startTime: true,
};
const MOCK = { result: true, errorOutput: true, fieldValidationMode: true } as const;
const ERROR_OUTPUT = { error: true, cause: true } as const;
const CONFIGURATION: OptionNames<Configuration> = {
  retrierRetryCount: true,
  errorCausedByState: true,
  mapIterationFailureCount: true,
  mapItemReaderData: true,
};

/** Suggests the names of a definition's states, and takes any other: a state inside a Parallel or a Map. */
type NameIn<N extends string> = N | (string & Record<never, never>);

/**
 * Runs one state without an execution, as AWS's TestState does, in simulated time.
 *
 * @param definition a state machine, typed or any object in the Amazon States Language, or a state alone
 * @param options `stateName`: the state of a state machine, at any depth
 * @throws TestStateError; UnknownOptionError; AwsError for what TestState refuses, such as a result that the API could not return
 */
export function testState<N extends string>(
  definition: StateMachine<N>,
  options: TestStateOptions & { readonly stateName: NameIn<NoInfer<N>> },
): Promise<TestedState>;
export function testState<M extends { readonly States: object }>(
  definition: M,
  options: TestStateOptions & { readonly stateName: string },
): Promise<TestedState>;
export function testState<S extends object>(
  // A state machine needs the name of a state.
  definition: S extends { readonly States: object } ? never : S,
  options?: TestStateOptions & { readonly stateName?: string },
): Promise<TestedState>;
export async function testState(
  definition: object,
  options: TestStateOptions & { readonly stateName?: string } = {},
): Promise<TestedState> {
  return atCallSite(testState as never, async () => {
    checkAll(options);
    return new TestedState(await runTest(requestOf(definition, options), runOptionsOf(options)));
  });
}

/** @throws UnknownOptionError */
function checkAll(options: TestStateOptions): void {
  checkOptions('testState', options, OPTIONS);
  const { mock, stateConfiguration = {} } = options;
  checkOptions('The mock of testState', mock ?? {}, MOCK);
  checkOptions(
    'The errorOutput of a mock',
    (mock && 'errorOutput' in mock && mock.errorOutput) || {},
    ERROR_OUTPUT,
  );
  checkOptions('The stateConfiguration of testState', stateConfiguration, CONFIGURATION);
}

/** The request of TestState. @throws TestStateError for what is not a JSON value */
export function requestOf(
  definition: object,
  options: TestStateOptions & { readonly stateName?: string },
): StatesRequest<'TestState'> {
  const { input, variables, context, mock, stateConfiguration, stateName, revealSecrets } = options;
  const { mapItemReaderData: data, ...configuration } = stateConfiguration ?? {};
  return {
    definition: jsonOf('definition', definition),
    inspectionLevel: options.inspectionLevel ?? 'DEBUG',
    ...(input !== undefined && { input: jsonOf('input', input) }),
    ...(variables && { variables: jsonOf('variables', variables) }),
    ...(context && { context: jsonOf('context', context) }),
    ...(mock && { mock: mockOf(mock) }),
    ...(stateName !== undefined && { stateName }),
    ...(revealSecrets !== undefined && { revealSecrets }),
    stateConfiguration: {
      ...configuration,
      ...(data !== undefined && {
        mapItemReaderData: typeof data === 'string' ? data : jsonOf('mapItemReaderData', data),
      }),
    },
  };
}

function mockOf({
  fieldValidationMode,
  ...mock
}: StateMock): NonNullable<StatesRequest<'TestState'>['mock']> {
  return {
    ...('result' in mock && mock.result !== undefined && { result: jsonOf('result', mock.result) }),
    ...('errorOutput' in mock && mock.errorOutput && { errorOutput: mock.errorOutput }),
    ...(fieldValidationMode && { fieldValidationMode }),
  };
}

const runOptionsOf = ({ connections, seed, startTime }: TestStateOptions): RunTestOptions => ({
  seed,
  startTime,
  connections: connections && ((name) => connections[name] as never),
});

/** @throws TestStateError */
function jsonOf(what: string, value: unknown): string {
  const text = JSON.stringify(value);
  if (text !== undefined) return text;
  throw new TestStateError(`The ${what} is not a JSON value but a ${typeof value}.`);
}
