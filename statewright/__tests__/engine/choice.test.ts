import { run } from './run';

const jsonPath = (rule: object, more: object = {}) => ({
  StartAt: 'Ask',
  States: {
    Ask: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No', ...more },
    Yes: { Type: 'Pass', Result: true, End: true },
    No: { Type: 'Pass', Result: false, End: true },
  },
});
const answer = async (rule: object, v: unknown, w?: unknown) =>
  (await run(jsonPath(rule), { input: w === undefined ? { v } : { v, w } })).output;

describe('comparisons', () => {
  test.each<[string, unknown, unknown, boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'b', false],
    ['StringEquals', 1, '1', false],
    ['StringLessThan', 'a', 'b', true],
    ['StringGreaterThan', 'a', 'b', false],
    ['StringLessThanEquals', 'b', 'b', true],
    ['StringGreaterThanEquals', 'a', 'b', false],
    ['NumericEquals', 1.0, 1, true],
    ['NumericEquals', '1', 1, false],
    ['NumericLessThan', -2, -1, true],
    ['NumericGreaterThan', 3, 2.5, true],
    ['NumericLessThanEquals', 3, 2, false],
    ['NumericGreaterThanEquals', 2, 2, true],
    ['BooleanEquals', true, true, true],
    ['BooleanEquals', 'true', true, false],
    ['TimestampEquals', '2024-01-01T00:00:00Z', '2024-01-01T01:00:00+01:00', true],
    ['TimestampLessThan', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00.001Z', true],
    ['TimestampGreaterThan', '2024-01-02T00:00:00Z', '2024-01-01T00:00:00Z', true],
    ['TimestampLessThanEquals', '2024-01-01', '2024-01-01T00:00:00Z', false],
    ['TimestampGreaterThanEquals', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', true],
  ])('%s of %j and %j', async (operator, v, w, expected) => {
    expect(await answer({ Variable: '$.v', [operator]: w }, v)).toBe(expected);
    expect(await answer({ Variable: '$.v', [`${operator}Path`]: '$.w' }, v, w)).toBe(expected);
  });

  test.each([
    ['log-*.txt', 'log-1.txt', true],
    ['log-*.txt', 'log-1.txt.gz', false],
    ['*', 'two\nlines', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a\\\\*', 'a\\b', true],
    ['a.c', 'abc', false],
  ])('StringMatches %s of %j', async (pattern, v, expected) => {
    expect(await answer({ Variable: '$.v', StringMatches: pattern }, v)).toBe(expected);
  });

  test.each<[string, unknown, boolean]>([
    ['IsNull', null, true],
    ['IsNull', 0, false],
    ['IsString', 's', true],
    ['IsNumeric', 0, true],
    ['IsNumeric', '0', false],
    ['IsBoolean', false, true],
    ['IsTimestamp', '2024-02-29T12:00:00Z', true],
    ['IsTimestamp', '2023-02-29T12:00:00Z', false],
    ['IsTimestamp', '2024-02-29', false],
    ['IsPresent', null, true],
  ])('%s of %j', async (operator, v, expected) => {
    expect(await answer({ Variable: '$.v', [operator]: true }, v)).toBe(expected);
    expect(await answer({ Variable: '$.v', [operator]: false }, v)).toBe(!expected);
  });

  test('IsPresent of a missing value', async () => {
    expect(await answer({ Variable: '$.missing', IsPresent: true }, 1)).toBe(false);
  });
});

describe('And, Or, Not', () => {
  const is = (value: number) => ({ Variable: '$.v', NumericEquals: value });

  test.each<[object, boolean]>([
    [{ And: [is(1), { Variable: '$.v', IsNumeric: true }] }, true],
    [{ And: [is(1), is(2)] }, false],
    [{ Or: [is(2), is(1)] }, true],
    [{ Or: [is(2), is(3)] }, false],
    [{ Not: is(2) }, true],
    [{ Not: { Or: [is(1), { Not: is(1) }] } }, false],
  ])('%j', async (rule, expected) => {
    expect(await answer(rule, 1)).toBe(expected);
  });

  test('And stops at the first rule that is false', async () => {
    const rule = {
      And: [
        { Variable: '$.missing', IsPresent: true },
        { Variable: '$.missing', NumericEquals: 1 },
      ],
    };
    expect(await answer(rule, 1)).toBe(false);
  });
});

describe('errors', () => {
  test.each(['IsNull', 'IsString', 'IsNumeric', 'IsBoolean', 'IsTimestamp'])(
    '%s requires that the variable exists',
    async (operator) => {
      const { outcome } = await run(jsonPath({ Variable: '$.v', [operator]: false }));
      expect(outcome).toMatchObject({
        error: 'States.Runtime',
        cause: expect.stringContaining("Invalid path '$.v'"),
      });
    },
  );

  test.each([
    { Variable: '$', IsNull: true },
    { Variable: '$', IsString: true },
    { Variable: '$.v', IsPresent: false },
    { Variable: '$$.State.Name', StringEqualsPath: '$' },
  ])('%j reads nothing from an input of null', async (rule) => {
    const { outcome } = await run(jsonPath(rule), { input: null });
    expect(outcome).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('Unable to apply Path transformation to null or empty input.'),
    });
  });

  test('the context object exists for any input', async () => {
    const { outcome } = await run(jsonPath({ Variable: '$$.State.Name', IsString: true }), { input: null });
    expect(outcome.status).toBe('SUCCEEDED');
  });

  test('a variable that does not exist', async () => {
    const { lines, outcome } = await run(jsonPath({ Variable: '$.v', NumericEquals: 1 }));
    expect(lines.slice(1)).toEqual(['2<-0 ChoiceStateEntered Ask', '3<-2 ExecutionFailed']);
    expect(outcome).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'Ask' (entered at the event id #2). " +
        "Invalid path '$.v': The choice state's condition path references an invalid value.",
    });
  });

  test('no rule matches, and Default is missing', async () => {
    const { outcome } = await run(jsonPath({ Variable: '$.v', IsPresent: true }, { Default: undefined }));
    expect(outcome).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('The state does not point to a next state.'),
    });
  });
});

test('the output is the input after InputPath and OutputPath', async () => {
  const definition = jsonPath({ Variable: '$.b', IsPresent: true }, { InputPath: '$.a', OutputPath: '$.b' });
  const { events } = await run(definition, { input: { a: { b: 1 } } });
  expect(events.find(({ type }) => type === 'ChoiceStateExited')).toMatchObject({
    stateExitedEventDetails: { output: '1' },
  });
});

test('the matching rule assigns its variables, Default those of the state', async () => {
  const definition = jsonPath(
    { Variable: '$.v', IsPresent: true, Assign: { way: 'rule' } },
    { Assign: { way: 'default' } },
  );
  const assigned = async (input: object) =>
    (await run(definition, { input })).events.find(({ type }) => type === 'ChoiceStateExited');
  expect(await assigned({ v: 1 })).toMatchObject({
    stateExitedEventDetails: { assignedVariables: { way: '"rule"' } },
  });
  expect(await assigned({})).toMatchObject({
    stateExitedEventDetails: { assignedVariables: { way: '"default"' } },
  });
});

describe('in JSONata', () => {
  const jsonata = (condition: string, more: object = {}) => ({
    QueryLanguage: 'JSONata',
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Choice',
        Choices: [{ Condition: condition, Next: 'Yes', Output: 'yes' }],
        Default: 'No',
        ...more,
      },
      Yes: { Type: 'Pass', End: true },
      No: { Type: 'Pass', End: true },
    },
  });

  test('the first Condition that is true', async () => {
    expect((await run(jsonata('{% $states.input.v > 1 %}'), { input: { v: 2 } })).output).toBe('yes');
    expect((await run(jsonata('{% $states.input.v > 1 %}'), { input: { v: 1 } })).output).toEqual({ v: 1 });
  });

  test("the state's Output is for the Default", async () => {
    const definition = jsonata('{% $states.input.v > 1 %}', { Output: 'no' });
    expect((await run(definition, { input: { v: 1 } })).output).toBe('no');
  });

  test('a Condition that is not a boolean is an evaluation error', async () => {
    const { events } = await run(jsonata("{% 'true' %}"));
    expect(events[2]).toMatchObject({
      type: 'EvaluationFailed',
      previousEventId: 0,
      evaluationFailedEventDetails: { location: 'Choices[0]/Condition', state: 'Ask' },
    });
  });
});
