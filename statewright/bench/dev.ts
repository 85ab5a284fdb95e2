/** `statewright dev` on the example: milliseconds from a saved file to its deployment, next to the synthesis alone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printTable } from './table';

const root = join(__dirname, '../..');
const cli = ['--conditions=statewright-source', '--require', './statewright/source.cjs'];
const ROUNDS = 5;

/** Saves a change of a file, and puts the file back afterwards. */
async function change(child: ChildProcess, path: string, from: string, to: string): Promise<number> {
  const file = join(root, path);
  const text = readFileSync(file, 'utf8');
  const times: number[] = [];
  for (const content of [text.replace(from, to), text]) {
    const start = performance.now();
    writeFileSync(file, content);
    await printed(child, /✓ (?:Lambda function|state machine)/);
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

function printed(child: ChildProcess, pattern: RegExp): Promise<void> {
  let text = '';
  return new Promise((resolve) => {
    const onData = (chunk: Buffer) => {
      text += chunk;
      if (!pattern.test(text)) return;
      child.stdout?.off('data', onData);
      resolve();
    };
    child.stdout?.on('data', onData);
  });
}

async function synthesis(): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [...cli, 'main.ts'], { cwd: root, stdio: 'ignore' });
  await new Promise((resolve) => child.once('close', resolve));
  return performance.now() - start;
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function main(): Promise<void> {
  const args = [...cli, 'statewright/src/cli/main.ts', 'dev', '--port', '0'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  await printed(child, /Watching for changes/);
  const rows: Record<string, number[]> = { handler: [], stack: [], synthesis: [] };
  for (let round = 0; round < ROUNDS; round++) {
    rows.handler?.push(await change(child, 'handlers/error.ts', 'called error_handler', 'called it'));
    rows.stack?.push(await change(child, 'src/definition.ts', 'handled error', 'handled'));
    rows.synthesis?.push(await synthesis());
  }
  child.kill();
  const [handler, stack, alone] = Object.values(rows).map(median) as [number, number, number];
  printTable(
    ['from a saved file to its deployment', 'ms'],
    [
      ['a handler', handler.toFixed(0)],
      ['the state machine', stack.toFixed(0)],
      ['the synthesis alone', alone.toFixed(0)],
    ],
  );
}

void main();
