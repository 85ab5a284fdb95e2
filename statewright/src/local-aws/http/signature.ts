/** The signatures of requests (IAM User Guide, "AWS Signature Version 4 for API requests"). */
import { createHash, createHmac, hash } from 'node:crypto';
import { compareText } from '../../compare-text';
import { isSameSecret } from '../credential';
import { remembering } from '../remembered';

/** A request as its client sent it. */
export interface SignedRequest {
  readonly method: string;
  /** The path and the query, unchanged. */
  readonly target: string;
  /** By name in small letters. */
  readonly header: (name: string) => string | undefined;
}

/** What a request says of its signature. */
export interface Signature {
  readonly algorithm: string;
  /** `KEY/DATE/REGION/SERVICE/aws4_request`. */
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  /** Such as `20260101T000000Z`. */
  readonly time: string;
  /** How long a presigned URL is valid, in seconds; undefined for a signature in the headers. */
  readonly expires: number | undefined;
}

/**
 * Checks the signature of a request.
 * @param hash the SHA-256 of what the client sent, in hexadecimal; undefined for a body that is passed on as it comes, such
 * as that of an S3 object: then the hash that the client names is taken for its hash
 * @throws AwsError in the words of the request's protocol
 */
export type CheckSignature = (hash: string | undefined) => void;

export const ALGORITHM = 'AWS4-HMAC-SHA256';
export const UNSIGNED = 'UNSIGNED-PAYLOAD';

/** The signature in the Authorization header, or in the query of a presigned URL; undefined for S3's version 2, or none. */
export function signatureOf({ target, header }: SignedRequest): Signature | undefined {
  const authorization = header('authorization');
  if (authorization !== undefined) {
    if (/^AWS [^:]+:/.test(authorization)) return undefined;
    const [, algorithm = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(authorization) ?? [];
    const part = (pattern: RegExp) => pattern.exec(rest)?.[1] ?? '';
    return {
      algorithm,
      credential: part(CREDENTIAL),
      signedHeaders: part(SIGNED_HEADERS),
      signature: part(SIGNATURE),
      time: header('x-amz-date') ?? basicTime(header('date')),
      expires: undefined,
    };
  }
  const query = new URLSearchParams(target.includes('?') ? target.slice(target.indexOf('?') + 1) : '');
  // By its decoded name, as the credential is found: a request that is written in another way is not another kind.
  if (!query.has('X-Amz-Credential')) return undefined;
  const [algorithm, credential, signedHeaders, signature, time] = [
    'Algorithm',
    'Credential',
    'SignedHeaders',
    'Signature',
    'Date',
  ].map((name) => query.get(`X-Amz-${name}`) ?? '');
  const expires = Number(query.get('X-Amz-Expires') ?? 300);
  return { algorithm, credential, signedHeaders, signature, time, expires } as Signature;
}

const CREDENTIAL = /(?:^|[,\s])Credential=([^,\s]*)/;
const SIGNED_HEADERS = /(?:^|[,\s])SignedHeaders=([^,\s]*)/;
const SIGNATURE = /(?:^|[,\s])Signature=([^,\s]*)/;

/** An HTTP date as SigV4 writes it. */
function basicTime(date: string | undefined): string {
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? '' : toBasicTime(time);
}

export const toBasicTime = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');

/** Epoch milliseconds; NaN for what is not a time. A client signs all requests of a second with the same one. */
export const parseBasicTime = remembering((text): number => {
  const [, year, month, day, hour, minute, second] = BASIC_TIME.exec(text) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
});

const BASIC_TIME = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/**
 * Whether a secret key makes the signature of a request.
 * @param payload the hash of the body, or what takes its place, such as `UNSIGNED-PAYLOAD`
 */
export function isSignedWith(
  secret: string,
  request: SignedRequest,
  signature: Signature,
  payload: string,
): boolean {
  const [, date = '', region = '', service = ''] = signature.credential.split('/');
  const key = signingKey([secret, date, region, service].join('\n'));
  const end = request.target.indexOf('?');
  const path = end < 0 ? request.target : request.target.slice(0, end);
  const rest = [
    end < 0 ? '' : canonicalQuery(request.target.slice(end + 1)),
    canonicalHeaders(request, signature.signedHeaders),
    signature.signedHeaders,
    payload,
  ].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  return pathsOf(path, service).some((canonicalPath) => {
    const hash = sha256(`${request.method}\n${canonicalPath}\n${rest}`);
    const text = `${ALGORITHM}\n${signature.time}\n${scope}\n${hash}`;
    return isSameSecret(createHmac('sha256', key).update(text).digest('hex'), signature.signature);
  });
}

/** Node.js has `hash`, which is faster, from 20.12 on. */
export const sha256 = (data: string | Uint8Array): string =>
  hash ? hash('sha256', data) : createHash('sha256').update(data).digest('hex');

/** Clients encode a path a second time for the signature, except for S3; some for no service. */
function pathsOf(path: string, service: string): readonly string[] {
  if (path === '/') return ['/'];
  const once = encodePath(path, (segment) => encode(decode(segment)));
  return service === 's3' ? [path, once] : [encodePath(path, encode), once];
}

const encodePath = (path: string, segment: (text: string) => string) =>
  path.split('/').map(segment).join('/');

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .filter((part) => part !== '' && !part.startsWith('X-Amz-Signature='))
    .map((part) => {
      const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(part) ?? [];
      return [encode(decode(name)), encode(decode(value))] as const;
    })
    .sort(([a, x], [b, y]) => (a === b ? compareText(x, y) : compareText(a, b)))
    .map((pair) => pair.join('='))
    .join('&');
}

function canonicalHeaders({ header }: SignedRequest, names: string): string {
  let lines = '';
  for (const name of names.split(';')) {
    const value = (header(name) ?? '').trim();
    lines += `${name}:${value.includes('  ') ? value.replace(/ {2,}/g, ' ') : value}\n`;
  }
  return lines;
}

/** RFC 3986. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The key of a secret, a day, a region and a service, one per line; making it takes longer than the rest of a check. */
const signingKey = remembering((text): Buffer => {
  const [secret = '', ...scope] = text.split('\n');
  return [...scope, 'aws4_request'].reduce<Buffer>(
    (made, part) => createHmac('sha256', made).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
});
