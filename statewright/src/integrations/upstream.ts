/** Where the services are that Tasks call, such as an emulator that the user runs. */
export interface Upstream {
  /**
   * The endpoint of a service, by its name in the SDK's packages (`@aws-sdk/client-sqs`: `sqs`). Undefined when no endpoint
   * was named for it.
   */
  endpointOf(service: string): Endpoint | undefined;
}

export interface Endpoint {
  /** Such as `http://127.0.0.1:5000`. Undefined is AWS itself, with the caller's own credentials. */
  readonly url?: string;
  /** Credentials for the endpoint (default: those that emulators take). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}
