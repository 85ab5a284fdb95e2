/** The work of the compiler for a large definition, counted in instantiated types: time would depend on the machine. */
import { compiled, IMPORT } from './compiled';

/** A definition of as many states, of each type in turn. */
function definitionOf(count: number): string {
  const states = Array.from({ length: count }, (_, index) => {
    const next = `Next: 'S${index + 1}'`;
    const kinds = [
      `{ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f', 'Payload.$': '$' },
         Retry: [{ ErrorEquals: ['Lambda.ServiceException'], MaxAttempts: 3 }, { ErrorEquals: ['States.ALL'] }],
         Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'S${count}' }], ${next} }`,
      `{ Type: 'Choice', Choices: [{ And: [{ Variable: '$.a', NumericGreaterThan: 1 }], ${next} }], Default: 'S${index + 1}' }`,
      `{ Type: 'Map', ItemProcessor: { StartAt: 'I${index}', States: { I${index}: { Type: 'Pass', End: true } } }, ${next} }`,
      `{ Type: 'Pass', QueryLanguage: 'JSONata', Output: { a: '{% $states.input %}' }, Assign: { v: 1 }, ${next} }`,
    ];
    return `S${index}: ${kinds[index % kinds.length]},`;
  });
  return `defineStateMachine({ StartAt: 'S0', States: {\n${states.join('\n')}\nS${count}: { Type: 'Succeed' } } });`;
}

function instantiations(code: string): number {
  const output = compiled({ 'definition.ts': `${IMPORT}\n${code}\n` }, '--extendedDiagnostics');
  return Number(/^Instantiations:\s+(\d+)/m.exec(output)?.[1]);
}

test('grows with the number of states, not with its square', () => {
  const [fewer, more] = [50, 200].map((count) => instantiations(definitionOf(count))) as [number, number];
  expect(fewer).toBeGreaterThan(1000);
  expect(more).toBeLessThan(5 * fewer);
});
