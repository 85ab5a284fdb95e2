import { VirtualClock } from '../../src/engine';
import { machineOf, run } from './run';

const START = Date.UTC(2024, 0, 1);
const DAY = 86_400;

/** The seconds that the state waited, by its events. */
async function waited(state: object, input: unknown = {}, more: object = {}): Promise<number> {
  const { events, outcome } = await run(machineOf({ Type: 'Wait', End: true, ...state }, more), {
    input,
    clock: new VirtualClock(START),
  });
  if (outcome.status !== 'SUCCEEDED') throw new Error(outcome.cause);
  const time = (type: string) => events.find((event) => event.type === type)?.timestamp as number;
  return (time('WaitStateExited') - time('WaitStateEntered')) / 1000;
}

describe('how long', () => {
  test.each<[string, object, unknown, number]>([
    ['a day, which takes no time here', { Seconds: DAY }, {}, DAY],
    ['no time', { Seconds: 0 }, {}, 0],
    ['a path', { SecondsPath: '$.s' }, { s: 90 }, 90],
    ['a path to a number in text', { SecondsPath: '$.s' }, { s: '90' }, 90],
    ['until a time', { Timestamp: '2024-01-01T00:01:00Z' }, {}, 60],
    ['until a time in another zone', { Timestamp: '2024-01-01T02:00:30+02:00' }, {}, 30],
    ['until a time in the past', { Timestamp: '1999-01-01T00:00:00Z' }, {}, 0],
    ['until a time at a path', { TimestampPath: '$.t' }, { t: '2024-01-01T00:00:00.500Z' }, 0.5],
  ])('%s', async (_name, state, input, seconds) => {
    expect(await waited(state, input)).toBe(seconds);
  });

  test.each<[string, object, number]>([
    ['Seconds', { Seconds: '{% $states.input.s * 2 %}' }, 20],
    ['Timestamp', { Timestamp: "{% $states.input.day & 'T00:00:10Z' %}" }, 10],
  ])('an expression in %s', async (_name, state, seconds) => {
    expect(await waited(state, { s: 10, day: '2024-01-01' }, { QueryLanguage: 'JSONata' })).toBe(seconds);
  });
});

describe('the longest wait is 2,147,483,647 seconds', () => {
  const ahead = (seconds: number) => new Date(START + seconds * 1000).toISOString();

  test('until then', async () => {
    expect(await waited({ Timestamp: ahead(2 ** 31 - 1) })).toBe(2 ** 31 - 1);
  });

  test('a second more fails', async () => {
    await expect(waited({ TimestampPath: '$.t' }, { t: ahead(2 ** 31) })).rejects.toThrow(
      'Wait state delay is too long.',
    );
  });
});

describe('errors of a path', () => {
  const cause = async (state: object, input: unknown) =>
    (await run(machineOf({ Type: 'Wait', End: true, ...state }), { input })).outcome;

  test.each<[object, unknown, string]>([
    [{ SecondsPath: '$.s' }, {}, 'The SecondsPath parameter does not reference an input value: $.s'],
    [{ SecondsPath: '$.s' }, { s: -1 }, 'The SecondsPath parameter references a negative value: $.s == -1'],
    [
      { SecondsPath: '$.s' },
      { s: 1.5 },
      'The SecondsPath parameter cannot be parsed as a long value: $.s == 1.5',
    ],
    [
      { SecondsPath: '$.s' },
      { s: 'soon' },
      'The SecondsPath parameter cannot be parsed as a long value: $.s == soon',
    ],
    [{ TimestampPath: '$.t' }, {}, 'The TimestampPath parameter does not reference an input value: $.t'],
    ...[
      '2024-01-01',
      '2024-01-01T00:00:00',
      '2024-13-01T00:00:00Z',
      '2024-01-01T24:00:00Z',
      '01-01-2024T00:00:00Z',
    ].map((t): [object, unknown, string] => [
      { TimestampPath: '$.t' },
      { t },
      `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.t == ${t}`,
    ]),
  ])('%j of %j', async (state, input, text) => {
    expect(await cause(state, input)).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringMatching(/#2\)\. /),
    });
    expect(await cause(state, input)).toMatchObject({ cause: expect.stringContaining(text) });
  });
});

test('an evaluation error of a Wait points to its entry', async () => {
  const { lines } = await run(
    machineOf({ Type: 'Wait', Timestamp: "{% 'never' %}", End: true }, { QueryLanguage: 'JSONata' }),
  );
  expect(lines.slice(2)).toEqual(['3<-2 EvaluationFailed', '4<-3 ExecutionFailed']);
});
