import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as kit from '../../src/testing';

const guide = readFileSync(join(__dirname, '../../docs/testing.md'), 'utf8');

test('the example in the guide is the one that runs', () => {
  const example = readFileSync(join(__dirname, 'example.test.ts'), 'utf8');
  expect(guide).toContain(`\`\`\`ts\n${example}\`\`\`\n`);
});

test('the guide names everything that a test can call', () => {
  const callable = Object.keys(kit).filter((name) => /^[a-z]/.test(name));
  expect(callable.filter((name) => !guide.includes(`\`${name}(`))).toEqual([]);
});
