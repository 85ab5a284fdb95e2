import type { HttpExchange } from '../../../integrations/http-exchange';
import type { InspectionData } from '../../../tested-state';

/**
 * An HTTP request and its response as TestState shows them.
 * @param revealSecrets also what the connection adds to the request
 */
export function shownExchange(
  { request, withoutSecrets, response }: HttpExchange,
  revealSecrets: boolean,
): Pick<InspectionData, 'request' | 'response'> {
  const { url, method, headers, body } = revealSecrets ? request : withoutSecrets;
  const protocol = url.protocol.replace(':', '');
  return {
    request: {
      protocol,
      method,
      url: url.href,
      headers: listed(headers),
      ...(body !== undefined && { body }),
    },
    ...(response && {
      response: {
        protocol,
        statusCode: String(response.status),
        statusMessage: response.statusText,
        headers: listed(response.headers),
        body: response.body,
      },
    }),
  };
}

const listed = (headers: Headers): string =>
  `[${[...headers].map(([name, value]) => `${name}: ${value}`).join(', ')}]`;
