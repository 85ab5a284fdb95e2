import { devNull } from 'node:os';
import { variablesIn } from '../local-aws/deployment';
import { UserError } from '../user-error';
import type { Command, Option, Values } from './command';
import { environmentRegion } from './region';

const STACK = 'error-handling';

/** Where the local AWS listens unless told otherwise. */
const defaultPort = 4566;

export const portOption: Option = {
  type: 'string',
  value: 'PORT',
  description: `The local AWS's port on 127.0.0.1, ${defaultPort} unless given`,
};

/** Prints what a shell needs for `aws`, `terraform`, `cdktf` and the SDKs to use the local AWS, for `eval`. */
export const localEnv: Command = {
  usage: 'npm -s run local:env',
  description: 'Prints the exports that point a shell to the local AWS, for: eval "$(npm -s run local:env)"',
  options: { port: portOption },
  async run(values) {
    process.stdout.write(exportLines(localEnvironment(endpoint(readPort(values)))));
    return 0;
  },
};

/** @throws UserError when it is no port, or `0`, which stands for any free one, where it has to be known */
export function readPort({ port }: Values, smallest: 0 | 1 = 1): number {
  if (port === undefined) return defaultPort;
  const number = Number(port);
  if (!/^\d{1,5}$/.test(String(port)) || number < smallest || number > 65_535) {
    throw new UserError(
      `"${port}" is not a port.`,
      `Give a number from ${smallest} to 65535, such as --port ${defaultPort}`,
    );
  }
  return number;
}

export const endpoint = (port: number): string => `http://127.0.0.1:${port}`;

/** The region of the local AWS by default: the variable of a stack, as Terraform reads it, or the environment's. */
export const localRegion = (): string => variablesIn(process.env).aws_region ?? environmentRegion();

/**
 * What points the AWS CLI, the SDKs and Terraform to the local AWS. The credentials are made up, so that a request
 * that went to the real AWS would be refused there, and the user's own configuration files are out of sight: what they
 * say of credentials, endpoints or regions counts for nothing. No `sync-` is put before the address, which would make a
 * name of it that leads nowhere. Neither Terraform nor the CDKTF CLI asks for its newest version, which takes a network
 * and, without one, leaves an error on the screen. Terraform gets a state of its own, and with it a data folder: it is
 * there that Terraform keeps which state a folder has been initialized with. Paths are relative to the stack's folder.
 */
export function localEnvironment(url: string): Readonly<Record<string, string>> {
  const state = '../../../.local';
  const region = localRegion();
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
    CHECKPOINT_DISABLE: '1',
    TF_DATA_DIR: '.terraform-local',
    TF_CLI_ARGS_init: [
      `-backend-config=path=${state}/terraform.${STACK}.tfstate`,
      `-backend-config=workspace_dir=${state}/terraform.${STACK}.tfstate.d`,
    ].join(' '),
  };
}

/** What would lead past the above: other credentials, other endpoints, another workspace's state. */
const misleading = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
  ...['STS', 'IAM', 'CLOUDWATCH_LOGS', 'LAMBDA', 'SFN'].map((service) => `AWS_ENDPOINT_URL_${service}`),
  ...['STS', 'IAM'].flatMap((service) => [`AWS_${service}_ENDPOINT`, `TF_AWS_${service}_ENDPOINT`]),
  'TF_WORKSPACE',
];

/** An environment as lines for a POSIX shell. */
export function exportLines(environment: Readonly<Record<string, string>>): string {
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`);
  return [...lines, `unset ${misleading.join(' ')}`, ''].join('\n');
}

/** For a POSIX shell: as it is, or in single quotes. */
const quote = (value: string) => (/^[\w./:-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`);

/** This process's environment, with everything of AWS in it replaced by the local AWS. */
export function childEnvironment(url: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:TF_)?AWS_/.test(name) && !misleading.includes(name),
  );
  return { ...Object.fromEntries(kept), ...localEnvironment(url) };
}
