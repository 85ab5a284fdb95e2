import { validateStateMachine } from '../../../src/asl';
import { diagnosticsOf } from '../machine';

const end = { Type: 'Pass', End: true };
const only = (name: string, state: object = end) => ({ StartAt: name, States: { [name]: state } });

describe('names of states', () => {
  test('are 80 characters long at most', () => {
    expect(diagnosticsOf(only('n'.repeat(80)))).toEqual([]);
    const name = 'n'.repeat(81);
    expect(diagnosticsOf(only(name))).toEqual([
      `INVALID_STATE_NAME: The state name "${name}" exceeds the 80-character limit allowed by the service at /States/${name}`,
    ]);
  });

  test('are not empty', () => {
    expect(diagnosticsOf(only(''))).toEqual(['INVALID_STATE_NAME: A state name cannot be empty at /States/']);
  });

  test('are unique in the state machine', () => {
    const branch = { StartAt: 'A', States: { A: end } };
    expect(diagnosticsOf(only('A', { Type: 'Parallel', Branches: [branch], End: true }))).toEqual([
      'DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/Branches[0]/States/A',
    ]);
  });
});

describe('labels', () => {
  const map = (inner: string, Label: string) => ({
    Type: 'Map',
    Label,
    ItemProcessor: { ...only(inner), ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
  });

  test('are 40 characters long at most', () => {
    expect(diagnosticsOf(only('A', { ...map('B', 'l'.repeat(40)), End: true }))).toEqual([]);
    expect(diagnosticsOf(only('A', { ...map('B', 'l'.repeat(41)), End: true }))).toEqual([
      expect.stringMatching(
        /^INVALID_LABEL_NAME: .* exceeds the 40-character limit allowed by the service at \/States\/A\/Label$/,
      ),
    ]);
  });

  test.each(['a b', 'a*', '[a]', 'a/b', 'a\u0000'])('cannot be %p', (label) => {
    expect(diagnosticsOf(only('A', { ...map('B', label), End: true }))).toEqual([
      `INVALID_LABEL_NAME: The label "${label}" contains invalid characters at /States/A/Label`,
    ]);
  });

  test('are unique in the state machine', () => {
    const States = { A: { ...map('X', 'Items'), Next: 'B' }, B: { ...map('Y', 'Items'), End: true } };
    expect(diagnosticsOf({ StartAt: 'A', States })).toEqual([
      'DUPLICATE_LABEL_NAME: Duplicate Label name: Items at /States/B/Label',
    ]);
  });
});

describe('size', () => {
  test('1 MB at most', () => {
    const long = only('A', { ...end, Comment: 'é'.repeat(524_288) });
    expect(diagnosticsOf(long)).toEqual([
      expect.stringMatching(
        /^SCHEMA_VALIDATION_FAILED: The definition is too long: more than 1048576 bytes of JSON at/,
      ),
    ]);
  });

  test('JSON that is nested too deeply', () => {
    let deep: unknown = null;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(diagnosticsOf(only('A', { ...end, Result: deep }))).toEqual([
      'TOO_DEEPLY_NESTED: The states are too deeply nested: more than 400 levels of JSON at (the definition)',
    ]);
  });
});

test('the definition is not changed', () => {
  const definition = only('A', { ...end, Nxt: 'B' });
  const before = structuredClone(definition);
  validateStateMachine(definition);
  expect(definition).toEqual(before);
});
