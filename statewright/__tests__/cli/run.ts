import { cli, type Ran, run } from './shell';

/** Runs `statewright` to its end, like a user in a folder: without colours, and outside of npm. */
export function statewright(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Ran> {
  const {
    npm_lifecycle_event: _event,
    npm_package_json: _package,
    GITHUB_ACTIONS: _github,
    ...inherited
  } = process.env;
  return run(process.execPath, [...cli, ...args], {
    cwd,
    env: { ...inherited, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
  });
}
