import { reasonOf, type UpstreamServices } from '../../integrations/upstream-services';
import { codeIn, type RequestMembers } from './code-member';
import { invalidParameter } from './errors';

/** Throws an error when the caller of a request may not read an object. */
export type MayRead = (object: { readonly Bucket: string; readonly Key: string }) => void;

/**
 * The members of a request with the package itself, where they name an object in S3. Others are unchanged.
 * @throws AwsError InvalidParameterValueException when the object cannot be read
 */
export async function withCodeOfS3(
  upstream: UpstreamServices | undefined,
  operation: string,
  members: RequestMembers,
  mayRead: MayRead,
): Promise<RequestMembers> {
  const found = codeIn(operation, members);
  if (found === undefined) return members;
  const { S3Bucket, S3Key, S3ObjectVersion, ...others } = found.code;
  if (typeof S3Bucket !== 'string' || typeof S3Key !== 'string') return members;
  if (upstream?.find('s3') === undefined) {
    throw invalidParameter(
      `The code is in the bucket ${S3Bucket}, and the local AWS does not have S3. Pass the address of an emulator that has it with --upstream, or send the code itself (ZipFile).`,
    );
  }
  const place = { Bucket: S3Bucket, Key: S3Key };
  mayRead(place);
  return found.replace({
    ...others,
    ZipFile: await read(upstream, { ...place, VersionId: S3ObjectVersion }),
  });
}

async function read(upstream: UpstreamServices, object: object): Promise<Uint8Array> {
  try {
    const { Body } = await upstream.call('s3', 'GetObject', object);
    return await (Body as { transformToByteArray(): Promise<Uint8Array> }).transformToByteArray();
  } catch (error) {
    const { name } = error as Error;
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${name}. S3 Error Message: ${reasonOf(error)}`,
    );
  }
}
