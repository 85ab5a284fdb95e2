import type { AccountContext } from '../account-context';
import type { SessionCredentials } from '../sts/sessions';
import type { VersionRecord } from './configuration';
import { languagePaths, type RuntimePlaces } from './language-paths';

/** An account that is served over HTTP. */
export interface ServedPlace {
  readonly url: string;
  /** What requests have to be signed with; undefined: any key is accepted. */
  readonly accessKeyId: string | undefined;
}

/** Not those of the user: the real AWS would refuse them. */
const NO_CREDENTIALS: SessionCredentials = {
  accessKeyId: 'local',
  secretAccessKey: 'local',
  sessionToken: 'local',
};

/** The folders and the URL for an environment. */
interface EnvironmentPlaces extends RuntimePlaces {
  /** Of the function's code. */
  readonly folder: string;
  /** Of files that live as long as the environment: `/tmp` where it can have its own. */
  readonly temporary: string;
  readonly logStreamName: string;
  /** For SDKs, if the account is served over HTTP. */
  readonly served: ServedPlace | undefined;
  /** Of the function's role. */
  readonly credentials: SessionCredentials | undefined;
}

/**
 * All environment variables of a function's process (Lambda Developer Guide, "Defined runtime environment variables"):
 * defaults that a function may override, its own variables, and Lambda's reserved ones. Nothing is inherited from the
 * process of the local AWS, because a handler on AWS would not see it either. TMPDIR is an addition: it replaces the
 * /tmp that each environment has on AWS, where it cannot have one here.
 */
export function environmentVariables(
  { region }: AccountContext,
  version: VersionRecord,
  { folder, temporary, logStreamName, served, credentials = NO_CREDENTIALS, ...places }: EnvironmentPlaces,
): Record<string, string> {
  const { LogFormat, LogGroup, ApplicationLogLevel } = version.LoggingConfig;
  return {
    ...(served !== undefined && { AWS_ENDPOINT_URL: served.url }),
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin:/opt/bin',
    TMPDIR: temporary,
    TZ: ':UTC',
    ...languagePaths(version.Runtime, places),
    ...version.Variables,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
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
