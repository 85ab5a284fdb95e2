import { readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { firstProgram, type Program, readTwoLines } from './runtime-api/probe';

/** The Node.js of this process. */
const OWN: Program = { path: process.execPath, version: process.versions.node };

const found = new Map<number, Promise<Program>>();

/**
 * The Node.js that runs the functions of a runtime: one of the major version that the runtime names, if this machine has
 * one, otherwise that of this process.
 * @param runtime such as `nodejs22.x`
 */
export function nodeProgram(runtime: string): Promise<Program> {
  const major = majorOfRuntime(runtime);
  const program = found.get(major) ?? find(major);
  found.set(major, program);
  return program;
}

async function find(major: number): Promise<Program> {
  if (majorOf(OWN.version) === major) return OWN;
  const read = (output: string) => {
    const program = readTwoLines(output);
    return program && majorOf(program.version) === major ? program : undefined;
  };
  const args = ['-p', 'process.execPath + "\\n" + process.versions.node'];
  return (await firstProgram(candidates(major), { args, read })) ?? OWN;
}

/** Where version managers keep Node.js, and each `node` of the PATH. */
function candidates(major: number): string[] {
  const home = (...steps: string[]) => join(homedir(), ...steps);
  const {
    NVM_DIR = home('.nvm'),
    FNM_DIR = home('.local/share/fnm'),
    VOLTA_HOME = home('.volta'),
    ASDF_DATA_DIR = home('.asdf'),
    MISE_DATA_DIR = home('.local/share/mise'),
    NODENV_ROOT = home('.nodenv'),
    N_PREFIX = '/usr/local',
    RUNNER_TOOL_CACHE = '/opt/hostedtoolcache',
    PATH = '',
  } = process.env;
  const kept = [
    [join(NVM_DIR, 'versions/node'), 'bin/node'],
    [join(FNM_DIR, 'node-versions'), 'installation/bin/node'],
    [home('Library/Application Support/fnm/node-versions'), 'installation/bin/node'],
    [join(VOLTA_HOME, 'tools/image/node'), 'bin/node'],
    [join(ASDF_DATA_DIR, 'installs/nodejs'), 'bin/node'],
    [join(MISE_DATA_DIR, 'installs/node'), 'bin/node'],
    [join(NODENV_ROOT, 'versions'), 'bin/node'],
    [join(N_PREFIX, 'n/versions/node'), 'bin/node'],
    [join(RUNNER_TOOL_CACHE, 'node'), `${process.arch}/bin/node`],
  ].flatMap(([folder = '', program = '']) =>
    versionsIn(folder, major).map((version) => join(folder, version, program)),
  );
  const homebrew = ['/opt/homebrew', '/usr/local'].map((folder) =>
    join(folder, `opt/node@${major}/bin/node`),
  );
  const onPath = PATH.split(delimiter).map((folder) => join(folder, 'node'));
  const paths = [...kept, ...homebrew, ...onPath].flatMap((path) => realPath(path) ?? []);
  return [...new Set(paths)].filter((path) => path !== realPath(OWN.path));
}

/** The installed versions, newest first: such as `v22.1.0`, or `22.1.0`. */
function versionsIn(folder: string, major: number): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => majorOf(name) === major)
      .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  } catch {
    return [];
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** What Lambda disables, in which runtimes, and from which versions on Node.js knows the flag. */
const DISABLED = [
  {
    flag: 'experimental-require-module',
    isDisabledIn: (runtime: number) => runtime <= 22,
    known: [
      [20, 17],
      [22, 0],
    ],
  },
  {
    flag: 'experimental-detect-module',
    isDisabledIn: (runtime: number) => runtime <= 22 && runtime !== 20,
    known: [
      [20, 10],
      [21, 1],
    ],
  },
] as const;

/**
 * The flags with which Lambda starts Node.js (Lambda Developer Guide, "Building Lambda functions with Node.js", the
 * table of what it disables), as far as the program knows them.
 * @param nodeOptions the function's variable NODE_OPTIONS, which can enable a feature again
 */
export function nodeFlags(runtime: string, { version }: Program, nodeOptions = ''): string[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return DISABLED.filter(
    ({ flag, isDisabledIn, known: [first, last] }) =>
      isDisabledIn(majorOfRuntime(runtime)) &&
      !nodeOptions.includes(`--${flag}`) &&
      (major > last[0] || [first, last].some((since) => major === since[0] && minor >= since[1])),
  ).map(({ flag }) => `--no-${flag}`);
}

const majorOfRuntime = (runtime: string) => majorOf(runtime.replace('nodejs', ''));

const majorOf = (version: string) => Number.parseInt(version.replace('v', ''), 10);
