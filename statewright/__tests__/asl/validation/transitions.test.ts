import { diagnosticsOf } from '../machine';

const pass = (Next: string) => ({ Type: 'Pass', Next });
const end = { Type: 'Pass', End: true };
const states = (States: Record<string, unknown>, StartAt = 'A') => ({ StartAt, States });

describe('targets', () => {
  test('that do not exist', () => {
    expect(diagnosticsOf(states({ A: pass('Nowhere'), B: end }))).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nowhere at /States/A/Next",
      'MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B',
    ]);
  });

  test('that are misspelt', () => {
    expect(diagnosticsOf(states({ A: pass('HandelError'), HandleError: end }))).toContain(
      `MISSING_TRANSITION_TARGET: Missing 'Next' target: HandelError. Did you mean "HandleError"? at /States/A/Next`,
    );
  });

  test('that are misspelt by the thousand do not all tell what was meant', () => {
    const names = Array.from({ length: 4000 }, (_, i) => `state-number-${i}`);
    const misspelt = Object.fromEntries(names.map((name) => [name, pass(`${name}-misspelt`)]));
    const errors = diagnosticsOf(states({ ...misspelt, last: end }, 'state-number-0')).filter((each) =>
      each.includes("Missing 'Next'"),
    );
    expect(errors).toHaveLength(4000);
    expect(errors.filter((each) => each.includes('Did you mean')).length).toBeLessThan(100);
    expect(errors[0]).toContain('Did you mean');
  });

  test('of the start', () => {
    expect(diagnosticsOf(states({ A: end }, 'X'))).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /StartAt",
      'MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A',
    ]);
  });

  test('of a rule, a default and a catcher are all called Next', () => {
    const choice = {
      Type: 'Choice',
      Choices: [
        { Variable: '$.a', IsNull: true, Next: 'End' },
        { Variable: '$.b', IsNull: true, Next: 'Gone' },
      ],
      Default: 'Work',
    };
    const task = {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:111122223333:function:f',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Missing' }],
      End: true,
    };
    expect(diagnosticsOf(states({ A: { ...choice, Default: 'Absent' }, End: end, Work: task }))).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Gone at /States/A/Choices[1]/Next",
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Absent at /States/A/Default",
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Missing at /States/Work/Catch[0]/Next",
      'MISSING_TRANSITION_TARGET: State "Work" is not reachable. at /States/Work',
    ]);
  });

  test.each(['constructor', '__proto__', 'toString'])('called %s do not exist', (name) => {
    expect(diagnosticsOf(states({ A: pass(name), B: end }))).toContain(
      `MISSING_TRANSITION_TARGET: Missing 'Next' target: ${name} at /States/A/Next`,
    );
  });

  test.each(['constructor', '__proto__', '<script>', 'a/b'])(
    'called %s are found when they exist',
    (name) => {
      const definition = JSON.parse(
        `{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"${name}"},"${name}":{"Type":"Pass","End":true}}}`,
      );
      expect(diagnosticsOf(definition)).toEqual([]);
    },
  );

  test('cannot be inside a branch', () => {
    const branch = states({ B: end }, 'B');
    expect(diagnosticsOf(states({ A: { Type: 'Parallel', Branches: [branch], Next: 'B' } }))).toContain(
      `MISSING_TRANSITION_TARGET: Missing 'Next' target: B. "B" is in another scope (/States/A/Branches[0]) at /States/A/Next`,
    );
  });

  test('inside a branch are the states of the branch', () => {
    const branch = states({ B: pass('C') }, 'B');
    expect(diagnosticsOf(states({ A: { Type: 'Parallel', Branches: [branch], Next: 'C' }, C: end }))).toEqual(
      [
        'MISSING_TRANSITION_TARGET: Missing \'Next\' target: C. "C" is in another scope (the state machine) at /States/A/Branches[0]/States/B/Next',
        'MISSING_END_STATE: Workflow has no terminal state at /States/A/Branches[0]',
      ],
    );
  });
});

describe('reachable states', () => {
  test('a state that only reaches itself is not reached', () => {
    expect(diagnosticsOf(states({ A: end, B: pass('B') }))).toEqual([
      'MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B',
    ]);
  });

  test('states that only reach each other are not reached', () => {
    expect(diagnosticsOf(states({ A: end, B: pass('C'), C: pass('B') }))).toEqual([
      'MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B',
      'MISSING_TRANSITION_TARGET: State "C" is not reachable. at /States/C',
    ]);
  });

  test('inside a Map', () => {
    const inside = states({ B: end, C: end }, 'B');
    expect(diagnosticsOf(states({ A: { Type: 'Map', ItemProcessor: inside, End: true } }))).toEqual([
      'MISSING_TRANSITION_TARGET: State "C" is not reachable. at /States/A/ItemProcessor/States/C',
    ]);
  });
});

describe('the terminal state', () => {
  test('without one, unreachable states are not reported', () => {
    expect(diagnosticsOf(states({ A: pass('B'), B: pass('A'), C: pass('A') }))).toEqual([
      'MISSING_END_STATE: Workflow has no terminal state at (the definition)',
    ]);
  });

  test('is reported after missing targets', () => {
    expect(diagnosticsOf(states({ A: pass('NOPE') }))).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: NOPE at /States/A/Next",
      'MISSING_END_STATE: Workflow has no terminal state at (the definition)',
    ]);
  });

  test('can be unreachable', () => {
    expect(diagnosticsOf(states({ A: pass('B'), B: pass('A'), C: end }))).toEqual([
      'MISSING_TRANSITION_TARGET: State "C" is not reachable. at /States/C',
    ]);
  });

  test.each([{ Type: 'Succeed' }, { Type: 'Fail' }])('%p is a terminal state', (last) => {
    expect(diagnosticsOf(states({ A: pass('B'), B: last }))).toEqual([]);
  });
});
