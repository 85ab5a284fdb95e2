import { VirtualClock } from '../../../src/engine/execution/clock';
import { statesOperations } from '../../../src/local-aws/http/states-operations';
import { machineArn, machineRole, passing, statesHarness } from './harness';

const STATES = 200;

/** A clock on which every step of long work has a turn of its own. */
class SteppingClock extends VirtualClock {
  turns = 0;

  nextTurn(): Promise<void> {
    this.turns += 1;
    return Promise.resolve();
  }
}

const stateMachine = (state: (index: number) => object, more: object = {}) => ({
  StartAt: 's0',
  States: Object.fromEntries(Array.from({ length: STATES }, (_, index) => [`s${index}`, state(index)])),
  ...more,
});
const next = (index: number) => (index + 1 < STATES ? { Next: `s${index + 1}` } : { End: true });

const chain = stateMachine((index) => ({ Type: 'Pass', ...next(index) }));
const misspelt = stateMachine((index) => ({ Type: 'Pass', Next: `t${index}` }));
const variables = stateMachine(
  (index) => ({ Type: 'Pass', Assign: { v: '{% $v %}' }, Output: '{% $v %}', ...next(index) }),
  { QueryLanguage: 'JSONata' },
);
const inside = {
  StartAt: 'Each',
  States: { Each: { Type: 'Map', End: true, ItemProcessor: chain } },
};
const side = {
  StartAt: 'Both',
  States: { Both: { Type: 'Parallel', End: true, Branches: [chain] } },
};

const harness = () => {
  const clock = new SteppingClock();
  const { states, create } = statesHarness(undefined, { clock });
  const operations = statesOperations(states);
  /** How many turns an operation takes, and what it answers. */
  const turnsOf = async (name: string, members: object) => {
    const before = clock.turns;
    const call = async () => operations[name]?.(members, 'json');
    const answer = await call().catch((error: Error) => error);
    return { turns: clock.turns - before, answer };
  };
  return { turnsOf, create, states };
};

describe('others continue between the states of a large definition', () => {
  test.each<[string, object]>([
    ['a chain', chain],
    ['the states of a Map', inside],
    ['the states of a branch', side],
    ['expressions and variables', variables],
  ])('that CreateStateMachine accepts: %s', async (_, definition) => {
    const { turnsOf, states } = harness();
    const members = { name: 'state', roleArn: machineRole, definition: JSON.stringify(definition) };
    const { turns } = await turnsOf('CreateStateMachine', members);
    // Each state is validated and compiled.
    expect(turns).toBeGreaterThan(2 * STATES);
    expect(states.describeStateMachine({ stateMachineArn: machineArn }).status).toBe('ACTIVE');
  });

  test('that CreateStateMachine refuses, with all faults', async () => {
    const definition = JSON.stringify(misspelt);
    const { turnsOf } = harness();
    const { turns, answer } = await turnsOf('CreateStateMachine', {
      name: 'state',
      roleArn: machineRole,
      definition,
    });
    expect(turns).toBeGreaterThan(2 * STATES);
    expect(String(answer).match(/Missing 'Next' target/g)).toHaveLength(STATES);
  });

  test('that UpdateStateMachine, ValidateStateMachineDefinition or TestState reads', async () => {
    const { turnsOf, create } = harness();
    create(passing);
    const other = (name: string) => JSON.stringify({ ...chain, Comment: name });
    const update = { stateMachineArn: machineArn, definition: other('update') };
    const validate = { definition: other('validate') };
    const test = { definition: other('test'), stateName: 's1', input: '{}' };
    expect((await turnsOf('UpdateStateMachine', update)).turns).toBeGreaterThan(STATES);
    expect((await turnsOf('ValidateStateMachineDefinition', validate)).turns).toBeGreaterThan(STATES);
    expect((await turnsOf('TestState', test)).turns).toBeGreaterThan(STATES);
  });

  test('whose variables DescribeStateMachine lists', async () => {
    const { turnsOf, create } = harness();
    create(JSON.stringify({ ...variables, Comment: 'described' }));
    const { turns, answer } = await turnsOf('DescribeStateMachine', { stateMachineArn: machineArn });
    expect(turns).toBeGreaterThan(STATES);
    expect(answer).toMatchObject({ variableReferences: { s1: ['v'] } });
  });
});
