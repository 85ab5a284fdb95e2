import { delimiter, join, resolve } from 'node:path';
import { OWNER_SECRET } from '../local-aws/credential';
import { variablesIn } from '../local-aws/deployment';
import { UserError } from '../user-error';
import { accessKeyOf } from './access-key';
import { awsFiles, noAwsFiles } from './aws-files';
import { type Command, listOf, type Option, type Values } from './command';
import { misleadingIn, misleadingVariables } from './misleading-variables';
import { environmentRegion } from './region';
import { quote } from './shell';
import { cdktfGuard } from './terraform-guard/binary';
import { dataDirectory } from './terraform-guard/data-folder';
import { profilesIn } from './terraform-guard/profiles';
import { isLocalWorkspace } from './terraform-guard/workspace';

/** Where the local AWS listens by default. */
const defaultPort = 4566;

/** The Terraform workspace of local deployments. */
const defaultWorkspace = 'statewright';

/** The folder of the guards named `terraform` and `tofu`. */
const guardFolder = join(__dirname, '../../bin/guard');

export const portOption: Option = {
  type: 'string',
  value: 'PORT',
  description: `The local AWS's port on 127.0.0.1 (default: STATEWRIGHT_PORT, or ${defaultPort})`,
};

export const workspaceOption: Option = {
  type: 'string',
  value: 'NAME',
  description: `The Terraform workspace of local deployments (default: ${defaultWorkspace})`,
};

export const profileOption: Option = {
  type: 'list',
  value: 'NAME',
  description:
    "An AWS profile that works with the local AWS (default: those of the Terraform configuration's providers)",
};

/** Prints the exports that point `aws`, `terraform`, `cdktf` and the SDKs to the local AWS, for `eval`. */
export const env: Command = {
  usage: 'statewright env',
  description: 'Prints the exports that point a shell to the local AWS, for: eval "$(statewright env)"',
  options: { port: portOption, workspace: workspaceOption, profile: profileOption },
  async run(values) {
    const port = readPort(values);
    const workspace = readWorkspace(values);
    const address = { url: endpoint(port), accessKeyId: accessKeyOf(port) };
    const files = awsFiles(address, readProfiles(values));
    process.stdout.write(exportLines(localEnvironment(address.url, address.accessKeyId, workspace, files)));
    return 0;
  },
};

/** @throws UserError when it is not a port, or is `0` (any free port) where the port has to be known */
export function readPort(
  { port = process.env.STATEWRIGHT_PORT || undefined }: Values,
  smallest: 0 | 1 = 1,
): number {
  if (port === undefined) return defaultPort;
  const number = Number(port);
  if (!/^\d{1,5}$/.test(String(port)) || number < smallest || number > 65_535) {
    throw new UserError(
      `"${port}" is not a port.`,
      `Use a number from ${smallest} to 65535, such as --port ${defaultPort}`,
    );
  }
  return number;
}

/** @throws UserError when Terraform does not accept the name, or it is the workspace of real resources */
export function readWorkspace({ workspace = defaultWorkspace }: Values): string {
  const name = String(workspace);
  if (isLocalWorkspace(name)) return name;
  throw new UserError(
    `"${name}" cannot be the workspace of local deployments.`,
    'Use a name of letters, digits, "-" and "_", and not "default".',
  );
}

/** The profiles of `--profile`, and those that the Terraform configuration in this folder names. */
export const readProfiles = ({ profile }: Values): readonly string[] => [
  ...listOf(profile),
  ...profilesIn(process.cwd(), process.env),
];

export const endpoint = (port: number): string => `http://127.0.0.1:${port}`;

/** The region of the local AWS by default: the variable of a stack, as Terraform reads it, or the environment's. */
export const localRegion = (): string => variablesIn(process.env).aws_region ?? environmentRegion();

/**
 * What points the AWS CLI, the SDKs and Terraform to the local AWS. The credentials are its own, so the real AWS would
 * refuse a request that reached it. The user's own configuration files are hidden: their credentials, endpoints
 * and regions do not apply; only the names of profiles are the same. The SDKs do not put `sync-` before the address: that host name would not resolve. Neither
 * Terraform nor the CDKTF CLI checks for its newest version: that needs a network, and prints an error without one.
 *
 * Terraform gets its own workspace, and with it a state, and a data folder in place of `.terraform`. What these cannot
 * keep apart, the guard refuses. It is first on the PATH (see `exportLines` and `childEnvironment`).
 *
 * @param accessKeyId a local AWS that was started with --no-auth accepts any
 */
export function localEnvironment(
  url: string,
  accessKeyId = 'local',
  workspace = defaultWorkspace,
  files = noAwsFiles,
): Readonly<Record<string, string>> {
  const region = localRegion();
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: OWNER_SECRET,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...files,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
    CHECKPOINT_DISABLE: '1',
    TF_WORKSPACE: workspace,
    TF_DATA_DIR: dataDirectory,
    ...cdktfBinary(process.env),
  };
}

/** If TERRAFORM_BINARY_NAME is a path, or a name without a guard: a guard that runs that program for the CDKTF CLI. */
function cdktfBinary({ TERRAFORM_BINARY_NAME: name = '', STATEWRIGHT_TERRAFORM }: NodeJS.ProcessEnv) {
  if (['', 'terraform', 'tofu'].includes(name)) return {};
  const guard = join(guardFolder, cdktfGuard);
  const named = name.endsWith(join('bin/guard', cdktfGuard)) ? (STATEWRIGHT_TERRAFORM ?? 'terraform') : name;
  return {
    TERRAFORM_BINARY_NAME: guard,
    STATEWRIGHT_TERRAFORM: named.includes('/') ? resolve(named) : named,
  };
}

/** An environment as lines for a POSIX shell, with the guard first on its PATH. */
export function exportLines(environment: Readonly<Record<string, string>>): string {
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`);
  const unset = [...new Set([...misleadingVariables, ...misleadingIn(process.env)])];
  return [`unset ${unset.join(' ')}`, ...lines, `export PATH=${quote(guardFolder)}:"$PATH"`, ''].join('\n');
}

/** This process's environment, with everything of AWS in it replaced by the local AWS. */
export function childEnvironment(...settings: Parameters<typeof localEnvironment>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:TF_)?AWS_/.test(name) && !misleadingVariables.includes(name),
  );
  return {
    ...Object.fromEntries(kept),
    ...localEnvironment(...settings),
    PATH: [guardFolder, process.env.PATH ?? ''].join(delimiter),
  };
}
