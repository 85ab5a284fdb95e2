import { didYouMean } from '../did-you-mean';
import { DEFAULT_REGION, isRegionName } from '../local-aws/region-name';
import { UserError } from '../user-error';

/** Regions for "Did you mean". A region that is missing here works too. */
const KNOWN_REGIONS = [
  ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
  ...['ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4'],
  ...['ap-southeast-5', 'ap-southeast-7', 'ca-central-1', 'ca-west-1', 'cn-north-1', 'cn-northwest-1'],
  ...['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2'],
  ...['eu-west-3', 'il-central-1', 'me-central-1', 'me-south-1', 'mx-central-1', 'sa-east-1'],
  ...['us-east-1', 'us-east-2', 'us-gov-east-1', 'us-gov-west-1', 'us-west-1', 'us-west-2'],
];

/**
 * Checks that a name can be that of an AWS region.
 *
 * @param source where the name comes from, such as `--region`, for the error
 * @throws UserError with the nearest name
 */
export function checkedRegion(region: string, source: string): string {
  if (isRegionName(region)) return region;
  throw new UserError(
    `"${region}" (${source}) is not an AWS region.`,
    didYouMean(region, KNOWN_REGIONS) ?? `For example: ${DEFAULT_REGION} or eu-west-1.`,
  );
}

/**
 * The region of the environment: `AWS_REGION`, `AWS_DEFAULT_REGION`, us-east-1, in this order, as Terraform, the AWS
 * SDKs and version 2 of the AWS CLI read them.
 *
 * @throws UserError for an invalid name
 */
export function environmentRegion(environment: NodeJS.ProcessEnv = process.env): string {
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const region = environment[name];
    if (region) return checkedRegion(region, name);
  }
  return DEFAULT_REGION;
}
