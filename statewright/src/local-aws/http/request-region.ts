import { AwsError } from '../aws-error';
import type { Credential } from '../credential';
import { isRegionName } from '../region-name';

/**
 * The region that a request is for: that of its signature, else that of its host, such as
 * `states.eu-west-1.localhost`. Undefined where neither names one.
 */
export function requestRegion(credential: Credential | undefined, host = ''): string | undefined {
  const { region = '' } = credential ?? {};
  return isRegionName(region) ? region : host.split('.').find(isRegionName);
}

/** The error for a signature with a region that AWS does not have. IAM, STS and S3 are the same in all regions here. */
export function regionProblem(credential: Credential | undefined): AwsError | undefined {
  const { region = '', service = '' } = credential ?? {};
  if (!['states', 'lambda', 'logs'].includes(service) || isRegionName(region)) return undefined;
  return new AwsError(
    'InvalidSignatureException',
    `Credential should be scoped to a valid region: "${region}" is not an AWS region.`,
    403,
  );
}
