import { join } from 'node:path';
import { type ApiRuntime, programNotFound, UnavailableRuntime } from './api-runtime';
import { warnOfOtherVersion } from './other-version';
import { firstProgram, readTwoLines } from './probe';

const BOOTSTRAP = join(__dirname, 'bootstrap.py');

const probe = {
  args: ['-c', 'import sys; print(sys.executable); print(".".join(map(str, sys.version_info[:3])))'],
  read: readTwoLines,
};

/**
 * Python 3 functions are run by the Python of the same minor version, or by any Python 3.
 * @throws UnavailableRuntime when none is found
 */
export async function pythonRuntime(identifier: string): Promise<ApiRuntime> {
  if (!identifier.startsWith('python3')) {
    throw new UnavailableRuntime(`The runtime ${identifier} does not run here: only Python 3 does.`);
  }
  const commands = [identifier, 'python3'];
  const program = await firstProgram(commands, probe);
  if (program === undefined) {
    throw programNotFound(identifier, commands, 'Install Python 3, or add it to the PATH.');
  }
  warnOfOtherVersion(identifier, `python${program.version}`, 'Python');
  return {
    version: `python:${program.version}`,
    launch: ({ handler }) => ({
      command: program.path,
      // -u: what it prints is written at once. -B: the folder of the code stays as it was deployed.
      args: ['-u', '-B', BOOTSTRAP, handler],
    }),
  };
}
