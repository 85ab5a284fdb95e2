/** Where a service is that the local AWS does not have. */
export interface Upstream {
  /** Such as `http://127.0.0.1:5000`; `aws` is the real AWS. */
  readonly endpoint: string;
  /** What requests are signed with. Undefined for the real AWS: the caller's own, as the AWS SDK finds them. */
  readonly credentials:
    | { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
    | undefined;
}

/** The upstream of a service, by its name in the SDK's packages (`@aws-sdk/client-sqs`: `sqs`); undefined without one. */
export type UpstreamOf = (service: string) => Upstream | undefined;
