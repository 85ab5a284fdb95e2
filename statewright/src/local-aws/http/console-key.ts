import { createHmac } from 'node:crypto';
import type { Context, Next } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { isSameSecret } from '../credential';

/** What opens the console: in the query of the address that is printed, and from then on in a cookie. */
export interface ConsoleKey {
  readonly value: string;
  readonly cookie: string;
}

/** The parameter of the console's address. */
export const keyParameter = 'key';

/**
 * The key of the console of a local AWS. The access key does not follow from it: browsers send a cookie to every port of
 * a host, and whoever listens there may use the console, and not the API. The cookie's name is of the key as well, so that
 * two local AWS do not overwrite each other's.
 */
export function consoleKeyFor(accessKeyId: string): ConsoleKey {
  const value = derive(accessKeyId, 'console');
  return { value, cookie: `statewright-${derive(value, 'cookie').slice(0, 8)}` };
}

const derive = (secret: string, use: string) => createHmac('sha256', secret).update(use).digest('base64url');

/** A page for who has the cookie; the cookie for who has the key. */
export async function enterConsole(
  c: Context,
  { value, cookie }: ConsoleKey,
  next: Next,
): Promise<Response | undefined> {
  const given = c.req.query(keyParameter);
  if (given !== undefined && isSameSecret(given, value)) {
    // Lax, and not Strict: a link from another site opens a page, and a page is all that it opens (see guard.ts).
    setCookie(c, cookie, value, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 400 * 24 * 60 * 60 });
    // Without the key: the address is shown, and kept in the history.
    return c.redirect(c.req.path, 303);
  }
  if (isSameSecret(getCookie(c, cookie) ?? '', value)) {
    await next();
    return undefined;
  }
  return c.text(
    'This console opens with its key. Follow the address that "statewright local" printed after "Console:".\n',
    403,
  );
}
