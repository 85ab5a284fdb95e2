import type { Context, MiddlewareHandler } from 'hono';
import { AwsError } from '../aws-error';
import { isSameSecret } from '../credential';
import { isApiPath } from './api-path';
import { type ConsoleKey, enterConsole } from './console-key';
import { discardBody } from './discard-body';
import { jsonError } from './json-protocol';
import { queryError, xmlError } from './query-protocol';
import { restError } from './rest-protocol';
import type { AppEnvironment } from './rpc';

/** Lets through whoever has the access key, and to pages whoever has the console's key. */
export function requireAccess(
  accessKeyId: string,
  consoleKey: ConsoleKey | undefined,
): MiddlewareHandler<AppEnvironment> {
  return async (c, next) => {
    const credential = c.get('credential');
    if (consoleKey && credential === undefined && isPage(c)) return enterConsole(c, consoleKey, next);
    if (credential && isSameSecret(credential.accessKeyId, accessKeyId)) return next();
    await discardBody(c.req.raw);
    return refuse(c);
  };
}

const isPage = ({ req }: Context) => !isApiPath(req.path) && !(req.method === 'POST' && req.path === '/');

/** In each protocol's own words (IAM User Guide, "Common errors"); no SDK tries these again. */
function refuse(c: Context<AppEnvironment>): Response {
  const credential = c.get('credential');
  const error = (missing: string, unknown: string) =>
    new AwsError(
      credential ? unknown : missing,
      `${credential ? 'The access key in the request is not that of this local AWS' : 'The request is not signed'}. ` +
        `Evaluate its exports in this shell: eval "$(statewright env --port ${new URL(c.req.url).port})"`,
      403,
    );
  if (credential?.service === 's3') return xmlError(error('AccessDenied', 'InvalidAccessKeyId'));
  const json = error('MissingAuthenticationTokenException', 'UnrecognizedClientException');
  if (c.req.header('x-amz-target') !== undefined) return jsonError(json, {});
  if (c.req.method === 'POST' && c.req.path === '/') {
    return queryError(error('MissingAuthenticationToken', 'InvalidClientTokenId'), c.get('requestId'));
  }
  return restError(json);
}
