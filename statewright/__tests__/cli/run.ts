import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** How the command is run from its sources; the arguments of `statewright` follow. */
export const cli: readonly string[] = [
  '--conditions=statewright-source',
  '--require',
  join(__dirname, '../../source.cjs'),
  join(__dirname, '../../src/cli/main.ts'),
];

/** How a command ended. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `statewright` to its end, like a user in a folder: without colours, and outside of npm. */
export function statewright(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Ended> {
  const {
    npm_lifecycle_event: _event,
    npm_package_json: _package,
    GITHUB_ACTIONS: _github,
    ...inherited
  } = process.env;
  return new Promise((done) => {
    execFile(
      process.execPath,
      [...cli, ...args],
      { cwd, env: { ...inherited, NO_COLOR: '1', FORCE_COLOR: undefined, ...env }, maxBuffer: 1e8 },
      (error, stdout, stderr) => done({ exitCode: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    );
  });
}
