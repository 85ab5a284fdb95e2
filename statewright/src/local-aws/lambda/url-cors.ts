import type { UrlSettings } from './requests';
import type { UrlRequest } from './url-request';
import type { UrlResponse } from './url-response';

type Cors = NonNullable<UrlSettings['Cors']>;

/** The answer to a browser that asks what it may send; undefined for any other request. */
export function preflightResponse(cors: Cors, { method, headers }: UrlRequest): UrlResponse | undefined {
  if (method !== 'OPTIONS' || !headers.has('access-control-request-method')) return undefined;
  const { AllowMethods = [], AllowHeaders = [], MaxAge } = cors;
  const allowed = originHeaders(cors, headers);
  if (allowed.length === 0) return { status: 200, headers: [], body: '' };
  const listed = (name: string, values: readonly string[]) =>
    values.length === 0 ? [] : [[name, values.join(',')] as const];
  return {
    status: 200,
    headers: [
      ...allowed,
      ...listed('access-control-allow-methods', AllowMethods),
      ...listed('access-control-allow-headers', AllowHeaders),
      ...(MaxAge === undefined ? [] : [['access-control-max-age', String(MaxAge)] as const]),
    ],
    body: '',
  };
}

/** The response with the headers of the address's settings, which replace those of the function. */
export function withCors(cors: Cors, { headers }: UrlRequest, response: UrlResponse): UrlResponse {
  const { ExposeHeaders = [] } = cors;
  const own = originHeaders(cors, headers);
  const exposed =
    own.length > 0 && ExposeHeaders.length > 0
      ? [['access-control-expose-headers', ExposeHeaders.join(',')] as const]
      : [];
  const others = response.headers.filter(([name]) => !name.startsWith('access-control-'));
  return { ...response, headers: [...others, ...own, ...exposed] };
}

function originHeaders({ AllowOrigins = [], AllowCredentials = false }: Cors, headers: Headers) {
  const origin = headers.get('origin');
  if (origin === null || !AllowOrigins.some((allowed) => allowed === '*' || allowed === origin)) return [];
  const any = AllowOrigins.includes('*') && !AllowCredentials;
  return [
    ['access-control-allow-origin', any ? '*' : origin],
    ...(any ? [] : [['vary', 'Origin']]),
    ...(AllowCredentials ? [['access-control-allow-credentials', 'true']] : []),
  ] as [string, string][];
}
