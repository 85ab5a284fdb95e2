import { devNull } from 'node:os';
import type { Expression } from '../../terraform/expression';
import { UserError } from '../../user-error';
import { isAwsFile } from '../aws-files';
import { isServiceEndpoint, misleadingIn } from '../misleading-variables';
import { type Block, type Body, isNull, plainText } from './body';
import { dataDirectory } from './data-folder';
import { isLocalWorkspace } from './workspace';

const evaluateAgain = 'Evaluate the exports again: eval "$(npx statewright env)"';

/**
 * Checks that the exports of `statewright env` have not changed.
 * @throws UserError when one that keeps a state or a request local has changed
 */
export function checkSettings(env: NodeJS.ProcessEnv): void {
  if (!isLocalWorkspace(env.TF_WORKSPACE ?? '') || env.TF_DATA_DIR !== dataDirectory) {
    throw new UserError(
      'TF_WORKSPACE or TF_DATA_DIR has changed. They keep local and real states apart.',
      evaluateAgain,
    );
  }
  const { AWS_ENDPOINT_URL: url } = env;
  if (!url) throw new UserError('AWS_ENDPOINT_URL is not set.', evaluateAgain);
  if (!isLoopback(url)) {
    throw new UserError(`AWS_ENDPOINT_URL would bypass the local AWS: ${url}`, evaluateAgain);
  }
  const other = misleadingIn(env).find(
    (name) => env[name] && !(isServiceEndpoint(name) && sameAddress(env[name], url)),
  );
  if (other !== undefined) {
    const value = isServiceEndpoint(other) ? `: ${env[other]}` : '.';
    throw new UserError(`${other} would bypass the local AWS${value}`, evaluateAgain);
  }
  const changed = Object.entries(exported).find(([name, value]) =>
    typeof value === 'string' ? env[name] !== value : !value(env[name] ?? ''),
  );
  if (changed === undefined) return;
  throw new UserError(`${changed[0]} is not that of the local AWS.`, evaluateAgain);
}

/** What the exports set, so that credentials and files of the real AWS do not apply. */
const exported: Readonly<Record<string, string | ((value: string) => boolean)>> = {
  AWS_ACCESS_KEY_ID: (key) => /^(?:local|LOCAL[\dA-F]{32})$/.test(key),
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_CONFIG_FILE: (file) => file === devNull || isAwsFile(file),
  AWS_SHARED_CREDENTIALS_FILE: (file) => file === devNull || isAwsFile(file),
  AWS_EC2_METADATA_DISABLED: 'true',
};

/**
 * Refuses a `provider "aws"` that bypasses the local AWS, or whose endpoints or credentials only Terraform can evaluate.
 *
 * @param url of the local AWS
 * @throws UserError
 */
export function checkProvider({ labels, body }: Block, url: string): void {
  const reason = fault(body, url);
  if (reason === undefined) return;
  throw new UserError(
    `The provider "${labels[0]}" would bypass the local AWS: ${reason}`,
    'For local deployments, leave it out of the provider: the exports set endpoints and credentials.',
  );
}

/** Arguments with which the AWS SDK can leave its endpoint, or get credentials of the real AWS. */
const misleading = [
  ...['shared_config_files', 'shared_credentials_files', 'shared_credentials_file', 'token', 'http_proxy'],
  ...['use_fips_endpoint', 'use_dualstack_endpoint', 'assume_role_with_web_identity', 'endpoints'],
];

function fault({ attributes, blocks }: Body, url: string): string | undefined {
  for (const [name, value] of attributes) {
    if (isUnset(value)) continue;
    if (misleading.includes(name)) return `it has ${name}.`;
    const reason = name === 'access_key' ? keyFault(plainText(value)) : undefined;
    if (reason !== undefined) return reason;
  }
  for (const block of blocks) {
    const type = block.type === 'dynamic' ? block.labels[0] : block.type;
    if (type === 'assume_role_with_web_identity') return `it has ${type}.`;
    const reason = type === 'endpoints' ? endpointFault(block, url) : undefined;
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** @param key undefined for an expression */
function keyFault(key: string | undefined): string | undefined {
  if (key === undefined) return 'its access_key is an expression.';
  // The form of AWS's own access keys (IAM User Guide, "IAM identifiers").
  return /^A[A-Z]{3}[A-Z\d]{12,}$/.test(key) ? 'its access_key is one of AWS.' : undefined;
}

function endpointFault({ type, body }: Block, url: string): string | undefined {
  const contents = type === 'dynamic' ? body.blocks.filter((each) => each.type === 'content') : [{ body }];
  const endpoints = contents.flatMap((content) => [...content.body.attributes]);
  for (const [service, value] of endpoints) {
    const address = plainText(value);
    if (isUnset(value) || sameAddress(address, url)) continue;
    return address === undefined
      ? `its endpoint for ${service} is an expression.`
      : `${service} = "${address}"`;
  }
  return undefined;
}

const isUnset = (value: Expression): boolean =>
  isNull(value) ||
  (value.kind === 'literal' && (value.value === '' || value.value === false)) ||
  (value.kind === 'list' && value.items.length === 0);

/** Whether an address is that of the local AWS, by any of the names of this machine. */
function sameAddress(address: string | undefined, url: string): boolean {
  if (address === undefined || !isLoopback(address)) return false;
  const [{ protocol, port }, local] = [new URL(address), new URL(url)];
  return protocol === local.protocol && port === local.port;
}

function isLoopback(url: string): boolean {
  try {
    return /^(?:127(?:\.\d+){3}|\[::1\]|(?:.*\.)?localhost)$/.test(new URL(url).hostname);
  } catch {
    return false;
  }
}
