import type { ExploredMachine } from './explored-machine';

const NAMES = [
  'definitionFile',
  'deployDefinition',
  'deployStack',
  'never',
  'returns',
  'sequence',
  'takes',
  'throws',
];

/** A test file with a test for each row. */
export function testFile(explored: readonly ExploredMachine[]): string {
  const tests = explored.flatMap(({ rows }) => rows.map(({ test }) => test)).join('\n');
  const used = NAMES.filter((name) => tests.includes(`${name}(`));
  return `import { ${used.join(', ')} } from 'statewright/testing';\n\n${tests}`;
}
