/** What `npm test` does: checks types and style, runs Jest with the arguments, and says how long all of it took. */
import { spawnSync } from 'node:child_process';

const started = Date.now();
const steps = [
  ['npm', 'run', '-s', 'typecheck'],
  ['npm', 'run', '-s', 'lint'],
  ['npx', 'jest', ...process.argv.slice(2)],
];
for (const [command, ...args] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exitCode = 1;
  if (process.exitCode) break;
}
const seconds = Math.round((Date.now() - started) / 1000);
console.error(`npm test took ${Math.floor(seconds / 60)} min ${seconds % 60} s: types, style and tests.`);
