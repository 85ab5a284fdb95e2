import { compileStateMachine, InvalidInputError } from '../../src/engine';
import { machineOf, start } from './run';

describe('a definition that cannot be run', () => {
  test.each<[string, object, string]>([
    ['no states', { StartAt: 'State' }, 'an object is required at /States'],
    ['no StartAt', { States: {} }, "'StartAt' is missing at /"],
    [
      'another first state',
      machineOf({ Type: 'Succeed' }, { StartAt: 'Sate' }),
      "the state 'Sate' does not exist (Did you mean 'State'?) at /StartAt",
    ],
    [
      'an unknown type',
      machineOf({ Type: 'Pas' }),
      "the state type 'Pas' does not exist (Did you mean 'Pass'?) at /States/State/Type",
    ],
    [
      'a type with the name of an inherited member',
      machineOf({ Type: 'constructor' }),
      "the state type 'constructor' does not exist at /States/State/Type",
    ],
    [
      'a missing target',
      machineOf({ Type: 'Pass', Next: 'Nowhere' }),
      "the state 'Nowhere' does not exist at /States/State/Next",
    ],
    [
      'a target in another scope',
      machineOf({
        Type: 'Parallel',
        Branches: [{ StartAt: 'In', States: { In: { Type: 'Pass', Next: 'State' } } }],
        End: true,
      }),
      "the state 'State' does not exist at /States/State/Branches[0]/States/In/Next",
    ],
    [
      'a Catch with a missing target',
      machineOf({ Type: 'Task', Resource: 'r', Catch: [{ ErrorEquals: ['E'], Next: 'Stat' }], End: true }),
      "the state 'Stat' does not exist (Did you mean 'State'?) at /States/State/Catch[0]/Next",
    ],
    [
      'a Task without Resource',
      machineOf({ Type: 'Task', End: true }),
      "'Resource' is missing at /States/State",
    ],
    [
      'a rule without an operator',
      machineOf({ Type: 'Choice', Choices: [{ Variable: '$', Next: 'State' }] }),
      'a rule needs a comparison operator such as StringEquals at /States/State/Choices[0]',
    ],
  ])('%s', (_name, definition, message) => {
    expect(() => compileStateMachine(definition)).toThrow(`The state machine cannot be run: ${message}`);
  });

  test('an invalid path is reported with its location', () => {
    expect(() => compileStateMachine(machineOf({ Type: 'Pass', InputPath: '$[', End: true }))).toThrow(
      /at \/States\/State\/InputPath$/,
    );
  });
});

test('input that is not valid JSON', () => {
  expect(() => start(machineOf({ Type: 'Succeed' }), { inputText: '{a: 1}' })).toThrow(InvalidInputError);
});

test('a compiled state machine runs any number of times', async () => {
  const machine = machineOf({ Type: 'Pass', Parameters: { 'n.$': '$.n' }, End: true });
  const outcomes = [1, 2].map((n) => start(machine, { input: { n } }).outcome);
  expect(await Promise.all(outcomes)).toEqual([
    { status: 'SUCCEEDED', output: '{"n":1}' },
    { status: 'SUCCEEDED', output: '{"n":2}' },
  ]);
});

test('onEvent receives each event as it is written', async () => {
  const received: string[] = [];
  const execution = start(machineOf({ Type: 'Succeed' }), { onEvent: ({ type }) => received.push(type) });
  await execution.outcome;
  expect(received).toEqual(execution.events.map(({ type }) => type));
});
