// `npm test`: the types, the style, then jest with the arguments of the command line. It stops at the first failure
// and prints how long it took.
import { spawnSync } from 'node:child_process';

// What drives Terraform, the AWS CLI or Chromium takes minutes: `npm run test:end-to-end` runs it.
const END_TO_END = ['/node_modules/', '/__tests__/foreign/', '/end-to-end/', '\\.browser\\.test\\.'];

const started = performance.now();
const shell = process.platform === 'win32';
const args = process.argv.slice(2);
const namesFiles = args.some((argument) => !argument.startsWith('-'));
const status = [
  ['npm', 'run', '-s', 'typecheck'],
  ['npm', 'run', '-s', 'lint'],
  ['jest', ...args, ...(namesFiles ? [] : ['--testPathIgnorePatterns', ...END_TO_END])],
].reduce((failed, [command, ...rest]) => failed || run(command, rest), 0);

const seconds = Math.round((performance.now() - started) / 1000);
// On standard error, because standard output may be jest's JSON.
console.error(`\nnpm test took ${Math.floor(seconds / 60)} min ${seconds % 60} s.`);
process.exitCode = status;

function run(command, rest) {
  return spawnSync(command, rest, { stdio: 'inherit', shell }).status ?? 1;
}
