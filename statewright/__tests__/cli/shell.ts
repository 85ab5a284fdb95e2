import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

/** How a command ended. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export function run(
  program: string,
  args: readonly string[],
  { cwd, env = process.env }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Ran> {
  return new Promise((done) => {
    const child = execFile(program, args, { cwd, env, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      done({ exitCode: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

/** The arguments with which node runs the `statewright` command from its sources. */
export const cli: readonly string[] = [
  '--conditions=statewright-source',
  '--require',
  resolve(__dirname, '../../source.cjs'),
  resolve(__dirname, '../../src/cli/main.ts'),
];
