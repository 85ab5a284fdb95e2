import { loadSdkPackage, type SdkClient, type SdkPackage, SdkPackageError } from './sdk-package';
import { packageOf } from './sdk-services';
import type { Upstream, UpstreamOf } from './upstream';

/** An answer with the names of the AWS SDK for JavaScript. */
export type SdkAnswer = Readonly<Record<string, unknown>>;

/** Called with the entries of a PutEvents request, and their results. */
export type OnPutEvents = (entries: unknown, results: unknown) => void;

/** The services in one region that the local AWS does not have, with the AWS SDK's own names of operations and members. */
export class UpstreamServices {
  readonly #upstreamOf: UpstreamOf;
  readonly #region: string;
  readonly #onPutEvents: OnPutEvents | undefined;

  constructor(upstreamOf: UpstreamOf, region: string, onPutEvents?: OnPutEvents) {
    this.#upstreamOf = upstreamOf;
    this.#region = region;
    this.#onPutEvents = onPutEvents;
  }

  /** Where a service is; undefined when no endpoint has it. */
  find(service: string): Upstream | undefined {
    return this.#upstreamOf(packageOf(service));
  }

  /**
   * Calls an operation.
   * @param service as a Task's Resource names it: `sqs`, `events`
   * @throws SdkPackageError when the service's client is not installed; the SDK's errors
   */
  async call(service: string, operation: string, input: object, signal?: AbortSignal): Promise<SdkAnswer> {
    const name = packageOf(service);
    const upstream = this.#upstreamOf(name);
    if (upstream === undefined) throw new Error(`No endpoint has the service ${name} (--upstream).`);
    const sdk = loadSdkPackage(name);
    const found = sdk.operation(operation);
    if (found === undefined) {
      throw new SdkPackageError(`The package @aws-sdk/client-${name} has no operation ${operation}.`);
    }
    const client = clientOf(this.#upstreamOf, sdk, name, this.#region, upstream);
    const abortSignal = signal ?? new AbortController().signal;
    const answer = await client.send(new found.Command(input), { abortSignal });
    if (name === 'eventbridge' && operation === 'PutEvents') {
      this.#onPutEvents?.((input as { readonly Entries?: unknown }).Entries, answer.Entries);
    }
    return answer;
  }
}

/** The SDK's clients keep their connections: one for each service and region. */
const clients = new WeakMap<UpstreamOf, Map<string, SdkClient>>();

export function clientOf(
  upstreamOf: UpstreamOf,
  { Client }: SdkPackage,
  name: string,
  region: string,
  { endpoint, credentials }: Upstream,
): SdkClient {
  const known = clients.get(upstreamOf) ?? new Map<string, SdkClient>();
  clients.set(upstreamOf, known);
  const key = `${name} ${region}`;
  const client =
    known.get(key) ??
    new Client({
      region,
      // Real AWS: the caller's own credentials, and the SDK's own retries.
      ...(endpoint !== 'aws' && {
        endpoint,
        ...(credentials && { credentials }),
        maxAttempts: 1,
        forcePathStyle: true,
        useQueueUrlAsEndpoint: false,
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
      }),
    });
  known.set(key, client);
  return client;
}

/** Why a call failed, for a message. Node tries several addresses, and then its error has no text of its own. */
export function reasonOf(error: unknown): string {
  const { message, errors, name } = error as Error & { readonly errors?: readonly Error[] };
  return message || errors?.[0]?.message || name;
}
