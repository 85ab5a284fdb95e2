import { coverageItems } from '../../../src/testing/state-coverage/items';
import type { CoverageLine } from '../../../src/testing/state-coverage/recorder';
import { coverageReport, percent } from '../../../src/testing/state-coverage/report';
import { coverageTable, notExercised } from '../../../src/testing/state-coverage/table';
import { checkThreshold, shortfall, type Threshold } from '../../../src/testing/state-coverage/threshold';
import { payment } from '../machines';

const deployed: CoverageLine = {
  id: 'p',
  name: 'payment',
  items: coverageItems(payment),
};
const paid: CoverageLine = {
  id: 'p',
  hits: ['/States/Charge', '/States/Charge/Next', '/States/Paid', '/States/Paid/End'],
};
const declined: CoverageLine = {
  id: 'p',
  hits: ['/States/Charge', '/States/Charge/Catch[0]', '/States/Tell', '/States/Tell/End'],
};
const other: CoverageLine = {
  id: 'o',
  name: 'other',
  items: coverageItems({
    StartAt: 'Only',
    States: { Only: { Type: 'Succeed' } },
  }),
};

test('adds up what all workers wrote, in any order', () => {
  const report = coverageReport([paid, declined, deployed, paid, deployed]);
  expect(report.summary).toEqual({
    state: { found: 4, hit: 3 },
    transition: { found: 3, hit: 3 },
    choice: { found: 0, hit: 0 },
    retry: { found: 2, hit: 0 },
    catch: { found: 2, hit: 1 },
    all: { found: 11, hit: 7 },
  });
  expect(report.stateMachines).toHaveLength(1);
  expect(report.stateMachines[0]).toMatchObject({
    name: 'payment',
    executions: 3,
    summary: report.summary,
  });
  expect(report.stateMachines[0]?.items.slice(0, 3)).toEqual([
    {
      kind: 'state',
      location: '/States/Charge',
      state: 'Charge',
      label: 'Charge',
      hits: 3,
    },
    {
      kind: 'transition',
      location: '/States/Charge/Next',
      state: 'Charge',
      label: 'Charge → Paid',
      hits: 2,
    },
    {
      kind: 'retry',
      location: '/States/Charge/Retry[0]',
      state: 'Charge',
      label: 'Charge: retry of Busy',
      hits: 0,
    },
  ]);
  expect(coverageReport([deployed, declined, paid, paid])).toEqual(report);
});

test('a state machine that never ran counts, with nothing exercised', () => {
  expect(coverageReport([other]).stateMachines).toMatchObject([
    { executions: 0, summary: { all: { found: 1, hit: 0 } } },
  ]);
});

test('percentages never round up to 100, and are 100 without items', () => {
  expect([
    percent({ found: 30_000, hit: 29_999 }),
    percent({ found: 3, hit: 3 }),
    percent({ found: 0, hit: 0 }),
  ]).toEqual([99.99, 100, 100]);
});

test('the table', () => {
  expect(coverageTable(coverageReport([deployed, paid, declined, other]))).toMatchInlineSnapshot(`
    "State machine coverage

    State machine  Executions  States  Transitions  Choices  Retries  Catches      All
    other                   0     0/1            -        -        -        -      0 %
    payment                 2     3/4          3/3        -      0/2      1/2  63.63 %
    All                     2     3/5          3/3        -      0/2      1/2  58.33 %
    "
  `);
});

test('what was not exercised', () => {
  const [idle, half] = coverageReport([deployed, paid, declined, other]).stateMachines;
  expect(idle && notExercised(idle)).toBe('Not exercised in other:\n  Only  (/States/Only)\n');
  expect(half && notExercised(half)).toMatchInlineSnapshot(`
    "Not exercised in payment:
      Charge: retry of Busy  (/States/Charge/Retry[0])
      Charge: retry of States.Timeout  (/States/Charge/Retry[1])
      Charge: States.ALL → GiveUp  (/States/Charge/Catch[1])
      GiveUp  (/States/GiveUp)
    "
  `);
  const [whole] = coverageReport([other, { id: 'o', hits: ['/States/Only'] }]).stateMachines;
  expect(whole && notExercised(whole)).toBe('');
});

describe('the threshold', () => {
  const report = coverageReport([deployed, paid, declined]);

  test.each<Threshold>([
    63.63,
    { state: 75, transition: 100, choice: 100, retry: 0, catch: 50 },
    { all: 60 },
    {},
  ])('%j is reached', (threshold) => expect(shortfall(report, threshold)).toBeUndefined());

  test('a shortfall is shown for each kind, with the missed items', () => {
    expect(shortfall(report, 80)?.message).toBe(
      `The coverage threshold is not reached:
  payment, all: 7 of 11 exercised, 63.63 %; at least 80 % are needed

Not exercised in payment:
  Charge: retry of Busy  (/States/Charge/Retry[0])
  Charge: retry of States.Timeout  (/States/Charge/Retry[1])
  Charge: States.ALL → GiveUp  (/States/Charge/Catch[1])
  GiveUp  (/States/GiveUp)`,
    );
    expect(
      shortfall(report, { state: 100, catch: 100, transition: 100 })?.message.split('\n').slice(1, 4),
    ).toEqual([
      '  payment, state: 3 of 4 exercised, 75 %; at least 100 % are needed',
      '  payment, catch: 1 of 2 exercised, 50 %; at least 100 % are needed',
      '',
    ]);
  });

  test('each state machine has to reach it', () => {
    expect(
      shortfall(coverageReport([deployed, paid, declined, other]), {
        state: 70,
      })?.message,
    ).toContain('other, state');
  });

  test('a required state machine that no test deploys is a shortfall', () => {
    expect(shortfall(report, 0, ['payment', 'shipment'])?.message).toBe(
      'The coverage threshold is not reached:\n  shipment: no test deploys it',
    );
  });

  test('an invalid one is refused', () => {
    expect(() => checkThreshold({ states: 100 } as Threshold)).toThrow(
      'The coverage threshold has no "states". It has state, transition, choice, retry, catch and all.',
    );
    expect(() => checkThreshold(101)).toThrow(
      'The coverage threshold all: 101 is not a percentage from 0 to 100.',
    );
  });
});
