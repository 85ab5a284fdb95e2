import { KUBERNETES, type UpstreamCredentials, type UpstreamOf } from '../integrations/upstream';
import { UserError } from '../user-error';

/** What the user says about upstreams, as text. */
interface UpstreamSettings {
  /** A URL, or `aws`, for all services. */
  readonly upstream?: string | undefined;
  /** `SERVICE=URL`, or `SERVICE=aws`, for one service; they override `upstream`. */
  readonly endpoints?: readonly string[];
  readonly credentials?: UpstreamCredentials | undefined;
}

/** The variables of the environment that say the same; an option of the command comes first. */
export const UPSTREAM_VARIABLES = {
  upstream: 'STATEWRIGHT_UPSTREAM',
  /** Of one service: `STATEWRIGHT_ENDPOINT_SQS`. */
  endpoint: 'STATEWRIGHT_ENDPOINT_',
  accessKeyId: 'STATEWRIGHT_UPSTREAM_ACCESS_KEY_ID',
  secretAccessKey: 'STATEWRIGHT_UPSTREAM_SECRET_ACCESS_KEY',
  sessionToken: 'STATEWRIGHT_UPSTREAM_SESSION_TOKEN',
} as const;

/** The value of `--upstream` and `--endpoint` that means the real AWS. */
export const REAL_AWS = 'aws';

/** The services of this AWS, by the name in a request's signature: their requests never go to an upstream. */
export const OWN_SERVICES: ReadonlySet<string> = new Set(['iam', 'lambda', 'logs', 'states', 'sts']);

/** Names of services in the AWS CLI and the SDKs, without separators, whose signatures have another name. */
const SIGNING_NAMES: Readonly<Record<string, string>> = {
  apigateway: 'apigateway',
  apigatewayv2: 'apigateway',
  autoscaling: 'autoscaling',
  bedrockagent: 'bedrock',
  bedrockagentruntime: 'bedrock',
  bedrockruntime: 'bedrock',
  cloudwatch: 'monitoring',
  cloudwatchevents: 'events',
  cloudwatchlogs: 'logs',
  cognitoidentityprovider: 'cognito-idp',
  configservice: 'config',
  costexplorer: 'ce',
  databasemigrationservice: 'dms',
  directoryservice: 'ds',
  dynamodbstreams: 'dynamodb',
  efs: 'elasticfilesystem',
  elasticloadbalancing: 'elasticloadbalancing',
  elasticloadbalancingv2: 'elasticloadbalancing',
  emr: 'elasticmapreduce',
  eventbridge: 'events',
  iotdataplane: 'iotdata',
  mwaa: 'airflow',
  opensearch: 'es',
  pinpoint: 'mobiletargeting',
  resourcegroupstaggingapi: 'tagging',
  s3control: 's3',
  sagemakerruntime: 'sagemaker',
  secretsmanager: 'secretsmanager',
  servicediscovery: 'servicediscovery',
  sesv2: 'ses',
  sfn: 'states',
  stepfunctions: 'states',
  timestreamquery: 'timestream',
  timestreamwrite: 'timestream',
};

/** The name of a service in signatures, from any of its names: `eventbridge`, `EventBridge` and `events` are `events`. */
export function signingName(service: string): string {
  const name = service.toLowerCase();
  return SIGNING_NAMES[name.replaceAll(/[-_ ]/g, '')] ?? name;
}

/**
 * The settings of the environment's variables.
 * @throws UserError for an access key without a secret, or the reverse
 */
export function upstreamSettingsIn(env: NodeJS.ProcessEnv): UpstreamSettings {
  const { upstream, endpoint, ...names } = UPSTREAM_VARIABLES;
  const accessKeyId = env[names.accessKeyId] || undefined;
  const secretAccessKey = env[names.secretAccessKey] || undefined;
  const sessionToken = env[names.sessionToken] || undefined;
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    throw new UserError(
      `${names.accessKeyId} and ${names.secretAccessKey} belong together, and only one of them is set.`,
      'Set both, or neither.',
    );
  }
  return {
    upstream: env[upstream] || undefined,
    endpoints: Object.entries(env).flatMap(([name, url]) =>
      name.startsWith(endpoint) && url
        ? [`${name.slice(endpoint.length).toLowerCase().replaceAll('_', '-')}=${url}`]
        : [],
    ),
    ...(accessKeyId !== undefined &&
      secretAccessKey !== undefined && {
        credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
      }),
  };
}

/** What emulators accept by default; MinIO and others have their own key, which the user names. */
const ANY_CREDENTIALS: UpstreamCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The endpoints that settings name. */
interface Endpoints {
  /** Of all services that have none of their own. */
  readonly all: string | undefined;
  /** By the name in signatures. */
  readonly byService: ReadonlyMap<string, string>;
}

/**
 * Reads the endpoints of settings; those of an earlier one override those of a later one.
 * @throws UserError for what is not a URL, and for a service that this AWS has itself
 */
export function endpointsIn(settings: readonly UpstreamSettings[]): Endpoints {
  const byService = new Map<string, string>();
  for (const { endpoints = [] } of settings) {
    for (const text of endpoints) {
      const [service, endpoint] = readEndpoint(text);
      if (!byService.has(service)) byService.set(service, endpoint);
    }
  }
  const { upstream } = settings.find((each) => each.upstream !== undefined) ?? {};
  return { all: endpointOf(upstream, '--upstream'), byService };
}

/** Not a service of AWS: an endpoint for all services does not have it. */
const OTHER_APIS: ReadonlySet<string> = new Set([KUBERNETES]);

/**
 * Resolves endpoints: the service's own, else the one for all services.
 * @throws UserError as `endpointsIn`
 */
export function upstreams(...settings: readonly UpstreamSettings[]): UpstreamOf {
  const { all, byService } = endpointsIn(settings);
  const credentials = settings.find((each) => each.credentials !== undefined)?.credentials;
  return (name) => {
    const service = signingName(name);
    const endpoint = byService.get(service) ?? (OTHER_APIS.has(service) ? undefined : all);
    if (endpoint === undefined || OWN_SERVICES.has(service)) return undefined;
    if (endpoint === REAL_AWS) return { endpoint, credentials: undefined };
    return { endpoint, credentials: credentials ?? ANY_CREDENTIALS };
  };
}

function readEndpoint(text: string): readonly [service: string, endpoint: string] {
  const [, name = '', url = ''] = /^([\w -]+)=(.*)$/s.exec(text) ?? [];
  if (name === '') {
    throw new UserError(
      `"${text}" (--endpoint) does not name a service and its URL.`,
      'Write SERVICE=URL: sqs=http://127.0.0.1:9324',
    );
  }
  const service = signingName(name);
  if (OWN_SERVICES.has(service)) {
    throw new UserError(
      `--endpoint ${text}: the local AWS has ${service} itself.`,
      'An endpoint is for a service that it does not have, such as sqs, sns, dynamodb, events or s3.',
    );
  }
  return [service, endpointOf(url, `--endpoint ${name}`) as string];
}

function endpointOf(text: string | undefined, option: string): string | undefined {
  if (text === undefined || text === REAL_AWS) return text;
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw new UserError(
    `"${text}" (${option}) is not a URL.`,
    `Use an address such as http://127.0.0.1:5000, or aws for the real AWS.`,
  );
}
