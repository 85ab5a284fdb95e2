import { UserError } from '../../user-error';
import { dataDirectory } from './data-folder';
import type { Block } from './hcl';

const evaluateAgain = 'Evaluate the exports again: eval "$(statewright env)"';

/**
 * Checks that the exports of `statewright env` have not changed.
 * @throws UserError when one that keeps a state or a request local has changed
 */
export function checkSettings(env: NodeJS.ProcessEnv): void {
  if (!env.TF_WORKSPACE || env.TF_WORKSPACE === 'default' || env.TF_DATA_DIR !== dataDirectory) {
    throw new UserError('TF_WORKSPACE or TF_DATA_DIR, which keep states apart, has changed.', evaluateAgain);
  }
  const endpoints = Object.entries(env).filter(([name, url]) => stateServices.test(name) && url);
  const elsewhere = endpoints.find(([, url]) => !isLoopback(url as string));
  if (elsewhere === undefined && env.AWS_ENDPOINT_URL) return;
  throw new UserError(
    elsewhere
      ? `${elsewhere[0]} would bypass the local AWS: ${elsewhere[1]}`
      : 'AWS_ENDPOINT_URL is not set.',
    evaluateAgain,
  );
}

/** The variables for the endpoints of the S3 backend; AWS_ENDPOINT_URL is for all services. */
const stateServices =
  /^AWS_ENDPOINT_URL(?:_(?:S3|DYNAMODB|STS|IAM))?$|^(?:TF_)?AWS_(?:S3|DYNAMODB|STS|IAM)_ENDPOINT$/;

/**
 * Refuses a `provider "aws"` that bypasses the local AWS.
 * @throws UserError
 */
export function checkProvider({ body }: Block): void {
  const endpoints = body.blocks.filter(({ type }) => type === 'endpoints');
  const given = endpoints.map((block) => block.body.attributes);
  for (const [service, value] of given.flatMap((members) => [...members])) {
    if (value.kind !== 'text' || isLoopback(value.text)) continue;
    throw new UserError(
      `The provider "aws" would bypass the local AWS: ${service} = "${value.text}"`,
      'For local deployments, leave out its endpoints, with an override file or a variable.',
    );
  }
}

function isLoopback(url: string): boolean {
  try {
    return /^(?:127(?:\.\d+){3}|\[::1\]|(?:.*\.)?localhost)$/.test(new URL(url).hostname);
  } catch {
    return false;
  }
}
