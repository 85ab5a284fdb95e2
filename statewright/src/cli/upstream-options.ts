import { UPSTREAM_VARIABLES, type UpstreamOf, upstreamSettingsIn, upstreams } from '../local-aws/upstream';
import { listOf, type Option, textOf, type Values } from './command';

/** The options that name the endpoints of services that the local AWS does not have. */
export const upstreamOptions: Readonly<Record<'upstream' | 'endpoint', Option>> = {
  upstream: {
    type: 'string',
    value: 'URL',
    description: `Where other services are, such as SQS: moto, LocalStack, …; or aws, the real AWS (default: ${UPSTREAM_VARIABLES.upstream})`,
  },
  endpoint: {
    type: 'list',
    value: 'SERVICE=URL',
    description: `Where one other service is, such as sqs=http://127.0.0.1:9324 (default: ${UPSTREAM_VARIABLES.endpoint}SQS)`,
  },
};

/** @throws UserError for what is not a URL, and for a service that this AWS has itself */
export const readUpstreams = (
  { upstream, endpoint }: Values,
  environment: NodeJS.ProcessEnv = process.env,
): UpstreamOf =>
  upstreams({ upstream: textOf(upstream), endpoints: listOf(endpoint) }, upstreamSettingsIn(environment));
