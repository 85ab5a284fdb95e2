import { createHmac, timingSafeEqual } from 'node:crypto';
import { remembering } from './remembered';

/** What a signed request says of its signer. */
export interface Credential {
  readonly accessKeyId: string;
  /** The region and the service that the request is for, such as `us-east-1` and `s3`. */
  readonly region: string;
  readonly service: string;
}

/** The parts of a request that name its signer. */
interface SentRequest {
  readonly url: string;
  readonly headers: Pick<Headers, 'get'>;
}

/**
 * The credential of a signed request, from its Authorization header or, of a presigned one, its query (IAM User Guide,
 * "Elements of an AWS API request signature": key/date/region/service/aws4_request). No browser signs.
 */
export function credentialOf({ headers, url }: SentRequest): Credential | undefined {
  const header = headers.get('authorization');
  const parameters = header === null && PRESIGNED.test(url) ? new URL(url).searchParams : undefined;
  const text = parameters?.get('X-Amz-Credential') ?? /Credential=([^,\s]*)/.exec(header ?? '')?.[1];
  const { credential } = readCredential(text ?? '');
  if (credential) return credential;
  const s3Key = parameters?.get('AWSAccessKeyId') ?? /^AWS ([^:]+):/.exec(header ?? '')?.[1];
  return s3Key === undefined ? undefined : { accessKeyId: s3Key, region: '', service: 's3' };
}

/** `KEY/DATE/REGION/SERVICE/aws4_request`: the same text in all of a client's requests for a service. */
const readCredential = remembering((text): { readonly credential?: Credential } => {
  const [, accessKeyId, region = '', service] =
    /^([^/]+)\/(?:.*?([^/]*)\/)?([\w-]+)\/aws4_request$/.exec(text) ?? [];
  if (accessKeyId === undefined || service === undefined) return {};
  return { credential: { accessKeyId, region, service } };
});

/** A presigned URL, also of S3's older signature, which names no region: version 1 of the AWS CLI still makes it. */
const PRESIGNED = /[?&](?:X-Amz-Credential|AWSAccessKeyId)=/;

/**
 * The session token of a request with temporary credentials, from the same places; empty without one.
 * @param request its `target` is the path and the query
 */
export const sessionTokenOf = ({
  header,
  target,
}: {
  readonly header: (name: string) => string | undefined;
  readonly target: string;
}): string =>
  header('x-amz-security-token') ??
  (target.includes('X-Amz-Security-Token=')
    ? new URL(target, 'http://localhost').searchParams.get('X-Amz-Security-Token')
    : null) ??
  '';

/** The secret key of the account's owner: the access key id is the secret that nobody else knows. */
export const OWNER_SECRET = 'local';

/**
 * The key in the addresses of packages, which roles may see: the access key does not follow from it, and it lets nobody
 * do anything else.
 */
export const downloadKey = (accessKeyId: string): string =>
  createHmac('sha256', accessKeyId).update('download').digest('hex');

/** The query that lets whoever has an address use it without signing, as a presigned URL does. */
export const presignedQuery = (accessKeyId: string, region: string, service: string): string =>
  `X-Amz-Credential=${encodeURIComponent(`${accessKeyId}/local/${region}/${service}/aws4_request`)}`;

const SIGNATURE =
  /^(?:X-Amz-(?:Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token)|AWSAccessKeyId|Signature|Expires)(?:=|$)/;

/** The query without a presigned URL's signature. */
export function unsignedQuery({ search }: URL): string {
  const parameters = search.slice(1).split('&');
  const kept = parameters.filter((each) => !SIGNATURE.test(each));
  return kept.join('&') === '' ? '' : `?${kept.join('&')}`;
}

/** Compares two secrets in a time that says nothing of where they differ. */
export function isSameSecret(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
