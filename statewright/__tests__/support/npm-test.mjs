// `npm test`: the types, the style, then jest with the arguments of the command line. It stops at the first failure
// and prints how long it took.
import { spawnSync } from 'node:child_process';

const started = performance.now();
const shell = process.platform === 'win32';
const status = [
  ['npm', 'run', '-s', 'typecheck'],
  ['npm', 'run', '-s', 'lint'],
  ['jest', ...process.argv.slice(2)],
].reduce((failed, [command, ...args]) => failed || run(command, args), 0);

const seconds = Math.round((performance.now() - started) / 1000);
// On standard error, because standard output may be jest's JSON.
console.error(`\nnpm test took ${Math.floor(seconds / 60)} min ${seconds % 60} s.`);
process.exitCode = status;

function run(command, args) {
  return spawnSync(command, args, { stdio: 'inherit', shell }).status ?? 1;
}
