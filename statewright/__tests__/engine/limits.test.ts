import { LAMBDA, machineOf, run } from './run';

const KIB = 1024;
/** JSON text of a given size in bytes. */
const textOf = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;

describe('256 KiB', () => {
  test('is allowed', async () => {
    const { outcome } = await run(machineOf({ Type: 'Pass', End: true }), { inputText: textOf(256 * KIB) });
    expect(outcome.status).toBe('SUCCEEDED');
  });

  test('one byte more fails the state that outputs it', async () => {
    const { lines, outcome } = await run(
      machineOf({ Type: 'Pass', Result: 'x'.repeat(256 * KIB - 1), End: true }),
    );
    expect(lines.slice(2)).toEqual(['3<-2 ExecutionFailed']);
    expect(outcome).toEqual({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause:
        "The state/task 'State' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });

  test('bytes of UTF-8 count, not characters', async () => {
    const { outcome } = await run(machineOf({ Type: 'Pass', Result: '€'.repeat(90_000), End: true }));
    expect(outcome).toMatchObject({ error: 'States.DataLimitExceeded' });
  });

  test('can be caught when a task returns more', async () => {
    const { output } = await run(
      {
        StartAt: 'State',
        States: {
          State: {
            Type: 'Task',
            Resource: `${LAMBDA}Big`,
            Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Small' }],
            End: true,
          },
          Small: { Type: 'Pass', Result: 'small', End: true },
        },
      },
      { tasks: { State: { output: textOf(256 * KIB + 1) } } },
    );
    expect(output).toBe('small');
  });
});

describe('25,000 events', () => {
  const loop = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } };

  test('an infinite loop fails with its last event', async () => {
    const { events, outcome } = await run(loop);
    expect(events).toHaveLength(25_000);
    expect(events.at(-1)?.type).toBe('ExecutionFailed');
    expect(outcome).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
  });

  test('so does a Map with too many items', async () => {
    const definition = machineOf({
      Type: 'Map',
      ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } },
      End: true,
    });
    const { events, outcome } = await run(definition, { input: new Array(7000).fill(0) });
    expect(events).toHaveLength(25_000);
    expect(outcome).toMatchObject({ error: 'States.Runtime' });
  });
});

describe('JSON that is nested deeply', () => {
  const nested = (depth: number, inner = '1') => `${'{"a":'.repeat(depth)}${inner}${'}'.repeat(depth)}`;

  test('is changed like any other', async () => {
    const add = machineOf({ Type: 'Pass', Result: 1, ResultPath: '$.x', End: true });
    const { outcome } = await run(add, { inputText: nested(5000) });
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: `${nested(5000).slice(0, -1)},"x":1}` });
  });

  test('too deeply for a path through all of it fails the execution, and says so', async () => {
    const search = machineOf({ Type: 'Pass', OutputPath: '$..b', End: true });
    const { outcome } = await run(search, { inputText: nested(40_000) });
    expect(outcome).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'A value is nested too deeply to be read or written here.',
    });
  });
});
