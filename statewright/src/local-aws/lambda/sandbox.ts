import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, sep } from 'node:path';
import { promisify } from 'node:util';

/** What to start. */
export interface FunctionProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Pipes in addition to its standard output and error, from file descriptor 3 on. */
  readonly pipes: number;
}

/** What a function's process sees of this machine's files. */
export interface SandboxFiles {
  /** The working directory. */
  readonly folder: string;
  /** The folder that has all code, which becomes read-only. */
  readonly code: string;
  /** A folder of the environment for what its sandbox needs. */
  readonly temporary: string;
  /** The size of its `/tmp`, in MB. */
  readonly ephemeralStorage: number;
  /** What becomes `/opt`. */
  readonly layers?: string;
}

const TMP = '/tmp';
const OPT = '/opt';

/** Mounts with the program `$1` what the file `$2` lists, then runs the rest in the folder `$3`. */
const SCRIPT =
  '"$1" --no-mtab --all --fstab "$2" && cd "$3" && shift 3 && unset PWD OLDPWD SHLVL && exec "$@"';

/** Programs of this machine: a function may have a PATH without them. */
const [UNSHARE, MOUNT, ENV] = ['unshare', 'mount', 'env'].map(onPath) as [string, string, string];

let available: Promise<boolean> | undefined;

/**
 * Whether this machine lets users make namespaces of their own: Linux with `unshare` and `mount` of util-linux, unless
 * the distribution, AppArmor or a container forbids it.
 */
export function sandboxAvailable(): Promise<boolean> {
  available ??= tryOut();
  return available;
}

/**
 * The program in namespaces of its own, which need no privileges. The code is read-only, `/tmp` is empty and has the
 * size of the ephemeral storage, `/opt` is the content of the layers. As a process of another user namespace it cannot
 * read the environment or the memory of a process outside. It has the same user, process id and exit status as without.
 */
export function sandboxed(program: FunctionProgram, files: SandboxFiles): FunctionProgram {
  const { variables } = program;
  const tmp = join(files.temporary, 'tmp');
  mkdirSync(tmp);
  const fstab = join(files.temporary, 'fstab');
  writeFileSync(fstab, mounts(program, files, tmp));
  // What a function sets for the dynamic linker is not for the programs that prepare its sandbox.
  const forLinker = Object.entries(variables).filter(([name]) => name.startsWith('LD_'));
  const { uid, gid } = ids();
  const prepare = ['--user', '--map-root-user', '--mount', '--', '/bin/sh', '-c', SCRIPT, 'sandbox', MOUNT];
  // As the same user again, without the right to undo the mounts.
  const enter = [UNSHARE, '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'];
  return {
    ...program,
    command: UNSHARE,
    args: [
      ...prepare,
      fstab,
      files.folder,
      ...enter,
      ...(forLinker.length === 0 ? [] : [ENV, ...forLinker.map((entry) => entry.join('='))]),
      program.command,
      ...program.args,
    ],
    variables: Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith('LD_'))),
  };
}

/** The mounts, in the format of fstab (fstab(5)). @param tmp an empty folder, which becomes /tmp */
function mounts(
  program: FunctionProgram,
  { code, layers, ephemeralStorage }: SandboxFiles,
  tmp: string,
): string {
  const needed = [code, process.cwd(), __dirname, program.command].map(real);
  // A class path has many, and an option may have a name before.
  const named = program.args.join('\n').match(/\/tmp\/[^/:,\n]+/g) ?? [];
  const kept = new Set([...needed, ...named.filter(existsSync)].flatMap((path) => topFolder(path) ?? []));
  const hidesOpt =
    layers !== undefined &&
    existsSync(OPT) &&
    ![...needed, ...program.args].some((path) => path.includes(`${OPT}/`));
  const line = (source: string, target: string, type: string, options: string) =>
    `${escaped(source)} ${escaped(target)} ${type} ${options} 0 0\n`;
  return [
    line('tmpfs', tmp, 'tmpfs', `size=${ephemeralStorage}m,mode=1777,nosuid,nodev`),
    ...[...kept].map((folder) =>
      line(folder, join(tmp, folder.slice(TMP.length)), 'none', 'rbind,ro,X-mount.mkdir'),
    ),
    ...(hidesOpt ? [line(layers, OPT, 'none', 'bind,ro')] : []),
    line(tmp, TMP, 'none', 'rbind'),
    ...(isBelow(real(code), TMP) ? [] : [line(code, code, 'none', 'bind,ro')]),
  ].join('');
}

/** Spaces and the like are octal in fstab. */
const escaped = (path: string) =>
  path.replaceAll(/[\s\\#]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);

/** The folder in /tmp that has the path; undefined when it is elsewhere. */
const topFolder = (path: string) =>
  isBelow(path, TMP) ? join(TMP, path.split(sep)[2] as string) : undefined;

const isBelow = (path: string, folder: string) => path.startsWith(folder + sep);

const real = (path: string) => (existsSync(path) ? realpathSync(path) : path);

function onPath(name: string): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/bin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? name;
}

const ids = () => ({ uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 });

/** Runs a program in a sandbox, which says whether it has what it should have. */
async function tryOut(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const code = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const temporary = join(code, 'tmp');
  mkdirSync(temporary);
  const check = `! touch '${code}/a' 2>/dev/null && touch ${TMP}/a && test "$(id -u)" = ${ids().uid}`;
  const program = { command: '/bin/sh', args: ['-c', check], variables: {}, pipes: 0 };
  const { command, args } = sandboxed(program, { folder: code, code, temporary, ephemeralStorage: 1 });
  try {
    await promisify(execFile)(command, [...args]);
    return !existsSync(join(code, 'a'));
  } catch {
    return false;
  } finally {
    rmSync(code, { recursive: true, force: true });
  }
}
