import { AwsError } from '../aws-error';
import { invalidParameter } from './errors';
import type { ConfigurationRequest, LambdaRequest } from './requests';

/** Members that a function would not work without, with what to do instead. */
const UNSUPPORTED = {
  ImageConfig: 'it is for container images, which are not supported here',
  DurableConfig: 'durable functions are not supported here',
  TenancyConfig: 'tenant isolation is not supported here',
  CapacityProviderConfig: 'Lambda Managed Instances are not supported here',
  PublishTo: 'Lambda Managed Instances are not supported here',
} as const;

/** Refuses what has no effect here, so that nothing is dropped in silence. */
export function checkSupported(
  request: Partial<LambdaRequest<'CreateFunction'> & LambdaRequest<'UpdateFunctionConfiguration'>>,
): void {
  for (const [member, reason] of Object.entries(UNSUPPORTED)) {
    if (request[member as keyof typeof UNSUPPORTED] === undefined) continue;
    throw invalidParameter(`Remove ${member} from the request: ${reason}.`);
  }
  if (request.CodeSigningConfigArn !== undefined) {
    // No code signing configuration can be created here.
    throw new AwsError(
      'CodeSigningConfigNotFoundException',
      `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${request.CodeSigningConfigArn}.`,
      404,
    );
  }
}

/** Lambda Developer Guide, "Lambda SnapStart": "Supported features and limitations". */
const SNAP_START = /^(?:java(?:1[1-9]|[2-9]\d)|python3\.(?:1[2-9]|[2-9]\d)|dotnet(?:[89]|[1-9]\d))$/;

/** Refuses SnapStart for a runtime that AWS does not support it for. */
export function checkSnapStart(runtime: string, snapStart: ConfigurationRequest['SnapStart']): void {
  if (snapStart?.ApplyOn !== 'PublishedVersions' || SNAP_START.test(runtime)) return;
  throw invalidParameter(`${runtime} is not supported for SnapStart enabled functions.`);
}
