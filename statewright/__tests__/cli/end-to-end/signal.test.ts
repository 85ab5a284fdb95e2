import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli } from '../shell';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('Ctrl-C while a template is running leaves no temporary folders', async () => {
  const file = join(folder, 'template.json');
  const Definition = { StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 600, End: true } } };
  const Wait = { Type: 'AWS::Serverless::StateMachine', Properties: { Definition } };
  writeFileSync(file, JSON.stringify({ Resources: { Wait } }));
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);

  const child = spawn(process.execPath, [...cli, 'start', file], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += chunk;
    if (printed.includes('✓ Deploy it')) break;
  }
  expect(readdirSync(temporary)).toContainEqual(expect.stringMatching(/^statewright-template-/));
  const ended = once(child, 'exit');
  child.kill('SIGINT');

  expect(await ended).toEqual([130, null]);
  expect(readdirSync(temporary).filter((name) => name.startsWith('statewright-template-'))).toEqual([]);
});
