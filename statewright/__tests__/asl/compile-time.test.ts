/** The work of the compiler for a large definition, counted in instantiated types: time would depend on the machine. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');

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
  const folder = mkdtempSync(join(tmpdir(), 'compile-time-'));
  try {
    const file = join(folder, 'definition.ts');
    writeFileSync(
      file,
      `import { defineStateMachine } from '${root}/statewright/src/asl/define-state-machine';\n${code}\n`,
    );
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.json'),
        compilerOptions: { types: [] },
        include: ['*.ts'],
      }),
    );
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const args = [tsc, '--noEmit', '--extendedDiagnostics', '-p', folder];
    const output = execFileSync(process.execPath, args, { encoding: 'utf8' });
    return Number(/^Instantiations:\s+(\d+)/m.exec(output)?.[1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('grows with the number of states, not with its square', () => {
  const [fewer, more] = [50, 200].map((count) => instantiations(definitionOf(count))) as [number, number];
  expect(fewer).toBeGreaterThan(1000);
  expect(more).toBeLessThan(5 * fewer);
});
