import type { HistoryEvent } from '../../../src/engine';
import {
  type Answer,
  deployDefinition,
  functionArn,
  never,
  type Replacement,
  returns,
  sequence,
  takes,
  throws,
} from '../../../src/testing';
import { exercised, statesByName } from '../../../src/testing/state-coverage/hits';
import { payment } from '../machines';

/** Runs a definition and returns the locations that it exercised, without those of states. */
async function branches(
  definition: object,
  replacements: Readonly<Record<string, Replacement>>,
  input?: unknown,
): Promise<string[]> {
  return (await locations(definition, replacements, input)).filter(
    (location) => !/\/States\/\w+$/.test(location),
  );
}

async function locations(
  definition: object,
  replacements: Readonly<Record<string, Replacement>>,
  input?: unknown,
): Promise<string[]> {
  const workflow = await deployDefinition(definition);
  const histories = new Map<string, HistoryEvent[]>();
  workflow.account.states.listen((arn, event) => {
    histories.set(arn, [...(histories.get(arn) ?? []), event]);
  });
  for (const [name, replacement] of Object.entries(replacements)) workflow.replace(name, replacement);
  await workflow.run(input);
  const states = statesByName(definition);
  return (await Promise.all([...histories.values()].map((events) => exercised(states, events)))).flat();
}

const work = (more: object = {}) => ({ Type: 'Task', Resource: functionArn('Work'), ...more });
const done = { Type: 'Pass', End: true };

describe('states and transitions', () => {
  test('Next, and End', async () => {
    expect(await locations(payment, { Charge: returns('ok') })).toEqual([
      '/States/Charge',
      '/States/Charge/Next',
      '/States/Paid',
      '/States/Paid/End',
    ]);
  });

  test('a state that failed was not left', async () => {
    const definition = { StartAt: 'Call', States: { Call: work({ Next: 'Done' }), Done: done } };
    expect(await locations(definition, { Work: throws('X') })).toEqual(['/States/Call']);
  });

  test('each visit counts', async () => {
    const definition = {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'Call', States: { Call: work({ End: true }) } },
          End: true,
        },
      },
    };
    const inner = '/States/Each/ItemProcessor/States/Call';
    expect(await locations(definition, { Work: returns(1) }, [1, 2])).toEqual([
      '/States/Each',
      '/States/Each/End',
      inner,
      `${inner}/End`,
      inner,
      `${inner}/End`,
    ]);
  });
});

describe('Retry', () => {
  test.each<[string, Answer, string[]]>([
    ['by name', sequence(throws('Busy'), returns(1)), ['/States/Charge/Retry[0]', '/States/Charge/Next']],
    [
      'of a timeout',
      sequence(takes(31_000, returns(0)), returns(1)),
      ['/States/Charge/Retry[1]', '/States/Charge/Next'],
    ],
    [
      'by one after the other',
      sequence(never(), throws('Busy'), returns(1)),
      ['/States/Charge/Retry[1]', '/States/Charge/Retry[0]', '/States/Charge/Next'],
    ],
    [
      'until it is used up, then Catch',
      throws('Busy'),
      ['/States/Charge/Retry[0]', '/States/Charge/Catch[1]'],
    ],
  ])('%s', async (_, answer, expected) => {
    const all = await branches(payment, { Charge: answer });
    expect(all.filter((location) => location.startsWith('/States/Charge'))).toEqual(expected);
  });

  test('the first Retrier that names the error counts, also by States.ALL and States.TaskFailed', async () => {
    const Retry = [
      { ErrorEquals: ['A', 'B'], MaxAttempts: 1 },
      { ErrorEquals: ['States.TaskFailed'], MaxAttempts: 1 },
      { ErrorEquals: ['States.ALL'], MaxAttempts: 1 },
    ];
    const definition = { StartAt: 'Call', States: { Call: work({ TimeoutSeconds: 1, Retry, End: true }) } };
    const run = (first: Answer) => branches(definition, { Work: sequence(first, returns(1)) });
    expect(await run(throws('B'))).toEqual(['/States/Call/Retry[0]', '/States/Call/End']);
    expect(await run(throws('C'))).toEqual(['/States/Call/Retry[1]', '/States/Call/End']);
    expect(await run(never())).toEqual(['/States/Call/Retry[2]', '/States/Call/End']);
  });

  test('a missed heartbeat is not a timeout', async () => {
    const Retry = [
      { ErrorEquals: ['States.HeartbeatTimeout'], MaxAttempts: 1 },
      { ErrorEquals: ['States.Timeout'], MaxAttempts: 1 },
    ];
    const waiting = (more: object) => ({
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
          Parameters: { QueueUrl: 'questions', 'MessageBody.$': '$$.Task.Token' },
          Retry,
          ...more,
          End: true,
        },
      },
    });
    const answers = { Ask: sequence(never(), returns(1)) };
    const missed = await branches(waiting({ TimeoutSeconds: 600, HeartbeatSeconds: 60 }), answers);
    expect(missed).toEqual(['/States/Ask/Retry[0]', '/States/Ask/End']);
    const timedOut = await branches(waiting({ TimeoutSeconds: 60 }), answers);
    expect(timedOut).toEqual(['/States/Ask/Retry[1]', '/States/Ask/End']);
  });

  test('of a Parallel and of a Map, for the error of what ran inside', async () => {
    const inside = { StartAt: 'Call', States: { Call: work({ End: true }) } };
    const Retry = [
      { ErrorEquals: ['A'], MaxAttempts: 1 },
      { ErrorEquals: ['B'], MaxAttempts: 1 },
    ];
    const answers = { Work: sequence(throws('B'), returns(1)) };
    const distributed = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
    const parallel = { Type: 'Parallel', Branches: [inside], Retry, End: true };
    const map = { Type: 'Map', ItemProcessor: inside, Retry, End: true };
    const outer = (state: object) => ({ StartAt: 'Outer', States: { Outer: state } });
    for (const state of [parallel, map]) {
      expect(await branches(outer(state), answers, [1])).toEqual(
        expect.arrayContaining(['/States/Outer/Retry[1]', '/States/Outer/End']),
      );
    }
    const threshold = [{ ErrorEquals: ['A'] }, { ErrorEquals: ['States.ExceedToleratedFailureThreshold'] }];
    const run = { ...map, Retry: threshold, ItemProcessor: { ProcessorConfig: distributed, ...inside } };
    expect(await branches(outer(run), answers, [1])).toEqual([
      '/States/Outer/Retry[1]',
      '/States/Outer/End',
      '/States/Outer/ItemProcessor/States/Call/End',
    ]);
  });

  test('of an expression that could not be evaluated before the call was made', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'Call',
      States: {
        Call: work({
          Arguments: `{% $states.context.State.RetryCount = 0 ? $error('no') : 1 %}`,
          Retry: [{ ErrorEquals: ['A'] }, { ErrorEquals: ['States.QueryEvaluationError'] }],
          End: true,
        }),
      },
    };
    expect(await branches(definition, { Work: returns(1) })).toEqual([
      '/States/Call/Retry[1]',
      '/States/Call/End',
    ]);
  });
});

describe('Catch', () => {
  test('by name, in the order of the Catchers', async () => {
    const tell = { Tell: returns({}) };
    expect(await branches(payment, { Charge: throws('Declined'), ...tell })).toEqual([
      '/States/Charge/Catch[0]',
      '/States/Tell/End',
    ]);
    expect(await branches(payment, { Charge: throws('Other'), ...tell })).toEqual([
      '/States/Charge/Catch[1]',
    ]);
  });

  test('Catchers with the same Next are distinguished by the error', async () => {
    const Catch = ['A', 'B', 'States.ALL'].map((name) => ({
      ErrorEquals: [name],
      ResultPath: null,
      Next: 'Done',
    }));
    const definition = { StartAt: 'Call', States: { Call: work({ Catch, Next: 'Done' }), Done: done } };
    const run = async (answer: Answer) => (await branches(definition, { Work: answer }))[0];
    expect(await run(throws('A'))).toBe('/States/Call/Catch[0]');
    expect(await run(throws('B'))).toBe('/States/Call/Catch[1]');
    expect(await run(throws('C'))).toBe('/States/Call/Catch[2]');
    expect(await run(returns(1))).toBe('/States/Call/Next');
  });

  test('of an error that is in no event, but in the output of the Catcher', async () => {
    const definition = {
      StartAt: 'Call',
      States: {
        Call: work({
          ResultPath: '$.text.result',
          Catch: ['A', 'States.ReferencePathConflict'].map((name) => ({
            ErrorEquals: [name],
            Next: 'Failed',
          })),
          Next: 'Done',
        }),
        Done: done,
        Failed: done,
      },
    };
    expect(await branches(definition, { Work: returns(1) }, { text: 'x' })).toEqual([
      '/States/Call/Catch[1]',
      '/States/Failed/End',
    ]);
  });

  test('of a Parallel and a Map, and inside them', async () => {
    const Catch = [
      { ErrorEquals: ['A'], Next: 'Done' },
      { ErrorEquals: ['B'], Next: 'Done' },
    ];
    const inside = {
      StartAt: 'Call',
      States: {
        Call: work({ Catch: [{ ErrorEquals: ['C'], Next: 'Saved' }], End: true }),
        Saved: { Type: 'Pass', End: true },
      },
    };
    const outer = (state: object) => ({
      StartAt: 'Outer',
      States: { Outer: { ...state, Catch, Next: 'Done' }, Done: done },
    });
    const parallel = outer({
      Type: 'Parallel',
      Branches: [{ StartAt: 'Rest', States: { Rest: { Type: 'Wait', Seconds: 9, End: true } } }, inside],
    });
    const map = outer({ Type: 'Map', ItemProcessor: inside });
    for (const [definition, place] of [
      [parallel, '/States/Outer/Branches[1]'],
      [map, '/States/Outer/ItemProcessor'],
    ] as const) {
      const run = (answer: Answer) => branches(definition, { Work: answer }, [1]);
      expect(await run(throws('B'))).toEqual(['/States/Outer/Catch[1]', '/States/Done/End']);
      expect((await run(throws('C'))).sort()).toEqual(
        [
          '/States/Outer/Next',
          ...(place.includes('Branches') ? ['/States/Outer/Branches[0]/States/Rest/End'] : []),
          `${place}/States/Call/Catch[0]`,
          `${place}/States/Saved/End`,
          '/States/Done/End',
        ].sort(),
      );
    }
  });

  test('of a Fail state in a branch, whose error is only in the output of the Catcher', async () => {
    const definition = {
      StartAt: 'Outer',
      States: {
        Outer: {
          Type: 'Parallel',
          Branches: [{ StartAt: 'Stop', States: { Stop: { Type: 'Fail', Error: 'B' } } }],
          Catch: ['A', 'B'].map((name) => ({ ErrorEquals: [name], Next: 'Done' })),
          Next: 'Done',
        },
        Done: done,
      },
    };
    expect(await branches(definition, {})).toEqual(['/States/Outer/Catch[1]', '/States/Done/End']);
  });
});

describe('Choice', () => {
  const choosing = (Choices: object[], more: object = {}, machine: object = {}) => ({
    ...machine,
    StartAt: 'Choose',
    States: { Choose: { Type: 'Choice', Choices, Default: 'Other', ...more }, Ship: done, Other: done },
  });
  const status = (value: string, Next: string) => ({ Variable: '$.status', StringEquals: value, Next });

  test('the rule that leads to the next state, or Default', async () => {
    const definition = choosing([status('paid', 'Ship')]);
    expect(await branches(definition, {}, { status: 'paid' })).toEqual([
      '/States/Choose/Choices[0]',
      '/States/Ship/End',
    ]);
    expect(await branches(definition, {}, { status: 'open' })).toEqual([
      '/States/Choose/Default',
      '/States/Other/End',
    ]);
  });

  test('rules with the same Next are distinguished by the input', async () => {
    const definition = choosing([status('paid', 'Ship'), status('free', 'Ship'), status('lost', 'Other')]);
    const run = async (input: object) => (await branches(definition, {}, input))[0];
    expect(await run({ status: 'paid' })).toBe('/States/Choose/Choices[0]');
    expect(await run({ status: 'free' })).toBe('/States/Choose/Choices[1]');
    expect(await run({ status: 'lost' })).toBe('/States/Choose/Choices[2]');
    expect(await run({ status: 'else' })).toBe('/States/Choose/Default');
  });

  test('by variables too, in either language', async () => {
    const rule = (value: number) => ({ Variable: '$n', NumericEquals: value, Next: 'Ship' });
    const condition = (value: number) => ({ Condition: `{% $n = ${value} %}`, Next: 'Ship' });
    for (const [QueryLanguage, choices] of [
      ['JSONPath', [rule(1), rule(2)]],
      ['JSONata', [condition(1), condition(2)]],
    ] as const) {
      const { States } = choosing([...choices]);
      const definition = {
        QueryLanguage,
        StartAt: 'Set',
        States: {
          Set: { Type: 'Pass', Assign: { n: 1 }, Next: 'Again' },
          Again: { Type: 'Pass', Assign: { n: 2 }, Next: 'Choose' },
          ...States,
        },
      };
      expect(await branches(definition, {})).toContain('/States/Choose/Choices[1]');
    }
  });

  test('with a variable of the scope around a Map, not one of another iteration', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { limit: 1 }, Next: 'Each' },
        Each: {
          Type: 'Map',
          MaxConcurrency: 1,
          ItemProcessor: {
            StartAt: 'Mine',
            States: {
              Mine: { Type: 'Pass', Assign: { n: '{% $states.input %}' }, Next: 'Choose' },
              Choose: {
                Type: 'Choice',
                Choices: [
                  { Condition: '{% $n > $limit %}', Next: 'Big' },
                  { Condition: '{% $n = $limit %}', Next: 'Big' },
                ],
                Default: 'Big',
              },
              Big: { Type: 'Succeed' },
            },
          },
          End: true,
        },
      },
    };
    const chosen = async (input: unknown) =>
      (await branches(definition, {}, input)).filter((location) => location.includes('Choose'));
    const place = '/States/Each/ItemProcessor/States/Choose';
    expect(await chosen([2, 1, 0])).toEqual([
      `${place}/Choices[0]`,
      `${place}/Choices[1]`,
      `${place}/Default`,
    ]);
  });
});
