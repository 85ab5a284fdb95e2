import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderDiagram } from '../../src/diagram';
import { executionPath } from '../../src/history/execution-path';
import { samples } from '../machines';

/** The reviewed drawings. `UPDATE_GOLDEN=1 npx jest golden` writes them again. */
const GOLDEN = join(__dirname, 'golden');
const isUpdate = process.env.UPDATE_GOLDEN === '1';

test.each(Object.entries(samples))('%s', (name, { definition, events, theme }) => {
  const svg = renderDiagram(definition, {
    title: name,
    ...(events && { execution: executionPath(events) }),
    ...(theme && { theme }),
  });
  const file = join(GOLDEN, `${name}.svg`);
  if (isUpdate) writeFileSync(file, svg);
  expect(svg).toBe(readFileSync(file, 'utf8'));
});

test('every file belongs to a sample', () => {
  expect(readdirSync(GOLDEN).sort()).toEqual(
    Object.keys(samples)
      .map((name) => `${name}.svg`)
      .sort(),
  );
});
