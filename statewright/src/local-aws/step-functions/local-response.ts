import type { JsonObject } from '../../engine/data';
import { sorted } from '../../integrations/json-members';
import type { StatesDependencies } from './dependencies';

/**
 * A response of this account's own Step Functions as an optimized integration shows it: with its HTTP response.
 * @param response as the API writes it, for its length
 */
export function localResponse(
  { context }: StatesDependencies,
  response: object,
  members: JsonObject,
): JsonObject {
  const requestId = context.uuid();
  const length = JSON.stringify(response, (_, value) =>
    value instanceof Date ? value.getTime() / 1000 : value,
  ).length;
  const headers = {
    'x-amzn-RequestId': requestId,
    connection: 'keep-alive',
    'Content-Length': String(length),
    Date: new Date(context.clock.now()).toUTCString(),
    'Content-Type': 'application/x-amz-json-1.0',
  };
  return sorted({
    ...members,
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  });
}
