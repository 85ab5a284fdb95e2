import type { AccountContext } from '../account-context';
import type { VersionRecord } from './configuration';

/**
 * All of the environment that a function's process gets: Lambda's own variables (Lambda Developer Guide, "Defined
 * runtime environment variables"), what this account adds, and the function's. Nothing comes from the environment of
 * whoever runs the local AWS: a handler here sees no more of its surroundings than one on AWS, and no credentials.
 */
export function environmentVariables(
  { region }: AccountContext,
  version: VersionRecord,
  folder: string,
  logStreamName: string,
  added: Readonly<Record<string, string>>,
): Record<string, string> {
  const { LogFormat, LogGroup, ApplicationLogLevel } = version.LoggingConfig;
  return {
    ...added,
    ...version.Variables,
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
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LAMBDA_TASK_ROOT: folder,
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin:/opt/bin',
    TZ: ':UTC',
  };
}
