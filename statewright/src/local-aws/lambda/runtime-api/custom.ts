import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiRuntime, InvalidEntrypoint } from './api-runtime';
import { checkExecutable } from './executable';

/** `provided.*`: the package, or a layer, has a program with the name `bootstrap` (Lambda Developer Guide, "Building a custom runtime"). */
export const customRuntime = (identifier: string): ApiRuntime => ({
  version: identifier.replace('.', ':'),
  launch: ({ folder, layers }) => {
    const candidates = [
      { file: join(folder, 'bootstrap'), shown: '/var/task/bootstrap' },
      ...(layers === undefined ? [] : [{ file: join(layers, 'bootstrap'), shown: '/opt/bootstrap' }]),
    ];
    const bootstrap = candidates.find(({ file }) => statSync(file, { throwIfNoEntry: false })?.isFile());
    if (bootstrap === undefined) {
      throw new InvalidEntrypoint("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
    }
    checkExecutable(bootstrap.file, bootstrap.shown);
    return { command: bootstrap.file, args: [] };
  },
});

/** `go1.x`, which AWS has removed: the handler is the name of the program. */
export const goRuntime: ApiRuntime = {
  version: 'go:1.x',
  launch: ({ folder, handler }) => {
    const command = join(folder, handler);
    checkExecutable(command, `/var/task/${handler}`);
    return { command, args: [] };
  },
};
