import { diagnosticsOf } from '../machine';

const scope = (name: string, state: object) => ({
  StartAt: name,
  States: { [name]: { ...state, End: true } },
});
const assigning = (variable: string, state = 'Inner') =>
  scope(state, { Type: 'Pass', Assign: { [variable]: 1 } });

/** What is wrong with a state machine that assigns `total`, and then has a state. */
const withOuter = (state: object) =>
  diagnosticsOf({
    StartAt: 'First',
    States: {
      First: { Type: 'Pass', Assign: { 'total.$': '$.n' }, Next: 'Second' },
      Second: { ...state, End: true },
    },
  });

const fault = (place: string) =>
  `SCHEMA_VALIDATION_FAILED: The variable 'total' is assigned in an outer scope. An inner scope cannot assign a variable with the same name. at /States/Second/${place}/Assign/total`;

describe('a variable of an outer scope', () => {
  test('is not assigned in a branch', () => {
    expect(
      withOuter({ Type: 'Parallel', Branches: [assigning('count', 'Other'), assigning('total')] }),
    ).toEqual([fault('Branches[1]/States/Inner')]);
  });

  test('is not assigned in a Map', () => {
    expect(withOuter({ Type: 'Map', ItemProcessor: assigning('total') })).toEqual([
      fault('ItemProcessor/States/Inner'),
    ]);
  });

  test('is not assigned two scopes deeper', () => {
    const nested = scope('Each', { Type: 'Map', ItemProcessor: assigning('total') });
    expect(withOuter({ Type: 'Parallel', Branches: [nested] })).toEqual([
      fault('Branches[0]/States/Each/ItemProcessor/States/Inner'),
    ]);
  });

  test('is not assigned by a catcher', () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'End', Assign: { total: 1 } }];
    const branch = {
      StartAt: 'Work',
      States: {
        Work: {
          Type: 'Task',
          Resource: 'arn:aws:lambda:us-east-1:111122223333:function:f',
          Catch,
          Next: 'End',
        },
        End: { Type: 'Succeed' },
      },
    };
    expect(withOuter({ Type: 'Parallel', Branches: [branch] })).toEqual([
      fault('Branches[0]/States/Work/Catch[0]'),
    ]);
  });

  test('is a different variable in the child executions of a distributed Map', () => {
    const ItemProcessor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      ...assigning('total'),
    };
    expect(withOuter({ Type: 'Map', ItemProcessor })).toEqual([]);
  });
});

test('branches can assign the same name', () => {
  expect(
    withOuter({ Type: 'Parallel', Branches: [assigning('count', 'Other'), assigning('count')] }),
  ).toEqual([]);
});
