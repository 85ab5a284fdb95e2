import { compileStateMachine, InvalidInputError } from '../../src/engine';
import { machineOf, start } from './run';

describe('a definition that cannot be run', () => {
  test.each<[string, object, string]>([
    ['no states', { StartAt: 'State' }, 'an object is needed at /States'],
    ['no StartAt', { States: {} }, "'StartAt' is missing at /"],
    [
      'another first state',
      machineOf({ Type: 'Succeed' }, { StartAt: 'Sate' }),
      "there is no state 'Sate' (Did you mean 'State'?) at /StartAt",
    ],
    [
      'an unknown type',
      machineOf({ Type: 'Pas' }),
      "there is no state type 'Pas' (Did you mean 'Pass'?) at /States/State/Type",
    ],
    [
      'a type that objects have',
      machineOf({ Type: 'constructor' }),
      "there is no state type 'constructor' at /States/State/Type",
    ],
    [
      'a missing target',
      machineOf({ Type: 'Pass', Next: 'Nowhere' }),
      "there is no state 'Nowhere' at /States/State/Next",
    ],
    [
      'a target in another scope',
      machineOf({
        Type: 'Parallel',
        Branches: [{ StartAt: 'In', States: { In: { Type: 'Pass', Next: 'State' } } }],
        End: true,
      }),
      "there is no state 'State' at /States/State/Branches[0]/States/In/Next",
    ],
    [
      'a Catch to nowhere',
      machineOf({ Type: 'Task', Resource: 'r', Catch: [{ ErrorEquals: ['E'], Next: 'Stat' }], End: true }),
      "there is no state 'Stat' (Did you mean 'State'?) at /States/State/Catch[0]/Next",
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

  test('a path that is none tells where it stands', () => {
    expect(() => compileStateMachine(machineOf({ Type: 'Pass', InputPath: '$[', End: true }))).toThrow(
      /at \/States\/State\/InputPath$/,
    );
  });
});

test('input that is not JSON', () => {
  expect(() => start(machineOf({ Type: 'Succeed' }), { inputText: '{a: 1}' })).toThrow(InvalidInputError);
});

test('a compiled machine runs any number of times', async () => {
  const machine = machineOf({ Type: 'Pass', Parameters: { 'n.$': '$.n' }, End: true });
  const outcomes = [1, 2].map((n) => start(machine, { input: { n } }).outcome);
  expect(await Promise.all(outcomes)).toEqual([
    { status: 'SUCCEEDED', output: '{"n":1}' },
    { status: 'SUCCEEDED', output: '{"n":2}' },
  ]);
});

test('each event is told as it is written', async () => {
  const told: string[] = [];
  const execution = start(machineOf({ Type: 'Succeed' }), { onEvent: ({ type }) => told.push(type) });
  await execution.outcome;
  expect(told).toEqual(execution.events.map(({ type }) => type));
});
