import { reasonOf, type UpstreamServices } from '../../integrations/upstream-services';
import { invalidParameter } from './errors';

/** The members of a request that say where code is in S3. */
interface CodeLocation {
  readonly S3Bucket?: unknown;
  readonly S3Key?: unknown;
  readonly S3ObjectVersion?: unknown;
}

/** Throws an error when the caller of a request may not read an object. */
export type MayRead = (object: { readonly Bucket: string; readonly Key: string }) => void;

/** The operations that take a package, and the member that has it, if it is not the request itself. */
const CODE_MEMBERS: Readonly<Record<string, string | undefined>> = {
  CreateFunction: 'Code',
  PublishLayerVersion: 'Content',
  UpdateFunctionCode: undefined,
};

/**
 * The members of a request with the package itself, in base64, where they name an object in S3. Others are unchanged.
 * @throws AwsError InvalidParameterValueException when the object cannot be read
 */
export async function withCodeOfS3(
  upstream: UpstreamServices | undefined,
  operation: string,
  members: Readonly<Record<string, unknown>>,
  mayRead: MayRead,
): Promise<Readonly<Record<string, unknown>>> {
  if (!Object.hasOwn(CODE_MEMBERS, operation)) return members;
  const member = CODE_MEMBERS[operation];
  const location = (member === undefined ? members : members[member]) as CodeLocation | undefined;
  if (typeof location?.S3Bucket !== 'string' || typeof location.S3Key !== 'string') return members;
  if (upstream?.find('s3') === undefined) {
    throw invalidParameter(
      `The code is in the bucket ${location.S3Bucket}, and the local AWS does not have S3. Pass the address of an emulator that has it with --upstream, or send the code itself (ZipFile).`,
    );
  }
  mayRead({ Bucket: location.S3Bucket, Key: location.S3Key });
  const { S3Bucket, S3Key, S3ObjectVersion, ...others } = location;
  const code = { ...others, ZipFile: await read(upstream, location) };
  return member === undefined ? code : { ...members, [member]: code };
}

async function read(
  upstream: UpstreamServices,
  { S3Bucket: Bucket, S3Key: Key, S3ObjectVersion: VersionId }: CodeLocation,
): Promise<string> {
  try {
    const { Body } = await upstream.call('s3', 'GetObject', { Bucket, Key, VersionId });
    return await (Body as { transformToString(encoding: 'base64'): Promise<string> }).transformToString(
      'base64',
    );
  } catch (error) {
    const { name } = error as Error;
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${name}. S3 Error Message: ${reasonOf(error)}`,
    );
  }
}
