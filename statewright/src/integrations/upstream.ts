/** An access key for an upstream. */
export interface UpstreamCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where a service is that the local AWS does not have. */
export interface Upstream {
  /** Such as `http://127.0.0.1:5000`, without a slash at its end; `aws`: the service's own address on the real AWS. */
  readonly endpoint: string;
  /** What requests are signed with. Undefined for the real AWS: the caller's own, as the AWS SDK finds them. */
  readonly credentials: UpstreamCredentials | undefined;
}

/** The upstream of a service, by any of its names (`sqs`, `events`, `eventbridge`); undefined where there is none. */
export type UpstreamOf = (service: string) => Upstream | undefined;

/**
 * The name of the endpoint of the Kubernetes API, for `eks:call` and `eks:runJob`: that of the cluster, and not of the
 * service that creates clusters.
 */
export const KUBERNETES = 'kubernetes';
