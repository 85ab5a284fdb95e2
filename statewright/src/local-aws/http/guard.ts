/**
 * Whether a request comes from a program on this machine, or from a page that this server itself served. A page of
 * another site could reach 127.0.0.1 by DNS rebinding or by posting to it; its Host or Origin header shows this.
 * @param host the name or address that the server listens on
 * @param given the request's Host and Origin headers
 */
export function isLocalRequest(
  host: string,
  given: { readonly host: string | undefined; readonly origin: string | undefined },
): boolean {
  return (
    (given.host === undefined || isLocalName(hostnameOf(`http://${given.host}`), host)) &&
    (given.origin === undefined || isLocalName(hostnameOf(given.origin), host))
  );
}

/**
 * Names that only this machine answers to. `localhost` and the names under it never leave the machine (RFC 6761);
 * `sync-` is what SDKs and the AWS CLI put before an endpoint's host for StartSyncExecution: `sync-127.0.0.1` does
 * not resolve, so that call needs `disableHostPrefix` in the SDK, and in the AWS CLI the variable
 * AWS_DISABLE_HOST_PREFIX_INJECTION, which is among the exports.
 */
function isLocalName(name: string | undefined, host: string): boolean {
  const plain = name?.replace(/^sync-/, '');
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
