import { AwsError } from '../aws-error';
import type { Protocol, ReceivedRequest } from './received-request';
import {
  ALGORITHM,
  type CheckSignature,
  isSignedWith,
  parseBasicTime,
  type Signature,
  type SignedRequest,
  sha256,
  signatureOf,
  toBasicTime,
  UNSIGNED,
} from './signature';

/** How far the clocks may differ, in milliseconds. */
const SKEW = 5 * 60_000;
const S3_SKEW = 15 * 60_000;

/** Undefined for a kind of signature whose access key alone is checked: version 2, which only S3 has. */
export function checkSignatureWith(
  request: ReceivedRequest,
  secret: string,
  now: number,
): CheckSignature | undefined {
  const signature = signatureOf(request);
  if (signature === undefined) return undefined;
  const isObject = request.credential?.service === 's3';
  return (hash) => {
    const problem =
      incomplete(signature, request) ??
      outOfTime(signature, now, isObject) ??
      (isSignedWith(secret, request, signature, payloadOf(request, signature, isObject, hash))
        ? undefined
        : MISMATCH);
    if (problem) throw inProtocol(request.protocol(), problem);
  };
}

/** The hash of the body, or the words in its place: unsigned, or in chunks with signatures of their own. */
function payloadOf(
  { header }: SignedRequest,
  { expires }: Signature,
  isObject: boolean,
  hash: string | undefined,
): string {
  const named = header('x-amz-content-sha256');
  if (named !== undefined && !/^[\da-f]{64}$/.test(named)) return named;
  if (isObject && named === undefined && expires !== undefined) return UNSIGNED;
  return hash ?? named ?? sha256('');
}

interface Problem {
  readonly kind: 'mismatch' | 'time' | 'expired' | 'incomplete';
  readonly message: string;
}

const MISMATCH: Problem = {
  kind: 'mismatch',
  message:
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
};

function incomplete(
  { algorithm, credential, signedHeaders, signature, time }: Signature,
  { header }: SignedRequest,
): Problem | undefined {
  const problem = (message: string): Problem => ({ kind: 'incomplete', message });
  if (algorithm !== ALGORITHM) return problem(`Unsupported AWS 'algorithm': '${algorithm}'.`);
  const missing = Object.entries({ SignedHeaders: signedHeaders, Signature: signature }).find(
    ([, value]) => value === '',
  )?.[0];
  if (missing !== undefined) return problem(`Authorization header requires '${missing}' parameter.`);
  if (Number.isNaN(parseBasicTime(time))) {
    return problem(
      header('x-amz-date') === undefined && time === ''
        ? "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
        : `Date must be in ISO-8601 'basic format'. Got '${time}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  if (!signedHeaders.split(';').includes('host')) {
    return problem("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  const [, date] = credential.split('/');
  if (!time.startsWith(`${date}T`)) {
    const message = `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${time.slice(0, 8)}', from '${time}'.`;
    return { kind: 'mismatch', message };
  }
  return undefined;
}

function outOfTime({ time, expires }: Signature, now: number, isObject: boolean): Problem | undefined {
  const signed = parseBasicTime(time);
  const skew = isObject ? S3_SKEW : SKEW;
  const limit = (sign: 1 | -1) =>
    `${toBasicTime(now + sign * skew)} (${toBasicTime(now)} ${sign > 0 ? '+' : '-'} ${skew / 60_000} min.)`;
  if (signed > now + skew) {
    const message = `Signature not yet current: ${toBasicTime(signed)} is still later than ${limit(1)}`;
    return { kind: 'time', message };
  }
  if (expires !== undefined) {
    const end = signed + expires * 1000;
    if (end >= now) return undefined;
    return isObject
      ? { kind: 'expired', message: 'Request has expired' }
      : {
          kind: 'time',
          message: `Signature expired: ${toBasicTime(end)} is now earlier than ${toBasicTime(now)}`,
        };
  }
  if (signed >= now - skew) return undefined;
  return {
    kind: 'time',
    message: `Signature expired: ${toBasicTime(signed)} is now earlier than ${limit(-1)}`,
  };
}

/** The codes of S3, of the Query protocol, and of JSON (each service's API Reference, "Common Errors"). */
const CODES: Readonly<
  Record<Problem['kind'], { readonly s3: string; readonly query: string; readonly json: string }>
> = {
  mismatch: {
    s3: 'SignatureDoesNotMatch',
    query: 'SignatureDoesNotMatch',
    json: 'InvalidSignatureException',
  },
  time: { s3: 'RequestTimeTooSkewed', query: 'SignatureDoesNotMatch', json: 'InvalidSignatureException' },
  expired: { s3: 'AccessDenied', query: 'SignatureDoesNotMatch', json: 'InvalidSignatureException' },
  incomplete: {
    s3: 'AuthorizationHeaderMalformed',
    query: 'IncompleteSignature',
    json: 'IncompleteSignatureException',
  },
};

function inProtocol(protocol: Protocol, { kind, message }: Problem): AwsError {
  const { s3, query, json } = CODES[kind];
  if (protocol === 's3') {
    const text =
      kind === 'time'
        ? 'The difference between the request time and the current time is too large.'
        : kind === 'mismatch'
          ? 'The request signature we calculated does not match the signature you provided. Check your key and signing method.'
          : message;
    return new AwsError(s3, text, kind === 'incomplete' ? 400 : 403);
  }
  if (protocol === 'query') return new AwsError(query, message, kind === 'incomplete' ? 400 : 403);
  return protocol === 'json' ? new AwsError(json, message) : new AwsError(json, message, 403);
}
