import { coverageItems } from '../../../src/testing/state-coverage/items';
import { payment } from '../machines';

test('states, transitions, Retriers and Catchers, with their locations', () => {
  expect(coverageItems(payment).map(({ kind, location, label }) => [kind, location, label])).toEqual([
    ['state', '/States/Charge', 'Charge'],
    ['transition', '/States/Charge/Next', 'Charge → Paid'],
    ['retry', '/States/Charge/Retry[0]', 'Charge: retry of Busy'],
    ['retry', '/States/Charge/Retry[1]', 'Charge: retry of States.Timeout'],
    ['catch', '/States/Charge/Catch[0]', 'Charge: Declined → Tell'],
    ['catch', '/States/Charge/Catch[1]', 'Charge: States.ALL → GiveUp'],
    ['state', '/States/Tell', 'Tell'],
    ['transition', '/States/Tell/End', 'Tell → End'],
    ['state', '/States/Paid', 'Paid'],
    ['transition', '/States/Paid/End', 'Paid → End'],
    ['state', '/States/GiveUp', 'GiveUp'],
  ]);
});

test('the rules of a Choice and its Default, in branches and processors too', () => {
  const inside = {
    StartAt: 'Choose',
    States: {
      Choose: {
        Type: 'Choice',
        Choices: [{ Variable: '$.a', IsPresent: true, Next: 'End' }],
        Default: 'End',
      },
      End: { Type: 'Succeed' },
    },
  };
  const outer = { StartAt: 'Outer', States: { Outer: { Type: 'Parallel', Branches: [inside], End: true } } };
  expect(coverageItems(outer).slice(2)).toEqual([
    { kind: 'state', state: 'Choose', label: 'Choose', location: '/States/Outer/Branches[0]/States/Choose' },
    {
      kind: 'choice',
      state: 'Choose',
      label: 'Choose: rule → End',
      location: '/States/Outer/Branches[0]/States/Choose/Choices[0]',
    },
    {
      kind: 'choice',
      state: 'Choose',
      label: 'Choose: Default → End',
      location: '/States/Outer/Branches[0]/States/Choose/Default',
    },
    { kind: 'state', state: 'End', label: 'End', location: '/States/Outer/Branches[0]/States/End' },
  ]);
});

test('a Retrier with MaxAttempts 0 is not an item', () => {
  const Retry = [{ ErrorEquals: ['Fatal'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }];
  const Call = { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Retry, End: true };
  const items = coverageItems({ StartAt: 'Call', States: { Call } });
  expect(items.filter(({ kind }) => kind === 'retry').map(({ location }) => location)).toEqual([
    '/States/Call/Retry[1]',
  ]);
});
