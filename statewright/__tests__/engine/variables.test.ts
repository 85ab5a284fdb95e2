import { eventsOf, LAMBDA, run } from './run';

const chain = (...states: object[]) => ({
  StartAt: 'S0',
  States: Object.fromEntries(
    states.map((state, index) => [
      `S${index}`,
      { ...state, ...(index + 1 < states.length ? { Next: `S${index + 1}` } : { End: true }) },
    ]),
  ),
});
const pass = (more: object) => ({ Type: 'Pass', ...more });
const inner = (state: object) => ({ StartAt: 'Inner', States: { Inner: { ...state, End: true } } });

test('every later state can read a variable', async () => {
  const { output } = await run(
    chain(pass({ Assign: { x: 1 } }), pass({}), pass({ Parameters: { 'x.$': '$x' } })),
  );
  expect(output).toEqual({ x: 1 });
});

test('the Exited event shows what was assigned, as JSON text', async () => {
  const { events } = await run(chain(pass({ Assign: { n: 1, s: 's', 'o.$': '$' } })), { input: { a: 1 } });
  expect(events.find(({ type }) => type === 'PassStateExited')).toMatchObject({
    stateExitedEventDetails: {
      assignedVariables: { n: '1', s: '"s"', o: '{"a":1}' },
      assignedVariablesDetails: { truncated: false },
    },
  });
});

test('an Assign without variables shows nothing', async () => {
  const { events } = await run(chain(pass({ Assign: {} })));
  const [exited] = eventsOf(events, 'PassStateExited');
  expect(exited?.stateExitedEventDetails).toEqual({
    name: 'S0',
    output: '{}',
    outputDetails: { truncated: false },
  });
  expect(JSON.stringify(events)).not.toContain('assignedVariables');
});

test('expressions of the same state read the old value', async () => {
  const { output } = await run(
    chain(
      pass({ Assign: { x: 1 } }),
      pass({ Assign: { x: 2, 'was.$': '$x' }, OutputPath: '$x' }),
      pass({ Parameters: { 'in.$': '$', 'x.$': '$x', 'was.$': '$was' } }),
    ),
  );
  expect(output).toEqual({ in: 1, x: 2, was: 1 });
});

test.each<[string, object, object]>([
  ['the Result of a Pass', { Type: 'Pass', Result: { a: 'result' } }, {}],
  ['the input of a Pass by Parameters', { Type: 'Pass', Parameters: { a: 'result' } }, {}],
  [
    'the result of a Task by ResultSelector',
    { Type: 'Task', Resource: `${LAMBDA}x`, ResultSelector: { 'a.$': '$.b' } },
    { S0: { output: '{"b":"result"}' } },
  ],
  ['the effective input of a Wait', { Type: 'Wait', Seconds: 0, InputPath: '$.in' }, {}],
])('in JSONPath $ is %s', async (_name, state, tasks) => {
  const { output } = await run(
    chain({ ...state, Assign: { 'x.$': '$.a' } }, pass({ Parameters: { 'x.$': '$x' } })),
    {
      input: { a: 'input', in: { a: 'result' } },
      tasks: tasks as never,
    },
  );
  expect(output).toEqual({ x: 'result' });
});

test('in JSONata Assign reads $states.result', async () => {
  const { output } = await run(
    {
      QueryLanguage: 'JSONata',
      ...chain(
        { Type: 'Task', Resource: `${LAMBDA}x`, Assign: { x: '{% $states.result.b %}' }, Output: 'out' },
        pass({ Output: { x: '{% $x %}', in: '{% $states.input %}' } }),
      ),
    },
    { tasks: { S0: { output: '{"b":7}' } } },
  );
  expect(output).toEqual({ x: 7, in: 'out' });
});

describe('scopes', () => {
  test('a branch reads the variables around it and keeps its own to itself', async () => {
    const { output, outcome } = await run(
      chain(
        pass({ Assign: { x: 1 } }),
        { Type: 'Parallel', Branches: [inner(pass({ Assign: { y: 2 }, Parameters: { 'x.$': '$x' } }))] },
        pass({ Parameters: { 'in.$': '$' } }),
      ),
    );
    expect(outcome.status).toBe('SUCCEEDED');
    expect(output).toEqual({ in: [{ x: 1 }] });
  });

  test('a variable of a branch does not exist after it', async () => {
    const { outcome } = await run(
      chain(
        { Type: 'Parallel', Branches: [inner(pass({ Assign: { y: 2 } }))] },
        pass({ Parameters: { 'y.$': '$y' } }),
      ),
    );
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  test('iterations do not see each other', async () => {
    const processor = {
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Choice',
          Choices: [{ Variable: '$seen', IsPresent: true, Next: 'Seen' }],
          Default: 'Set',
        },
        Set: { Type: 'Pass', Assign: { seen: true }, End: true },
        Seen: { Type: 'Fail', Error: 'Seen' },
      },
    };
    const { outcome } = await run(chain({ Type: 'Map', MaxConcurrency: 1, ItemProcessor: processor }), {
      input: [1, 2],
    });
    expect(outcome.status).toBe('SUCCEEDED');
  });
});
