import type { EnvironmentSpec, ExecutionEnvironment } from '../execution-environment';
import { NodeEnvironment } from '../node-environment';
import { nodeProgram } from '../node-program';
import type { Reaper } from '../reaper';
import { type ApiRuntime, type RuntimeFolders, UnavailableRuntime } from './api-runtime';
import { customRuntime, goRuntime } from './custom';
import { dotnetRuntime } from './dotnet';
import { javaRuntime } from './java';
import { pythonRuntime } from './python';
import { rubyRuntime } from './ruby';
import { RuntimeApiEnvironment } from './runtime-api-environment';

/** A way to run the functions of a runtime. */
export interface FunctionRuntime {
  start(spec: EnvironmentSpec, reaper: Reaper): ExecutionEnvironment;
}

/**
 * Finds what runs the functions of a runtime on this machine. Also runtimes that AWS no longer offers are found.
 * @param identifier such as `python3.13`
 * @throws UnavailableRuntime when nothing does, which says what to do
 */
export async function findRuntime(identifier: string, folders: RuntimeFolders): Promise<FunctionRuntime> {
  if (identifier.startsWith('nodejs')) {
    const node = await nodeProgram(identifier);
    return { start: (spec, reaper) => new NodeEnvironment(node, spec, reaper) };
  }
  const [, find] = Object.entries(LANGUAGES).find(([language]) => identifier.startsWith(language)) ?? [];
  if (find === undefined) {
    const languages = ['nodejs', ...Object.keys(LANGUAGES)].join(', ');
    throw new UnavailableRuntime(
      `The runtime ${identifier} is not supported here. Functions run in: ${languages}.`,
    );
  }
  const runtime = await find(identifier, folders);
  return { start: (spec, reaper) => new RuntimeApiEnvironment(runtime, spec, reaper) };
}

type Find = (identifier: string, folders: RuntimeFolders) => Promise<ApiRuntime>;

const LANGUAGES: Readonly<Record<string, Find>> = {
  python: pythonRuntime,
  ruby: rubyRuntime,
  java: javaRuntime,
  dotnet: dotnetRuntime,
  provided: async (identifier) => customRuntime(identifier),
  go: async () => goRuntime,
};
