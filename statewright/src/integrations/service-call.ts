import type { IntegrationResource } from '../asl/resource';
import { compareText } from '../compare-text';
import type { JsonObject } from '../engine/data';
import { sorted } from './json-members';
import { loadSdkPackage, type SdkClient, SdkPackageError } from './sdk-package';
import { fromSdk, OPTIMIZED_FORM, RequestFieldError, SDK_FORM, toSdk } from './sdk-schema';
import { packageOf } from './sdk-services';
import { type ServiceFailure, serviceFailure, unansweredFailure } from './service-error';
import type { UpstreamOf } from './upstream';
import { clientOf, reasonOf } from './upstream-services';

/** One call of a service through the AWS SDK. */
export interface ServiceCall {
  readonly called: Pick<IntegrationResource, 'sdk' | 'service'>;
  /** The operation, such as `sendMessage`, in any case. */
  readonly operation: string;
  readonly request: JsonObject;
  /** The name of the SDK's package (default: the service's). */
  readonly client?: string | undefined;
  readonly region: string;
  readonly signal: AbortSignal;
}

/** A call of the service that runs a job. */
export type JobCall = Pick<ServiceCall, 'operation' | 'request'>;

/** The service's response, in the form of the integration, with its metadata if the integration has them. */
export type ServiceResult = { readonly output: JsonObject } | ServiceFailure;

/**
 * Calls an operation of a service at its endpoint. Optimized integrations take JSON values where the API wants text
 * (`MessageBody`, `Message`, `Detail`), and their results describe the HTTP response.
 */
export async function callService(
  upstreamOf: UpstreamOf | undefined,
  call: ServiceCall,
): Promise<ServiceResult> {
  const { called, signal } = call;
  const name = call.client ?? packageOf(called.service);
  const upstream = upstreamOf?.(name);
  if (upstreamOf === undefined || upstream === undefined) return setUpFailure(noEndpoint(name));
  try {
    const sdk = loadSdkPackage(name);
    const operation = sdk.operation(call.operation);
    if (operation === undefined) {
      return setUpFailure(`The package @aws-sdk/client-${name} has no operation ${call.operation}.`);
    }
    const command = new operation.Command(toSdk(operation.input, call.request, !called.sdk) as object);
    const seen = watchResponse(command);
    const client = clientOf(upstreamOf, sdk, name, call.region, upstream);
    const { $metadata: _, ...answer } = await client.send(command, { abortSignal: signal });
    const form = called.sdk ? SDK_FORM : OPTIMIZED_FORM;
    const output = (await fromSdk(operation.output, answer, form)) as JsonObject;
    return { output: called.sdk ? output : withMetadata(called.service, output, seen) };
  } catch (error) {
    return failureOf(call, name, error as Error);
  }
}

const setUpFailure = (cause: string): ServiceFailure => ({ error: 'States.TaskFailed', cause });

/** Names the options, since nothing else tells a user why a Task of a working definition fails. */
const noEndpoint = (name: string): string =>
  `This call needs the service ${name}, which the local AWS does not have. Start an emulator that has it, such as moto_server, and pass its address: --upstream http://127.0.0.1:5000 (or --endpoint ${name}=URL). Or answer the call with a stand-in.`;

export function failureOf(
  { called }: Pick<ServiceCall, 'called'>,
  name: string,
  error: SdkError,
): ServiceFailure {
  if (error instanceof SdkPackageError) return setUpFailure(error.message);
  if (error instanceof RequestFieldError) return { error: 'States.Runtime', cause: error.message };
  const { httpStatusCode: status, requestId = '', extendedRequestId } = error.$metadata ?? {};
  if (status === undefined || error.$fault === undefined) return unansweredFailure(called, reasonOf(error));
  return serviceFailure(called, {
    code: error.Code ?? error.name,
    name: error.name,
    message: error.message,
    status,
    requestId,
    listed: !loadSdkPackage(name).isUnlisted(error),
    ...(extendedRequestId !== undefined && { extendedRequestId }),
  });
}

/** An error of the SDK: of the service, or of the connection to it. */
interface SdkError extends Error {
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly extendedRequestId?: string;
  };
  readonly $fault?: string;
  readonly Code?: string;
}

interface SeenResponse {
  status?: number;
  headers?: Readonly<Record<string, string>>;
}

/** Notes the HTTP response of a command. */
function watchResponse(command: object): SeenResponse {
  const seen: SeenResponse = {};
  const middleware = (next: (args: unknown) => Promise<unknown>) => async (args: unknown) => {
    const result = (await next(args)) as {
      response?: { statusCode: number; headers: Record<string, string> };
    };
    seen.status = result.response?.statusCode ?? 200;
    seen.headers = result.response?.headers ?? {};
    return result;
  };
  const { middlewareStack } = command as SdkClient;
  middlewareStack.add(middleware, { step: 'deserialize', name: 'seenResponse', priority: 'low' });
  return seen;
}

/** Optimized integrations whose results do not describe the HTTP response. */
const WITHOUT_METADATA: readonly string[] = ['events', 'bedrock'];

/** Headers as AWS writes them; Node's names are in lower case. */
const HEADERS = new Map(
  ['Content-Length', 'Content-Type', 'Date', 'Server', 'x-amzn-RequestId'].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

function withMetadata(
  service: string,
  output: JsonObject,
  { status = 200, headers = {} }: SeenResponse,
): JsonObject {
  if (WITHOUT_METADATA.includes(service)) return output;
  const named = Object.entries(headers).map(
    ([name, value]) => [HEADERS.get(name) ?? name, String(value)] as const,
  );
  const requestId = headers['x-amzn-requestid'] ?? headers['x-amz-request-id'] ?? '';
  const metadata = {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(named.map(([name, value]) => [name, [value]])),
      HttpHeaders: Object.fromEntries([...named].sort(([a], [b]) => compareText(a, b))),
      HttpStatusCode: status,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
  return sorted({ ...output, ...metadata });
}
