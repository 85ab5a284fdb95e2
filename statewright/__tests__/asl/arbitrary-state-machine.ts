/**
 * Random valid state machines: the types accept every part, every state can be reached, and every transition leads
 * forward, so that an execution ends with any input.
 */
import fc from 'fast-check';
import type { JsonValue, QueryLanguage, Scope, State, StateMachine } from '../../src/asl';

/** The place of a state in its scope. */
interface Position {
  readonly name: string;
  readonly next: string;
  /** The name of a later state; any number picks one. */
  later(pick: number): string;
}

/** A state without its transitions. */
type OpenState = (position: Position) => State;

const LAMBDA = 'arn:aws:lambda:us-east-1:111122223333:function:f';
/** The Resource of a Task, and its request. */
const called = fc.constantFrom(
  { Resource: LAMBDA },
  { Resource: `${LAMBDA}:$LATEST` },
  { Resource: 'arn:aws:states:::lambda:invoke', request: { FunctionName: LAMBDA } },
);

const json = fc.jsonValue({
  maxDepth: 2,
  depthSize: 'small',
  noUnicodeString: false,
}) as fc.Arbitrary<JsonValue>;
/** Values that a template passes on unchanged. */
const plain = fc.oneof(
  fc.integer(),
  fc.boolean(),
  fc.array(fc.string(), { maxLength: 2 }),
  fc.constant(null),
);
const inputPath = fc.constantFrom(
  '$',
  '$.a',
  '$.items',
  "$['b c'][0]",
  '$..a',
  '$$.Execution.Id',
  '$v' as const,
);
const resultPath = fc.constantFrom('$', '$.a', '$.a.b' as const);
const expression = fc.constantFrom(
  '{% $states.input %}',
  '{% $count($states.input.items) %}',
  '{% $states.context.Execution.Id %}',
  '{% 1 + 2 %}' as const,
);
const template = fc.record(
  {
    plain,
    'path.$': inputPath,
    'call.$': fc.constantFrom("States.Format('{}', $.a)", 'States.UUID()', 'States.MathAdd(1, 2)' as const),
    nested: fc.record({ 'deep.$': inputPath }),
  },
  { requiredKeys: [] },
);
const jsonataValue = fc.oneof(
  json,
  expression,
  fc.record({ a: expression, b: fc.array(expression, { maxLength: 2 }) }),
);
const errorNames = fc.constantFrom(
  ['States.ALL'],
  ['States.Timeout', 'E'],
  ['States.TaskFailed'],
) as fc.Arbitrary<[string, ...string[]]>;
const retry = fc
  .record(
    {
      ErrorEquals: errorNames,
      IntervalSeconds: fc.integer({ min: 1, max: 60 }),
      MaxAttempts: fc.integer({ min: 0, max: 3 }),
      BackoffRate: fc.integer({ min: 1, max: 3 }),
      MaxDelaySeconds: fc.integer({ min: 61, max: 600 }),
      JitterStrategy: fc.constantFrom('FULL', 'NONE' as const),
    },
    { requiredKeys: ['ErrorEquals'] },
  )
  .map((retrier) => [retrier]);
const seconds = fc.integer({ min: 1, max: 1_000_000 });
const pick = fc.nat({ max: 20 });

/** Every combination of the fields, each of which may be missing. */
function optional<T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

/** Adds a catcher with a later state, if one is picked. */
function caught(catching: number | undefined, names: [string, ...string[]], position: Position) {
  return catching === undefined
    ? {}
    : { Catch: [{ ErrorEquals: names, Next: position.later(catching) }] as const };
}

const catching = fc.tuple(fc.option(pick, { nil: undefined }), errorNames);

function jsonPathStates(depth: number): fc.Arbitrary<OpenState> {
  const inputOutput = { InputPath: inputPath, OutputPath: inputPath };
  const work = { ...inputOutput, ResultPath: resultPath, Retry: retry };
  const assign = { Assign: fc.record({ [`v${depth}`]: plain, [`w${depth}.$`]: inputPath }) };
  const pass = fc
    .tuple(
      optional({ ...inputOutput, ...assign, Result: json, ResultPath: resultPath }),
      fc.boolean(),
      template,
    )
    .map(
      ([fields, shaped, Parameters]): OpenState =>
        ({ next: Next }) => {
          const { Result, ...rest } = fields;
          return shaped || Result === undefined
            ? { Type: 'Pass', ...rest, Parameters, Next }
            : { Type: 'Pass', ...rest, Result, Next };
        },
    );
  const timeless = optional({ ...inputOutput, ...assign });
  const wait = fc.tuple(timeless, seconds).map(
    ([fields, Seconds]): OpenState =>
      ({ next: Next }) => ({ Type: 'Wait', ...fields, Seconds, Next }),
  );
  const waitUntil = fc.tuple(timeless, fc.constantFrom('$.a', '$v' as const)).map(
    ([fields, TimestampPath]): OpenState =>
      ({ next: Next }) => ({ Type: 'Wait', ...fields, TimestampPath, Next }),
  );
  const task = fc
    .tuple(
      called,
      optional({
        ...work,
        ...assign,
        Parameters: template,
        TimeoutSeconds: seconds.map((most) => most + 1),
        HeartbeatSeconds: fc.constant(1),
      }),
      catching,
    )
    .map(
      ([{ Resource, request }, { Parameters, ...fields }, [target, names]]): OpenState =>
        (position) => ({
          Type: 'Task',
          Resource,
          ...fields,
          ...((Parameters || request) && {
            Parameters: request ? { ...request, Payload: Parameters ?? {} } : Parameters,
          }),
          ...caught(target, names, position),
          Next: position.next,
        }),
    );
  const test = fc.constantFrom(
    { Variable: '$.a', IsPresent: true } as const,
    { Variable: '$.a', NumericGreaterThan: 1 } as const,
    { Variable: '$.a', StringMatches: 'a*' } as const,
    { Variable: '$.a', BooleanEqualsPath: '$.b' } as const,
    { Not: { Variable: '$$.State.Name', IsNull: true } } as const,
    {
      And: [
        { Variable: '$.a', IsString: true },
        { Variable: '$.a', StringLessThan: 'm' },
      ],
    } as const,
  );
  const choice = fc.tuple(fc.array(fc.tuple(test, pick), { minLength: 1, maxLength: 3 }), fc.boolean()).map(
    ([rules]): OpenState =>
      (position) => {
        const [first, ...rest] = rules.map(([rule, target]) => ({ ...rule, Next: position.later(target) }));
        return {
          Type: 'Choice',
          Choices: first === undefined ? [] : [first, ...rest],
          Default: position.next,
        } as State;
      },
  );
  const states = [pass, wait, waitUntil, task, choice];
  if (depth > 0) {
    const parallel = fc
      .tuple(
        fc.array(openScope(depth - 1, 'JSONPath'), { minLength: 1, maxLength: 2 }),
        optional(work),
        catching,
      )
      .map(
        ([branches, fields, [target, names]]): OpenState =>
          (position) => ({
            Type: 'Parallel',
            Branches: branchesOf(branches, position),
            ...fields,
            ...caught(target, names, position),
            Next: position.next,
          }),
      );
    const mapFields = optional({
      ...work,
      ItemsPath: fc.constantFrom('$.items', '$' as const),
      ItemSelector: template,
      MaxConcurrency: fc.nat({ max: 3 }),
      ToleratedFailureCount: fc.nat({ max: 2 }),
      ToleratedFailurePercentage: fc.nat({ max: 100 }),
    });
    const map = fc.tuple(openScope(depth - 1, 'JSONPath'), mapFields, catching).map(
      ([processor, fields, [target, names]]): OpenState =>
        (position) => ({
          Type: 'Map',
          ItemProcessor: processor(`${position.name}.`),
          ...fields,
          ...caught(target, names, position),
          Next: position.next,
        }),
    );
    const ProcessorConfig = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } as const;
    const distributedMap = fc
      .tuple(
        openScope(depth - 1, 'JSONPath'),
        mapFields,
        optional({
          ItemBatcher: fc.constantFrom(
            { MaxItemsPerBatch: 2, BatchInput: { 'shared.$': '$.a' } } as const,
            { MaxInputBytesPerBatchPath: '$.a' } as const,
          ),
          ResultWriter: fc.constant({ WriterConfig: { Transformation: 'COMPACT' } } as const),
        }),
      )
      .map(
        ([processor, fields, distributed]): OpenState =>
          ({ name, next: Next }) => ({
            Type: 'Map',
            ItemProcessor: { ProcessorConfig, ...processor(`${name}.`) },
            ...fields,
            ...distributed,
            Next,
          }),
      );
    states.push(parallel, map, distributedMap);
  }
  return fc.oneof(...states);
}

function jsonataStates(depth: number): fc.Arbitrary<OpenState> {
  const output = { Output: jsonataValue };
  const assign = { Assign: fc.record({ [`v${depth}`]: jsonataValue }) };
  const QueryLanguage = 'JSONata';
  const pass = optional({ ...output, ...assign }).map(
    (fields): OpenState =>
      ({ next: Next }) => ({ Type: 'Pass', QueryLanguage, ...fields, Next }),
  );
  const wait = fc.tuple(fc.oneof(seconds, fc.constant('{% 5 %}' as const)), optional(output)).map(
    ([Seconds, fields]): OpenState =>
      ({ next: Next }) => ({ Type: 'Wait', QueryLanguage, Seconds, ...fields, Next }),
  );
  const task = fc
    .tuple(
      called,
      optional({ ...output, ...assign, Arguments: jsonataValue, TimeoutSeconds: seconds, Retry: retry }),
      catching,
    )
    .map(
      ([{ Resource, request }, fields, [target, names]]): OpenState =>
        (position) => ({
          Type: 'Task',
          QueryLanguage,
          Resource,
          ...fields,
          ...(request && { Arguments: request }),
          ...caught(target, names, position),
          Next: position.next,
        }),
    );
  const choice = fc
    .tuple(fc.constantFrom(true, false, '{% $exists($states.input.a) %}' as const), pick, optional(output))
    .map(
      ([Condition, target, fields]): OpenState =>
        (position) => ({
          Type: 'Choice',
          QueryLanguage,
          Choices: [{ Condition, ...fields, Next: position.later(target) }],
          Default: position.next,
        }),
    );
  const states = [pass, wait, task, choice];
  if (depth > 0) {
    // The states inside have the state machine's query language; states that choose JSONata fit both.
    const parallel = fc
      .tuple(fc.array(openScope(depth - 1, 'JSONata'), { minLength: 1, maxLength: 2 }), optional(output))
      .map(
        ([branches, fields]): OpenState =>
          (position) => ({
            Type: 'Parallel',
            QueryLanguage,
            Branches: branchesOf(branches, position),
            ...fields,
            Next: position.next,
          }),
      );
    const map = fc
      .tuple(openScope(depth - 1, 'JSONata'), fc.array(json, { maxLength: 3 }), optional(output))
      .map(
        ([processor, Items, fields]): OpenState =>
          (position) => ({
            Type: 'Map',
            QueryLanguage,
            Items,
            ItemProcessor: processor(`${position.name}.`),
            ...fields,
            Next: position.next,
          }),
      );
    states.push(parallel, map);
  }
  return fc.oneof(...states);
}

/** The last state of a scope. */
const lastState = fc.constantFrom<State>(
  { Type: 'Succeed' },
  { Type: 'Pass', End: true },
  { Type: 'Fail', Error: 'E', Cause: 'c' },
);

/** A scope whose states have no names yet: the prefix makes the names unique. */
type OpenScope = (prefix: string) => Scope<string, 'JSONPath'>;

function openScope(depth: number, language: QueryLanguage): fc.Arbitrary<OpenScope> {
  const state =
    language === 'JSONata' ? jsonataStates(depth) : fc.oneof(jsonPathStates(depth), jsonataStates(depth));
  return fc
    .tuple(
      fc.array(fc.tuple(state, fc.constantFrom('', ' state', ' <b>', ' é', ' "q"')), { maxLength: 4 }),
      lastState,
    )
    .map(([open, last]) => (prefix) => {
      const names = [...open.map(([, title], index) => `${prefix}${index}${title}`), `${prefix}end`];
      const states = open.map(([build], index): [string, State] => {
        const name = names[index] as string;
        const later = names.slice(index + 1);
        const at = (pick: number) => later[pick % later.length] as string;
        return [name, build({ name, next: at(0), later: at })];
      });
      return {
        StartAt: names[0],
        States: Object.fromEntries([...states, [names.at(-1), last]]),
      } as ReturnType<OpenScope>;
    });
}

function branchesOf(branches: readonly OpenScope[], { name }: Position) {
  const [first, ...rest] = branches.map((branch, index) => branch(`${name}.${index}.`));
  return [first as NonNullable<typeof first>, ...rest] as const;
}

/** A state machine of up to a few dozen states, in either query language or in both. */
export const stateMachine: fc.Arbitrary<StateMachine> = fc
  .tuple(
    fc.constantFrom<QueryLanguage | undefined>('JSONPath', 'JSONata', undefined),
    optional({ Comment: fc.string(), TimeoutSeconds: fc.integer({ min: 1, max: 99_999_999 }) }),
  )
  .chain(([language, fields]) =>
    openScope(2, language ?? 'JSONPath').map((scope) => ({
      ...fields,
      ...(language === undefined ? {} : { QueryLanguage: language }),
      ...scope('s'),
    })),
  );
