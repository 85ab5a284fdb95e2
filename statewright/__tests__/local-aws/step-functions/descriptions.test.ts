import { awsErrorOf } from '../context';
import { machineArn, passing, statesHarness, waiting } from './harness';

const definitionOf = (states: Record<string, object>, more: object = {}) =>
  JSON.stringify({ StartAt: Object.keys(states)[0], States: states, ...more });

/** The variableReferences of a description. */
function referencesOf(definition: string) {
  const { states, create } = statesHarness();
  create(definition);
  return states.describeStateMachine({ stateMachineArn: machineArn }).variableReferences;
}

describe('variableReferences', () => {
  test('name the variables of paths and intrinsic functions, by state and in alphabetical order', () => {
    expect(
      referencesOf(
        definitionOf({
          Set: { Type: 'Pass', Assign: { rate: 2, 'name.$': '$.name', note: 'n' }, Next: 'Pick' },
          Pick: {
            Type: 'Choice',
            Choices: [{ Variable: '$rate', IsNull: true, Next: 'Show' }],
            Default: 'Show',
          },
          Show: {
            Type: 'Pass',
            InputPath: '$rate',
            Parameters: { 'text.$': "States.Format('{} {}', $note, $name)", price: '$name' },
            End: true,
          },
        }),
      ),
    ).toEqual({ Pick: ['rate'], Show: ['name', 'note', 'rate'] });
  });

  test('belong to the state itself, not to those around it', () => {
    const inner = { StartAt: 'Inner', States: { Inner: { Type: 'Pass', InputPath: '$list', End: true } } };
    expect(
      referencesOf(
        definitionOf({
          Set: { Type: 'Pass', Assign: { list: [1] }, Next: 'Each' },
          Each: { Type: 'Map', ItemProcessor: inner, End: true },
        }),
      ),
    ).toEqual({ Inner: ['list'] });
  });

  test('of JSONata have neither $states nor functions nor names of the expression itself', () => {
    const Output = '{% ($own := 1; $sum($list) + $own + $states.input.a) %}';
    expect(
      referencesOf(
        definitionOf(
          {
            Set: { Type: 'Pass', Assign: { list: [1] }, Next: 'Sum' },
            Sum: { Type: 'Pass', Output, End: true },
          },
          { QueryLanguage: 'JSONata' },
        ),
      ),
    ).toEqual({ Sum: ['list'] });
  });

  test('are left out where a definition reads no variables', () => {
    expect(referencesOf(passing)).toBeUndefined();
  });
});

test('a state machine with variables is described with its default encryption, also for an execution', () => {
  const { states, create } = statesHarness();
  create(definitionOf({ Set: { Type: 'Pass', Assign: { a: 1 }, End: true } }));
  const { executionArn } = states.startExecution({ stateMachineArn: machineArn });
  const encryptionConfiguration = { type: 'AWS_OWNED_KEY' };
  expect(states.describeStateMachine({ stateMachineArn: machineArn })).toMatchObject({
    encryptionConfiguration,
  });
  expect(states.describeStateMachineForExecution({ executionArn })).toMatchObject({
    encryptionConfiguration,
  });
});

describe('includedData: METADATA_ONLY', () => {
  test('leaves out definitions, inputs and outputs', async () => {
    const includedData = 'METADATA_ONLY';
    const { states, create } = statesHarness();
    create(passing);
    const { executionArn } = states.startExecution({ stateMachineArn: machineArn, input: '{"secret":1}' });
    await states.executionEnded(executionArn);
    expect(states.describeStateMachine({ stateMachineArn: machineArn, includedData }).definition).toBe('{}');
    expect(states.describeStateMachineForExecution({ executionArn, includedData }).definition).toBe('{}');
    const described = states.describeExecution({ executionArn, includedData });
    expect(described).toMatchObject({
      status: 'SUCCEEDED',
      inputDetails: { included: false },
      outputDetails: { included: false },
    });
    expect(JSON.stringify(described)).not.toContain('secret');
  });

  test('leaves them out of a synchronous answer', async () => {
    const { states, create } = statesHarness();
    create(passing, { type: 'EXPRESS' });
    const answer = await states.startSyncExecution({
      stateMachineArn: machineArn,
      input: '{"secret":1}',
      includedData: 'METADATA_ONLY',
    });
    expect(answer).toMatchObject({ inputDetails: { included: false }, outputDetails: { included: false } });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });
});

test('a synchronous execution that fails has outputDetails', async () => {
  const { states, create } = statesHarness();
  create(definitionOf({ Stop: { Type: 'Fail', Error: 'E' } }), { type: 'EXPRESS' });
  const answer = await states.startSyncExecution({ stateMachineArn: machineArn });
  expect(answer).toMatchObject({ status: 'FAILED', outputDetails: { included: true } });
});

describe('versions', () => {
  test('a version is not updated', async () => {
    const { states, create } = statesHarness();
    create(passing, { publish: true });
    const stateMachineArn = `${machineArn}:1`;
    expect(await awsErrorOf(() => states.updateStateMachine({ stateMachineArn, definition: waiting }))).toBe(
      `StateMachineDoesNotExist: State Machine Does Not Exist: '${stateMachineArn}'`,
    );
  });

  test('the same definition with another description is another version', () => {
    const { states, create } = statesHarness();
    create(passing, { publish: true, versionDescription: 'first' });
    const publish = (versionDescription: string) =>
      states.updateStateMachine({
        stateMachineArn: machineArn,
        definition: passing,
        publish: true,
        versionDescription,
      }).stateMachineVersionArn;
    expect(publish('first')).toBe(`${machineArn}:1`);
    const stateMachineArn = publish('second') ?? '';
    expect(states.describeStateMachine({ stateMachineArn }).description).toBe('second');
  });
});
