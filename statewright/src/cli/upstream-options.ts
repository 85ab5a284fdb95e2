import type { UpstreamOf } from '../integrations/upstream';
import {
  endpointsIn,
  REAL_AWS,
  UPSTREAM_VARIABLES,
  upstreamSettingsIn,
  upstreams,
} from '../local-aws/upstream';
import { UserError } from '../user-error';
import { isAwsFile } from './aws-files';
import { listOf, type Option, textOf, type Values } from './command';

/** The options that name the endpoints of services that the local AWS does not have. */
export const upstreamOptions: Readonly<Record<'upstream' | 'endpoint', Option>> = {
  upstream: {
    type: 'string',
    value: 'URL',
    description: `An emulator of other services, such as SQS (moto, LocalStack, …), or aws for the real AWS (default: ${UPSTREAM_VARIABLES.upstream})`,
  },
  endpoint: {
    type: 'list',
    value: 'SERVICE=URL',
    description: `The address of one other service, such as sqs=http://127.0.0.1:9324 (default: ${UPSTREAM_VARIABLES.endpoint}SQS)`,
  },
};

/** The upstreams of a command's options and of the environment. */
interface NamedUpstreams {
  readonly upstreamOf: UpstreamOf;
  /** What is said of them when the server starts; empty without any. */
  readonly notes: readonly Note[];
}

export interface Note {
  readonly text: string;
  /** Whether requests reach real resources. */
  readonly isReal: boolean;
}

/**
 * Reads the options. An option comes before a variable of the environment.
 * @throws UserError for what is not a URL, for a service that the local AWS has itself, and for the real AWS in a shell that
 * is pointed to the local one
 */
export function readUpstreams(
  { upstream, endpoint }: Values,
  environment: NodeJS.ProcessEnv = process.env,
): NamedUpstreams {
  const settings = [
    { upstream: textOf(upstream), endpoints: listOf(endpoint) },
    upstreamSettingsIn(environment),
  ];
  const { all, byService } = endpointsIn(settings);
  const named = [...byService, ...(all === undefined ? [] : [['All other services', all] as const])];
  if (named.some(([, place]) => place === REAL_AWS)) checkRealAws(environment);
  return {
    upstreamOf: upstreams(...settings),
    notes: named.map(([services, place]) =>
      place === REAL_AWS
        ? {
            text: `${services}: the real AWS, with your own credentials. Requests change real resources.`,
            isReal: true,
          }
        : { text: `${services}: ${place}`, isReal: false },
    ),
  };
}

/** In a shell with the exports, the credentials are those of the local AWS. */
function checkRealAws(environment: NodeJS.ProcessEnv): void {
  const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: key = '', AWS_CONFIG_FILE: file = '' } = environment;
  if (endpoint === undefined && !key.startsWith('LOCAL') && !isAwsFile(file)) return;
  throw new UserError(
    'This shell has the exports of a local AWS, so it does not have your credentials for the real AWS.',
    'Start the local AWS in a new shell.',
  );
}
