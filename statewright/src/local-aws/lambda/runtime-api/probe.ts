import { execFile } from 'node:child_process';

/** How long a program may take to say what it is, in milliseconds: a Java VM on a busy machine takes seconds. */
const TIMEOUT = 20_000;

/** A program of this machine that can run functions. */
export interface Program {
  /** Its path. */
  readonly path: string;
  readonly version: string;
}

/** How a program is asked for its path and version. */
interface Probe {
  readonly args: readonly string[];
  /** Reads them from what it printed. */
  readonly read: (output: string) => Program | undefined;
}

/** What was found, by the commands that were asked for. What was not found may be installed later. */
const found = new Map<string, Promise<Program | undefined>>();

/**
 * The first of the commands that works. It is asked for its own path: a shim of pyenv or rbenv takes 100 ms at each
 * start, and leaves variables behind.
 */
export async function firstProgram(commands: readonly string[], probe: Probe): Promise<Program | undefined> {
  const key = commands.join('\n');
  const search = found.get(key) ?? firstOf(commands, probe);
  found.set(key, search);
  const program = await search;
  if (program === undefined) found.delete(key);
  return program;
}

async function firstOf(commands: readonly string[], probe: Probe): Promise<Program | undefined> {
  for (const command of commands) {
    const program = await ask(command, probe);
    if (program !== undefined) return program;
  }
  return undefined;
}

const ask = (command: string, { args, read }: Probe): Promise<Program | undefined> =>
  new Promise((resolve) => {
    execFile(command, args, { timeout: TIMEOUT }, (error, stdout, stderr) =>
      resolve(error ? undefined : read(`${stdout}\n${stderr}`)),
    );
  });

/** Reads two lines: the path and the version. */
export function readTwoLines(output: string): Program | undefined {
  const [path, version] = output.split('\n').map((line) => line.trim());
  return path && version ? { path, version } : undefined;
}
