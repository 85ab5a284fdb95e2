import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { ownField } from '../../asl/graph';
import { isTemplate, localPath, templateIn } from '../../definitions/cloudformation/template';
import type { StackResource } from '../stack-resource';

const BUILD = join('.aws-sam', 'build');

/** Whether `sam build` has written the template: its code is built already. */
export const isBuilt = ({ template }: StackResource): boolean =>
  resolve(template.file).includes(sep + BUILD + sep);

/** What `sam build` made of the code of a function or a layer. */
interface Built {
  readonly folder: string;
  /** Whether a source has changed since then. */
  readonly isStale: boolean;
}

/** Undefined for code that was not built. @param sources the folder of the sources */
export function builtCode({ logicalId, template }: StackResource, sources: string): Built | undefined {
  const file = join(dirname(template.file), BUILD, 'template.yaml');
  if (!existsSync(file)) return undefined;
  const built = templateIn(file);
  if (!isTemplate(built.value)) return undefined;
  const properties = ownField(ownField(ownField(built.value, 'Resources'), logicalId), 'Properties');
  const path = localPath(built, ownField(properties, 'CodeUri') ?? ownField(properties, 'ContentUri'));
  if (path === undefined || !existsSync(path)) return undefined;
  return { folder: resolve(path), isStale: lastChange(sources) > statSync(file).mtimeMs };
}

/** When a file in a folder was last changed, without packages. */
function lastChange(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const own = names.filter(
    (name) => !/(?:^|[\\/])(?:node_modules|__pycache__|\.[^\\/]+)(?:[\\/]|$)/.test(name),
  );
  return Math.max(
    0,
    ...own.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0),
  );
}

/** What a build makes of a source file: a function without it cannot run, or runs without its packages. */
const NEEDED: readonly [runtime: RegExp, file: RegExp, isCompiled: boolean][] = [
  [/^java/, /^(?:pom\.xml|build\.gradle(?:\.kts)?)$/, true],
  [/^dotnet/, /\.(?:cs|fs)proj$/, true],
  [/^(?:provided|go)/, /^(?:go\.mod|Cargo\.toml|Makefile|.*\.go)$/, true],
  [/^python/, /^requirements\.txt$/, false],
  [/^ruby/, /^Gemfile$/, false],
  [/^nodejs/, /^package\.json$/, false],
];

/**
 * Whether code has to be built before it can run: `compiled`, or only for its `packages`.
 * @param folder the sources
 */
export function neededBuild(runtime: string, folder: string): 'compiled' | 'packages' | undefined {
  const names = readdirSync(folder);
  const [, , isCompiled] =
    NEEDED.find(([ofRuntime, file]) => ofRuntime.test(runtime) && names.some((name) => file.test(name))) ??
    [];
  if (isCompiled === undefined) return undefined;
  if (isCompiled) return names.includes('bootstrap') ? undefined : 'compiled';
  return hasPackages(folder, names) ? 'packages' : undefined;
}

/** Whether a project names packages that are not in its folder. */
function hasPackages(folder: string, names: readonly string[]): boolean {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  if (names.includes('package.json')) {
    if (names.includes('node_modules')) return false;
    return /"dependencies"\s*:\s*\{\s*"/.test(read('package.json'));
  }
  if (names.includes('requirements.txt'))
    return /^\s*(?!boto3|botocore)[A-Za-z]/m.test(read('requirements.txt'));
  return /^\s*gem\s/m.test(read('Gemfile'));
}
