import { constraintViolation, invalidParameter } from './errors';
import type { ConfigurationRequest } from './requests';
import { checkRuntimeIdentifier } from './runtime-identifiers';

const ENVIRONMENT_LIMIT = 4096;

/** What Lambda sets itself (Lambda Developer Guide, "Defined runtime environment variables": the reserved ones). */
const RESERVED_VARIABLES = [
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_MAX_CONCURRENCY',
  'AWS_LAMBDA_METADATA_API',
  'AWS_LAMBDA_METADATA_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
];

/**
 * Checks what the constraints on single members do not cover: the runtime, and members that depend on each other.
 * @throws AwsError ValidationException or InvalidParameterValueException
 */
export function checkConfiguration(request: ConfigurationRequest): void {
  if (request.Runtime !== undefined) checkRuntimeIdentifier(request.Runtime);
  const { LogFormat, ApplicationLogLevel, SystemLogLevel } = request.LoggingConfig ?? {};
  if (LogFormat !== 'JSON' && (ApplicationLogLevel ?? SystemLogLevel) !== undefined) {
    throw invalidParameter(
      'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "Json" and try again.',
    );
  }
  checkVariables(request.Environment?.Variables ?? {});
}

function checkVariables(variables: Readonly<Record<string, string>>): void {
  const names = Object.keys(variables);
  const malformed = names.find((name) => !/^[a-zA-Z]\w+$/.test(name));
  const reserved = names.filter((name) => RESERVED_VARIABLES.includes(name));
  if (malformed !== undefined && !reserved.includes(malformed)) {
    throw constraintViolation(
      malformed,
      'environment.variables',
      'Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]',
    );
  }
  if (reserved.length > 0) {
    throw invalidParameter(
      'Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. ' +
        `Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  const text = JSON.stringify(variables);
  if (names.length > 0 && Buffer.byteLength(text) > ENVIRONMENT_LIMIT) {
    throw invalidParameter(
      'Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. ' +
        `String measured: ${text}`,
    );
  }
}
