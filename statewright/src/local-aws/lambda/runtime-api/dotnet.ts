import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiRuntime, InvalidEntrypoint, programNotFound } from './api-runtime';
import { firstProgram } from './probe';

const CLIENT = 'Amazon.Lambda.RuntimeSupport.dll';

const probe = {
  args: ['--list-runtimes'],
  read: (output: string) => {
    const versions = [...output.matchAll(/^Microsoft\.NETCore\.App (\S+)/gm)].map(([, version]) => version);
    const version = versions.at(-1);
    return version === undefined ? undefined : { path: 'dotnet', version };
  },
};

/**
 * .NET functions are run by `dotnet`, with the runtime interface client that the package or a layer brings: the NuGet
 * package Amazon.Lambda.RuntimeSupport. The handler is `ASSEMBLY`, a program that starts the client itself, or
 * `ASSEMBLY::TYPE::METHOD`.
 * @throws UnavailableRuntime when .NET is not found
 */
export async function dotnetRuntime(identifier: string): Promise<ApiRuntime> {
  const program = await firstProgram(['dotnet'], probe);
  if (program === undefined) {
    throw programNotFound(identifier, ['dotnet'], 'Install .NET, or add it to the PATH.');
  }
  return {
    version: `dotnet:${program.version}`,
    launch: ({ folder, layers, handler }) => {
      const [assembly = '', ...method] = handler.split('::');
      const base = join(folder, assembly);
      if (method.length === 0) return { command: program.path, args: ['exec', `${base}.dll`] };
      const client = [folder, ...(layers === undefined ? [] : [layers])]
        .map((place) => join(place, CLIENT))
        .find(existsSync);
      if (client === undefined) {
        throw new InvalidEntrypoint(
          `${CLIENT} not found in the package. AWS has it; here the package or a layer brings it: dotnet add package Amazon.Lambda.RuntimeSupport`,
        );
      }
      const files = ['--depsfile', `${base}.deps.json`, '--runtimeconfig', `${base}.runtimeconfig.json`];
      return { command: program.path, args: ['exec', ...files, client, handler] };
    },
  };
}
