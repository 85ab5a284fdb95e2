import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../../user-error';
import { type CommandLine, hasFlag, optionValues, readCommandLine } from './command-line';
import { type Configuration, readBackendFile, readConfiguration } from './configuration';
import { dataDirectory, makeDataFolder, moduleFolders } from './data-folder';
import type { Value } from './hcl';
import { expectLockFile, hasLockFileOfItsOwn } from './lock-file';
import { checkRemoteState } from './remote-state';
import { checkProvider, checkSettings } from './requests';
import { localS3Settings, misleadingArguments } from './s3-backend';
import { claimWorkspace, statesIn } from './workspace';

/** Commands that look at no state, backend or lock file. */
const harmless = ['version', 'fmt', 'login', 'logout', 'metadata'];

/**
 * Makes sure that a call of Terraform neither reads nor writes what belongs to real resources.
 *
 * @param args of Terraform
 * @param tofu whether OpenTofu is called
 * @returns the arguments to call it with
 * @throws UserError with the reason, where that cannot be guaranteed
 */
export function protect(args: readonly string[], env: NodeJS.ProcessEnv, tofu: boolean): readonly string[] {
  const command = readCommandLine(args, env);
  const all = [...command.inserted, ...command.head, ...command.rest];
  if (command.subcommand === undefined || harmless.includes(command.subcommand)) return args;
  if (['help', 'h'].some((name) => hasFlag(all, name)) || hasFlag(command.head, 'version')) return args;

  checkSettings(env);
  checkOptions(command);
  const configuration = readConfiguration(command.folder, tofu);
  checkBackendType(configuration);
  for (const provider of configuration.awsProviders) checkProvider(provider);
  const data = join(command.folder, dataDirectory);
  for (const folder of moduleFolders(command.folder, data)) {
    const module = folder === command.folder ? configuration : readConfiguration(folder, tofu);
    module.remoteStates.forEach(checkRemoteState);
  }
  if (!configuration.exists) return args;

  makeDataFolder(data);
  const ownLockFile = hasLockFileOfItsOwn(command.folder, data);
  const settings = backendSettings(configuration, command);
  if (configuration.backend?.type === 's3') checkSavedBackend(data);
  else claimWorkspace(command.folder, workspaceDirectory(settings), env.TF_WORKSPACE as string);

  if (command.subcommand === 'init') return init(command, configuration, settings, data, ownLockFile);
  if (command.subcommand === 'providers' && command.rest[0] === 'lock') {
    if (ownLockFile) throw changesLockFile('terraform providers lock');
    expectLockFile(data);
  }
  return args;
}

function checkBackendType({ backend }: Configuration): void {
  if (backend === undefined || backend.type === 'local' || backend.type === 's3') return;
  throw new UserError(
    backend.type === 'cloud'
      ? 'This configuration keeps its state in HCP Terraform (a "cloud" block), which the local AWS cannot stand in for.'
      : `This configuration keeps its state in a "${backend.type}" backend, which the local AWS cannot stand in for.`,
    'For local deployments, replace the backend in an override file, such as local_override.tf: terraform { backend "local" {} }',
  );
}

/** @throws UserError for options that name a state, or move one */
function checkOptions({ subcommand = '', inserted, rest }: CommandLine): void {
  const args = [...inserted, ...rest];
  for (const name of ['state', 'state-out', 'backup', 'backup-out']) {
    // `-backup=-` keeps no backup.
    if (optionValues(args, name).some((value) => value !== '-')) {
      throw new UserError(
        `Option -${name} names a state of its own.`,
        'Leave it out: local deployments have theirs.',
      );
    }
  }
  if (subcommand === 'workspace' || subcommand === 'env') {
    if (rest[0] !== 'delete') return;
    throw new UserError(`terraform ${subcommand} delete would delete a state.`, ownShell);
  }
  if (subcommand !== 'init') return;
  for (const name of ['migrate-state', 'force-copy', 'from-module']) {
    const given = name === 'from-module' ? optionValues(args, name).length > 0 : hasFlag(args, name);
    if (given) throw new UserError(`Option -${name} copies what is not a local deployment's.`, ownShell);
  }
}

const ownShell = 'Run it in a shell without the exports of the local AWS.';

/** The backend's arguments with a value, from its block and from `-backend-config`. */
function backendSettings(
  { backend }: Configuration,
  { subcommand, inserted, rest, folder }: CommandLine,
): Map<string, Value> {
  const settings = new Map(backend?.body.attributes);
  if (subcommand !== 'init') return settings;
  for (const given of optionValues([...inserted, ...rest], 'backend-config')) {
    const at = given.indexOf('=');
    if (at >= 0) settings.set(given.slice(0, at), { kind: 'text', text: given.slice(at + 1) });
    else
      for (const [name, value] of readBackendFile(resolve(folder, given)).attributes)
        settings.set(name, value);
  }
  return settings;
}

/** @throws UserError for one that only OpenTofu can evaluate */
function workspaceDirectory(settings: ReadonlyMap<string, Value>): string {
  return textOf(settings, 'workspace_dir') ?? 'terraform.tfstate.d';
}

function textOf(settings: ReadonlyMap<string, Value>, name: string): string | undefined {
  const value = settings.get(name);
  if (value === undefined || (value.kind === 'expression' && value.source === 'null')) return undefined;
  if (value.kind === 'text') return value.text || undefined;
  throw new UserError(
    `Where the state is kept is not known: the backend's ${name} is an expression.`,
    'Write it out.',
  );
}

function init(
  { head, rest, inserted, folder }: CommandLine,
  { backend }: Configuration,
  settings: ReadonlyMap<string, Value>,
  data: string,
  ownLockFile: boolean,
): readonly string[] {
  if (hasFlag(inserted, 'reconfigure')) {
    throw new UserError('TF_CLI_ARGS has -reconfigure.', 'Give it on the command line, or leave it out.');
  }
  if (ownLockFile && hasFlag([...inserted, ...rest], 'upgrade'))
    throw changesLockFile('terraform init -upgrade');
  if (!ownLockFile) expectLockFile(data);
  const added = ownLockFile ? ['-lockfile=readonly'] : [];
  const saved = join(data, 'terraform.tfstate');
  if (backend?.type === 's3') {
    if (savedBackend(data)?.type !== 's3') rmSync(saved, { force: true });
    refuseToCopy(folder, !existsSync(saved) || hasFlag(rest, 'reconfigure'));
    const file = join(dataDirectory, 's3.tfbackend');
    writeFileSync(join(folder, file), localS3Settings(settings.keys()));
    return [...head, ...rest, ...added, `-backend-config=${file}`];
  }
  // Terraform then finds the backend as it was, and asks for no state to be copied.
  if (backend) writeFileSync(saved, savedLocalBackend(settings));
  else rmSync(saved, { force: true });
  return [...head, ...rest.filter((arg) => !/^--?reconfigure(?:=|$)/.test(arg)), ...added];
}

/** @throws UserError where `terraform init` would copy states of the folder to the S3 backend, and empty them */
function refuseToCopy(folder: string, firstTime: boolean): void {
  const [state] = firstTime ? statesIn(folder) : [];
  if (state === undefined) return;
  throw new UserError(
    `terraform init would copy ${join(folder, state)} to the S3 backend, and empty it.`,
    'Move it to another folder, or delete it if it is not needed.',
  );
}

const changesLockFile = (what: string) =>
  new UserError(`${what} would change .terraform.lock.hcl.`, ownShell);

/** As Terraform writes down which backend a folder has been initialized with. */
const savedLocalBackend = (settings: ReadonlyMap<string, Value>): string =>
  JSON.stringify({
    version: 3,
    backend: {
      type: 'local',
      config: {
        path: textOf(settings, 'path') ?? null,
        workspace_dir: textOf(settings, 'workspace_dir') ?? null,
      },
      hash: 0,
    },
  });

interface SavedBackend {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

function savedBackend(data: string): SavedBackend | undefined {
  try {
    return JSON.parse(readFileSync(join(data, 'terraform.tfstate'), 'utf8')).backend;
  } catch {
    return undefined;
  }
}

/** @throws UserError when the folder was initialized without the guard, with settings that lead past the local AWS */
function checkSavedBackend(data: string): void {
  const given = Object.entries(savedBackend(data)?.config ?? {}).filter(
    ([, value]) => value !== null && value !== '',
  );
  const leads = misleadingArguments(given.map(([name]) => name));
  if (leads.length === 0) return;
  throw new UserError(
    `${data} was made with ${leads.join(', ')}, which leads past the local AWS.`,
    'Delete that folder, and run terraform init.',
  );
}
