import type { AccountContext } from '../account-context';
import type { VersionRecord } from './configuration';

/** Not the user's own: a request that went to the real AWS would be refused there. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
};

/** Where an environment finds what it needs. */
export interface EnvironmentPlaces {
  /** Of the function's code. */
  readonly folder: string;
  /** Of files that live as long as the environment. */
  readonly temporary: string;
  readonly logStreamName: string;
  /** Where this account is served, if it is: there the SDKs find it. */
  readonly endpoint: string | undefined;
}

/**
 * All of the environment that a function's process gets (Lambda Developer Guide, "Defined runtime environment
 * variables"): what a function may set otherwise, what it sets, and what is Lambda's alone. Nothing comes from the
 * environment of whoever runs the local AWS: a handler here sees no more of its surroundings than one on AWS. TMPDIR
 * is ours: on AWS each environment has a /tmp of its own, and so that it has here, it is elsewhere.
 */
export function environmentVariables(
  { region }: AccountContext,
  version: VersionRecord,
  { folder, temporary, logStreamName, endpoint }: EnvironmentPlaces,
): Record<string, string> {
  const { LogFormat, LogGroup, ApplicationLogLevel } = version.LoggingConfig;
  return {
    ...(endpoint !== undefined && { AWS_ENDPOINT_URL: endpoint }),
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin:/opt/bin',
    TMPDIR: temporary,
    TZ: ':UTC',
    ...version.Variables,
    ...CREDENTIALS,
    _HANDLER: version.Handler,
    AWS_DEFAULT_REGION: region,
    AWS_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${version.Runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.MemorySize),
    AWS_LAMBDA_FUNCTION_NAME: version.FunctionName,
    AWS_LAMBDA_FUNCTION_VERSION: version.Version,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: LogFormat,
    ...(LogFormat === 'JSON' && { AWS_LAMBDA_LOG_LEVEL: ApplicationLogLevel ?? 'INFO' }),
    AWS_LAMBDA_LOG_GROUP_NAME: LogGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LAMBDA_TASK_ROOT: folder,
  };
}
