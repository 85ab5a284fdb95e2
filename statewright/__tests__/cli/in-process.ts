import { runCommandLine } from '../../src/cli/command-line';
import type { Ran } from './shell';

/**
 * Runs `statewright` in this process, which takes a tenth of the time of a process of its own: for commands that end and
 * start no thread.
 *
 * @param env variables to set, or to unset, for the command
 */
export async function statewrightHere(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Ran> {
  const [folder, variables] = [process.cwd(), { ...process.env }];
  const stdout = capture(process.stdout);
  const stderr = capture(process.stderr);
  try {
    process.chdir(cwd);
    setVariables({ NO_COLOR: '1', FORCE_COLOR: undefined, GITHUB_ACTIONS: undefined, ...env });
    const exitCode = await runCommandLine(args);
    return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.end();
    stderr.end();
    process.chdir(folder);
    process.env = variables;
  }
}

/** Keeps what is written to a stream, which is not a terminal meanwhile: a terminal's width would change the output. */
function capture(stream: NodeJS.WriteStream) {
  const written = jest.spyOn(stream, 'write').mockReturnValue(true);
  const isTTY = Object.getOwnPropertyDescriptor(stream, 'isTTY');
  Object.defineProperty(stream, 'isTTY', { value: false, configurable: true, writable: true });
  return {
    text: () => written.mock.calls.map(([text]) => String(text)).join(''),
    end() {
      written.mockRestore();
      if (isTTY) Object.defineProperty(stream, 'isTTY', isTTY);
      else delete (stream as { isTTY?: boolean }).isTTY;
    },
  };
}

function setVariables(env: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
