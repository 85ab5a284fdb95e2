import { join } from 'node:path';
import { UserError } from '../../user-error';
import { addProfiles } from '../aws-files';
import { backendSettings, checkSavedBackend, workspaceDirectories } from './backend';
import {
  argumentsOf,
  asksForHelp,
  type CommandLine,
  hasFlag,
  optionValues,
  readCommandLine,
} from './command-line';
import { type Configuration, readConfiguration } from './configuration';
import { dataDirectory, makeDataFolder, moduleFolders } from './data-folder';
import { checkFiles, checkLogs } from './files';
import { initialize } from './initialize';
import { changesLockFile, expectLockFile, hasOwnLockFile } from './lock-file';
import { checkOptions } from './options';
import { profilesOf } from './profiles';
import { checkRemoteState } from './remote-state';
import { checkProvider, checkSettings } from './requests';
import { checkTests } from './test-files';
import { claimWorkspace } from './workspace';

/** Commands that read no state, backend or lock file. */
const harmless = ['version', 'fmt', 'login', 'logout', 'metadata'];

/** Commands that use no backend. */
const withoutBackend = ['validate', 'test', 'get'];

/**
 * Makes sure that a call of Terraform neither reads nor writes what belongs to real resources.
 *
 * @param args of Terraform
 * @param tofu whether OpenTofu is called
 * @returns the arguments to call it with
 * @throws UserError with the reason, when that cannot be guaranteed
 */
export function protect(args: readonly string[], env: NodeJS.ProcessEnv, tofu: boolean): readonly string[] {
  const command = readCommandLine(args, env);
  const { folder, subcommand } = command;
  checkLogs(folder, env);
  if (isHarmless(command)) return args;

  checkSettings(env);
  checkOptions(command);
  const workspace = env.TF_WORKSPACE as string;
  checkFiles(command, workspace);
  if (subcommand === 'test') {
    const directory = optionValues(argumentsOf(command), 'test-directory').at(-1);
    checkTests(folder, env.AWS_ENDPOINT_URL as string, directory);
  }

  const configuration = readConfiguration(folder, tofu);
  const withBackend = usesBackend(command);
  if (withBackend) checkBackendType(configuration);
  const data = join(folder, dataDirectory);
  for (const module of moduleFolders(folder, data)) {
    checkModule(module, module === folder ? configuration : readConfiguration(module, tofu), env);
  }
  if (!configuration.exists) return args;

  makeDataFolder(data);
  const backend = withBackend ? configuration.backend : undefined;
  const settings = backendSettings(backend, command);
  if (withBackend && backend?.type !== 's3') {
    const directories = workspaceDirectories(backend, settings);
    claimWorkspace(folder, { name: workspace, ...directories });
    // Terraform 1.11 opens the state of the workspace "default" here, regardless of TF_WORKSPACE.
    if (subcommand === 'console') {
      return [...args, `-state=${join(directories.local, workspace, 'terraform.tfstate')}`];
    }
  } else if (subcommand !== 'init') checkSavedBackend(data);

  if (subcommand === 'init') return initialize(command, withBackend && (backend?.type ?? 'none'), settings);
  // This also records the hash of a lock file that a local `terraform init` has written.
  const hasOwn = hasOwnLockFile(folder, data);
  if (subcommand === 'providers' && command.rest[0] === 'lock') {
    if (hasOwn) throw changesLockFile('terraform providers lock');
    expectLockFile(data);
  }
  return args;
}

/** Whether a command line uses no state, backend or lock file. @throws UserError for a hidden subcommand */
function isHarmless(command: CommandLine): boolean {
  const { head, inserted, subcommand } = command;
  if (subcommand === undefined && inserted.some((word) => !word.startsWith('-'))) {
    throw new UserError('TF_CLI_ARGS has a subcommand.', 'Use it on the command line.');
  }
  return (
    subcommand === undefined ||
    harmless.includes(subcommand) ||
    hasFlag(head, 'version') ||
    asksForHelp(command)
  );
}

function usesBackend(command: CommandLine): boolean {
  const { subcommand = '' } = command;
  const option = argumentsOf(command).findLast((arg) => /^--?backend=/.test(arg));
  return !withoutBackend.includes(subcommand) && !(subcommand === 'init' && option?.endsWith('=false'));
}

/** Checks where the requests of a module would be sent, and makes its AWS profiles local. */
function checkModule(folder: string, module: Configuration, env: NodeJS.ProcessEnv): void {
  for (const provider of module.awsProviders) checkProvider(provider, env.AWS_ENDPOINT_URL as string);
  for (const remoteState of module.remoteStates) checkRemoteState(remoteState);
  addProfiles(env, profilesOf(module, folder, env));
}

function checkBackendType({ backend }: Configuration): void {
  if (backend === undefined || backend.type === 'local' || backend.type === 's3') return;
  const where =
    backend.type === 'cloud'
      ? 'HCP Terraform (a "cloud" block)'
      : `another place (the backend "${backend.type}")`;
  throw new UserError(
    `This configuration keeps its state in ${where}, which the local AWS cannot replace.`,
    'Deploy a copy of the folder, with {"terraform": {"backend": {"local": {}}}} in a file local_override.tf.json.',
  );
}
