import type { Access } from '../iam/authorize';
import { type AddressedFunction, urlHost } from './function-urls';

/** An HTTP request to the address of a function. */
export interface UrlRequest {
  readonly method: string;
  /** Percent-encoded, such as `/orders/1`. */
  readonly path: string;
  /** Percent-encoded, without the question mark. */
  readonly query: string;
  readonly headers: Headers;
  readonly body: Buffer;
  readonly sourceIp: string;
  /** The access key of a signed request whose signer may call this account. */
  readonly accessKeyId: string | undefined;
  /** The signer's ARN and id (default: those of the account's root user). */
  readonly userArn?: string;
  readonly userId?: string;
  /** Whether the signer may do something; false for everything without a signer. */
  readonly mayCall: (access: Access) => boolean;
}

/** What the event of a request says in addition to the request. */
interface UrlEventContext {
  readonly requestId: string;
  readonly accountId: string;
  readonly region: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The event of a request, as JSON text (Lambda Developer Guide, "Request and response payloads", format version 2.0). */
export function urlEvent(
  request: UrlRequest,
  { url }: AddressedFunction,
  { requestId, accountId, region, now }: UrlEventContext,
): string {
  const { method, path, query, sourceIp, accessKeyId, userId = accountId } = request;
  const headers = Object.fromEntries(request.headers);
  const { cookie, ...others } = headers;
  const domainName = urlHost(url.id, region);
  const encoded = request.body.length > 0 && !isText(headers['content-type']);
  const parameters = queryParameters(query);
  const { userArn = `arn:aws:iam::${accountId}:root` } = request;
  return JSON.stringify({
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers: { ...others, 'x-forwarded-for': sourceIp, 'x-forwarded-proto': 'http' },
    ...(Object.keys(parameters).length > 0 && { queryStringParameters: parameters }),
    requestContext: {
      accountId: url.AuthType === 'NONE' ? 'anonymous' : accountId,
      apiId: url.id,
      ...(url.AuthType === 'AWS_IAM' && {
        authorizer: {
          iam: {
            accessKey: accessKeyId,
            accountId,
            callerId: userId,
            cognitoIdentity: null,
            principalOrgId: null,
            userArn,
            userId,
          },
        },
      }),
      domainName,
      domainPrefix: url.id,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: headers['user-agent'] ?? null },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now,
    },
    ...(request.body.length > 0 && { body: request.body.toString(encoded ? 'base64' : 'utf8') }),
    isBase64Encoded: encoded,
  });
}

/** The bodies that a function receives as text; others are in base64. */
const isText = (type = 'text/plain') =>
  /^(?:text\/|application\/(?:json|xml|javascript)\b|application\/[\w.-]+\+(?:json|xml)\b)/i.test(type);

/** Several values of one parameter are joined by commas. */
function queryParameters(query: string): Readonly<Record<string, string>> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]),
  );
}

/** Such as `12/Mar/2026:19:03:58 +0000`. */
function commonLogTime(now: number): string {
  const [, day, month, year, time] = new Date(now).toUTCString().split(/,? /);
  return `${day}/${month}/${year}:${time} +0000`;
}
