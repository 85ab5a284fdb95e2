import type { HonoRequest } from 'hono';
import { isApiPath } from './api-path';

/**
 * Whether a request comes from a program on this machine, or from a page that this server itself served. A page of
 * another site could reach 127.0.0.1 by DNS rebinding or by posting to it, and so could a page of another port of this
 * machine; the headers Host, Origin and Sec-Fetch-Site show this.
 * @param host the name or address that the server listens on
 */
export function isLocalRequest(host: string, request: HonoRequest): boolean {
  const asked = request.header('host');
  const origin = request.header('origin');
  return (
    hasLocalName(host, asked) &&
    (origin === undefined || origin === `http://${asked}`) &&
    (!isFromAnotherSite(request) || isVisit(request))
  );
}

/**
 * Whether a request is addressed to this machine by a name that no other site can take.
 * @param asked its Host header
 */
export const hasLocalName = (host: string, asked: string | undefined): boolean =>
  asked === undefined || isLocalName(hostnameOf(`http://${asked}`), host);

/**
 * `same-site` is another port of the same name. Only browsers send this header, and no page can change it (Fetch
 * Metadata Request Headers, "The Sec-Fetch-Site HTTP Request Header").
 */
const isFromAnotherSite = (request: HonoRequest) =>
  ['cross-site', 'same-site'].includes(request.header('sec-fetch-site') ?? 'none');

/** A person follows a link to a page of the console: the page that has the link learns nothing of what it leads to. */
const isVisit = (request: HonoRequest) =>
  request.method === 'GET' &&
  request.header('sec-fetch-mode') === 'navigate' &&
  request.header('sec-fetch-dest') === 'document' &&
  !isApiPath(request.path);

/**
 * Names that only this machine answers to. `localhost` and the names under it never leave the machine (RFC 6761);
 * `sync-` is what SDKs and the AWS CLI put before an endpoint's host for StartSyncExecution: `sync-127.0.0.1` does
 * not resolve, so that call needs `disableHostPrefix` in the SDK, and in the AWS CLI the variable
 * AWS_DISABLE_HOST_PREFIX_INJECTION, which is among the exports.
 */
function isLocalName(name: string | undefined, host: string): boolean {
  const plain = name?.replace(/^(?:sync|stream|streaming)-/, '');
  return (
    plain !== undefined &&
    (plain === host || plain === '127.0.0.1' || plain === '[::1]' || /^([\w-]+\.)*localhost$/.test(plain))
  );
}

function hostnameOf(url: string): string | undefined {
  try {
    return new URL(url).hostname;
  } catch {
    return undefined;
  }
}
