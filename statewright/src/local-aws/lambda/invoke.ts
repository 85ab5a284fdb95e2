import { AwsError } from '../aws-error';
import { jacksonFault } from '../jackson-fault';
import { invalidParameter } from './errors';
import type { EventQueue } from './event-queue';
import type { FunctionStore } from './function-store';
import type { LambdaRequest } from './requests';
import type { QueuedInvocation, Runner } from './runner';

export type InvokeRequest = LambdaRequest<'Invoke'> & {
  /** The invocation's id (default: a new one). Only callers in this process can set it; on AWS it is in the answer. */
  readonly RequestId?: string;
  /** Receives the response of a function that streams it, as it is written; the payload is then empty. */
  readonly onChunk?: (bytes: Buffer) => void;
};

export interface InvokeResponse {
  readonly StatusCode: number;
  readonly ExecutedVersion: string;
  readonly FunctionError?: 'Unhandled';
  /** The last 4 KB of the invocation's log, in base64. */
  readonly LogResult?: string;
  /** JSON text. */
  readonly Payload: string;
}

/** The largest payloads, in bytes (Lambda Developer Guide, "Lambda quotas"). */
const PAYLOAD_LIMIT = { RequestResponse: 6_291_456, Event: 1_048_576, DryRun: 6_291_456 };

/** Invokes a function. An error of the function is in the answer, as FunctionError and the error's JSON. */
export async function invoke(
  store: FunctionStore,
  runner: Runner,
  events: EventQueue,
  request: InvokeRequest,
): Promise<InvokeResponse> {
  const type = request.InvocationType ?? 'RequestResponse';
  const version = store.version(request);
  checkUnsupported(request);
  const { name, qualifier } = store.reference(request);
  const invocation: QueuedInvocation = {
    requestId: request.RequestId ?? store.context.uuid(),
    target: { FunctionName: name, ...(qualifier !== undefined && { Qualifier: qualifier }) },
    functionArn: store.arn(name, qualifier),
    event: readPayload(request.Payload, type),
    clientContext: readClientContext(request.ClientContext),
    ...(request.onChunk && { onChunk: request.onChunk }),
    // Another request may come from a function, which works as long as it waits for the answer.
    patient: type === 'Event' || request.RequestId !== undefined,
  };
  const answer = { ExecutedVersion: version.Version, Payload: '' };
  if (type === 'DryRun') return { ...answer, StatusCode: 204 };
  await runner.runtimeOf(version);
  if (type === 'Event') {
    events.add(invocation);
    return { ...answer, StatusCode: 202 };
  }

  const { payload, failed, tail, version: executed } = await runner.run(invocation);
  return {
    ExecutedVersion: executed.Version,
    StatusCode: 200,
    Payload: payload,
    ...(failed && { FunctionError: 'Unhandled' }),
    ...(request.LogType === 'Tail' && { LogResult: tail }),
  };
}

function checkUnsupported({ TenantId, DurableExecutionName }: InvokeRequest): void {
  if (TenantId !== undefined) {
    throw invalidParameter(
      'The invoked function is not enabled with tenancy configuration. Remove the tenant ID from your request and try again.',
    );
  }
  if (DurableExecutionName !== undefined) {
    throw invalidParameter('Remove the durable execution name: durable functions are not supported here.');
  }
}

function readPayload(payload: string | undefined, type: keyof typeof PAYLOAD_LIMIT): string {
  if (payload === undefined || payload === '') return '{}';
  const size = Buffer.byteLength(payload);
  const limit = PAYLOAD_LIMIT[type];
  if (size > limit) {
    throw new AwsError(
      'RequestEntityTooLargeException',
      `${size} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`,
      413,
    );
  }
  const fault = payloadFault(payload);
  if (fault) throw fault;
  return payload;
}

/** The error for a payload that is not JSON; an empty one is `{}`. */
export function payloadFault(payload: string): AwsError | undefined {
  const fault = payload === '' ? undefined : jacksonFault(payload);
  return (
    fault &&
    new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: Could not parse payload into json: ${fault.message}\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); ${fault.place}]`,
    )
  );
}

function readClientContext(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString());
  } catch {
    throw new AwsError(
      'InvalidRequestContentException',
      'Client context must be a valid Base64-encoded JSON object.',
    );
  }
}
