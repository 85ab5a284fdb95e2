import { isObject } from '../../is-object';
import { AwsError } from '../aws-error';

/** What the token of an OpenID Connect provider says. */
interface WebIdentity {
  /** The provider's host and path, such as `token.actions.githubusercontent.com`. */
  readonly provider: string;
  readonly subject: string;
  readonly audience: string;
  /** The condition keys that trust policies use, such as `PROVIDER:sub`. */
  readonly conditions: Readonly<Record<string, string>>;
}

/**
 * Reads a JSON Web Token (RFC 7519). Its signature is not verified: the provider's keys are on the internet.
 * @throws AwsError InvalidIdentityToken, ExpiredTokenException
 */
export function readWebIdentity(token: string, now: number): WebIdentity {
  const claims = readClaims(token);
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : undefined);
  const [issuer, subject] = [text('iss'), text('sub')];
  const audience = text('aud') ?? (Array.isArray(claims.aud) ? String(claims.aud[0]) : undefined);
  if (issuer === undefined || subject === undefined || audience === undefined) {
    throw new AwsError('InvalidIdentityToken', 'Missing a required claim: iss, sub and aud are needed.');
  }
  if (typeof claims.exp === 'number' && claims.exp * 1000 <= now) {
    const [current, end] = [now, claims.exp * 1000].map((time) => Math.floor(time / 1000));
    throw new AwsError(
      'ExpiredTokenException',
      `Token expired: current date/time ${current} must be before the expiration date/time ${end}`,
    );
  }
  const provider = issuer.replace(/^https:\/\//, '').replace(/\/$/, '');
  const conditions = Object.entries(claims).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${provider}:${name}`, value]] : [],
  );
  return {
    provider,
    subject,
    audience,
    conditions: { ...Object.fromEntries(conditions), [`${provider}:aud`]: audience },
  };
}

function readClaims(token: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    if (isObject(claims)) return claims;
  } catch {
    // Falls through to the error.
  }
  throw new AwsError('InvalidIdentityToken', 'The ID Token provided is not a valid JWT.');
}
