import type { Context, MiddlewareHandler } from 'hono';
import type { Account } from '../account';
import type { Caller } from '../account-context';
import { AwsError } from '../aws-error';
import { downloadKey, isSameSecret, sessionTokenOf } from '../credential';
import { isApiPath } from './api-path';
import { checkCallOf } from './check-call';
import { type ConsoleKey, enterConsole } from './console-key';
import { discardBody } from './discard-body';
import { jsonError } from './json-protocol';
import { queryError, xmlError } from './query-protocol';
import { restError } from './rest-protocol';
import type { AppEnvironment } from './rpc';

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
      callAs(account, c, { kind: 'owner' });
      return enterConsole(c, consoleKey, next);
    }
    const caller = callerOf(account, c, accessKeyId);
    if (typeof caller !== 'string') {
      callAs(account, c, caller);
      return next();
    }
    await discardBody(c.req.raw);
    return refuse(c, caller);
  };
}

/** Who sent a request, or why its credentials are not accepted. */
export function callerOf(
  account: Account,
  c: Context<AppEnvironment>,
  accessKeyId: string | undefined,
): Caller | Problem {
  const credential = c.get('credential');
  const known = credential && account.sts.callerOf(credential.accessKeyId, sessionTokenOf(c.req.raw));
  return known ?? (mayCall(c, accessKeyId) ? { kind: 'owner' } : 'unknown');
}

function mayCall(c: Context<AppEnvironment>, accessKeyId: string | undefined): boolean {
  if (accessKeyId === undefined) return true;
  const given = c.get('credential')?.accessKeyId ?? '';
  const isDownload = c.req.method === 'GET' && /\/code$/.test(c.req.path);
  return isSameSecret(given, accessKeyId) || (isDownload && isSameSecret(given, downloadKey(accessKeyId)));
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
      `Evaluate its exports in this shell: eval "$(statewright env --port ${new URL(c.req.url).port})"`,
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
  if (c.req.header('x-amz-target') !== undefined) return jsonError(json, {});
  if (c.req.method === 'POST' && c.req.path === '/') {
    const query = error('MissingAuthenticationToken', 'InvalidClientTokenId', 'ExpiredToken');
    return queryError(query, c.get('requestId'));
  }
  return restError(json);
}
