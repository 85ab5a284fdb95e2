import type { Context, HonoRequest, MiddlewareHandler } from 'hono';
import type { Account } from '../account';
import type { Caller } from '../account-context';
import { AwsError } from '../aws-error';
import { downloadKey, isSameSecret, OWNER_SECRET, sessionTokenOf } from '../credential';
import { digest } from '../digest';
import { isApiPath } from './api-path';
import { requestLimit } from './body-limit';
import { checkCallOf } from './check-call';
import { checkSignatureWith } from './check-signature';
import { type ConsoleKey, enterConsole } from './console-key';
import { discardBody } from './discard-body';
import { jsonError } from './json-protocol';
import { protocolError } from './protocol-error';
import { queryError, xmlError } from './query-protocol';
import { type ReceivedRequest, receivedRequest } from './received-request';
import { restError } from './rest-protocol';
import type { AppEnvironment } from './rpc';
import type { CheckSignature } from './signature';

/**
 * Lets through whoever has the access key, as the account's owner, or temporary credentials, as the role that they are
 * of; and to pages whoever has the console's key.
 *
 * @param accessKeyId undefined: every other key is the owner's, and so is none
 */
export function requireAccess(
  account: Account,
  accessKeyId: string | undefined,
  consoleKey: ConsoleKey | undefined,
): MiddlewareHandler<AppEnvironment> {
  return async (c, next) => {
    const credential = c.get('credential');
    if (consoleKey && credential === undefined && isPage(c)) {
      callAs(account, c, OWNER);
      return enterConsole(c, consoleKey, next);
    }
    const request = receivedRequest(c);
    const caller = callerOf(account, request, accessKeyId);
    if (typeof caller !== 'string') {
      callAs(account, c, caller);
      if (accessKeyId !== undefined) c.set('checkSignature', signatureCheck(account, request));
      return next();
    }
    await discardBody(c);
    return refuse(c, caller);
  };
}

/** Who sent a request, or why its credentials are not accepted. */
export function callerOf(
  account: Account,
  request: ReceivedRequest,
  accessKeyId: string | undefined,
): Caller | Problem {
  const { credential } = request;
  const known = credential && account.sts.callerOf(credential.accessKeyId, sessionTokenOf(request));
  return known ?? (mayCall(request, accessKeyId) ? OWNER : 'unknown');
}

const OWNER: Caller = { kind: 'owner' };

/** How the signature of an accepted access key is checked; undefined for the address of a package, which has none. */
export function signatureCheck(account: Account, request: ReceivedRequest): CheckSignature | undefined {
  const used = request.credential?.accessKeyId;
  if (used === undefined || isDownload(request)) return undefined;
  return checkSignatureWith(request, account.sts.secretOf(used) ?? OWNER_SECRET, Date.now());
}

/** A request for a package, whose address GetFunction and GetLayerVersion give. */
const isDownload = ({ method, path }: ReceivedRequest) => method === 'GET' && /\/code$/.test(path);

/** Checks the signature of a request for a service of this account, once its body is known to be small enough. */
export function requireSignature(): MiddlewareHandler<AppEnvironment> {
  return async (c, next) => {
    const check = c.get('checkSignature');
    if (check === undefined) return next();
    const isObject = c.get('credential')?.service === 's3';
    try {
      check(isObject ? undefined : await digest('sha256', c.get('received') ?? (await bodyOf(c.req))));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      await discardBody(c);
      return protocolError(c, error);
    }
    return next();
  };
}

/** The body, which stays readable: as text without the detour of a Response, which takes longer than the check. */
async function bodyOf(request: HonoRequest): Promise<Uint8Array> {
  const body = new Uint8Array(await request.arrayBuffer());
  if (body.length <= requestLimit(undefined))
    request.bodyCache.text = Promise.resolve(decoder.decode(body)) as never;
  return body;
}

const decoder = new TextDecoder();

function mayCall(request: ReceivedRequest, accessKeyId: string | undefined): boolean {
  if (accessKeyId === undefined) return true;
  const given = request.credential?.accessKeyId ?? '';
  return (
    isSameSecret(given, accessKeyId) || (isDownload(request) && isSameSecret(given, downloadKey(accessKeyId)))
  );
}

function callAs(account: Account, c: Context<AppEnvironment>, caller: Caller): void {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket: { remoteAddress?: string } } };
  c.set('caller', caller);
  c.set(
    'checkCall',
    checkCallOf(account, caller, { region: c.get('region'), sourceIp: incoming?.socket.remoteAddress }),
  );
}

const isPage = ({ req }: Context) => !isApiPath(req.path) && !(req.method === 'POST' && req.path === '/');

type Problem = 'unknown' | 'expired' | 'invalid';

/** In each protocol's own words (IAM User Guide, "Common errors"); no SDK tries these again. */
function refuse(c: Context<AppEnvironment>, problem: Problem): Response {
  const credential = c.get('credential');
  const text = {
    expired: 'The security token included in the request is expired',
    invalid: 'The security token included in the request is invalid.',
    unknown:
      `${credential ? 'The access key in the request is not that of this local AWS' : 'The request is not signed'}. ` +
      `Evaluate its exports in this shell: eval "$(npx statewright env --port ${new URL(c.req.url).port})"`,
  }[problem];
  const error = (missing: string, unknown: string, expired: string) =>
    new AwsError(problem === 'expired' ? expired : credential ? unknown : missing, text, 403);
  if (credential?.service === 's3') {
    return xmlError(error('AccessDenied', 'InvalidAccessKeyId', 'ExpiredToken'));
  }
  const json = error(
    'MissingAuthenticationTokenException',
    'UnrecognizedClientException',
    'ExpiredTokenException',
  );
  if (c.req.header('x-amz-target') !== undefined) return jsonError(json);
  if (c.req.method === 'POST' && c.req.path === '/') {
    const query = error('MissingAuthenticationToken', 'InvalidClientTokenId', 'ExpiredToken');
    return queryError(query, c.get('requestId'));
  }
  return restError(json);
}
