import type { ConfigurationRequest } from './configuration';
import { checkEnum, checkRange, checkText, constraintViolation, invalidParameter } from './constraints';

/** Families of runtimes; which versions of each AWS has at the moment is not held against anybody. */
const RUNTIME =
  /^(?:nodejs(?:\d+\.x|\d\.\d+)?|python\d\.\d+|java\d+(?:\.al2)?|ruby\d\.\d+|dotnet(?:core)?\d+(?:\.\d+)?|go1\.x|provided(?:\.al\d+)?)$/;

const ENVIRONMENT_LIMIT = 4096;
const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

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
 * Checks those members of a configuration that a request gives.
 * @throws AwsError ValidationException or InvalidParameterValueException
 */
export function checkConfiguration(request: ConfigurationRequest): void {
  checkText(
    request.Role,
    'role',
    /^arn:aws[a-zA-Z-]*:iam::\d{12}:role\/?[\w+=,.@\-/]+$/,
    'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
    2048,
  );
  checkText(request.Handler, 'handler', /^\S+$/, '[^\\s]+', 128);
  checkText(request.Description, 'description', /^/, '.*', 256);
  if (request.Runtime !== undefined && !RUNTIME.test(request.Runtime)) {
    throw invalidParameter(
      `Value ${request.Runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set of runtimes, such as nodejs24.x, or be a valid ARN`,
    );
  }
  checkRange(request.Timeout, 'timeout', 1, 900);
  checkRange(request.MemorySize, 'memorySize', 128, 10_240);
  checkRange(request.EphemeralStorage?.Size, 'ephemeralStorage.size', 512, 10_240);
  checkEnum(request.TracingConfig?.Mode, 'tracingConfig.mode', ['Active', 'PassThrough']);
  checkEnum(request.LoggingConfig?.LogFormat, 'loggingConfig.logFormat', ['JSON', 'Text']);
  checkEnum(request.LoggingConfig?.ApplicationLogLevel, 'loggingConfig.applicationLogLevel', LOG_LEVELS);
  checkEnum(request.LoggingConfig?.SystemLogLevel, 'loggingConfig.systemLogLevel', ['DEBUG', 'INFO', 'WARN']);
  checkText(
    request.LoggingConfig?.LogGroup,
    'loggingConfig.logGroup',
    /^[.\-_/#A-Za-z0-9]+$/,
    '[\\.\\-_/#A-Za-z0-9]+',
    512,
  );
  const { LogFormat, ApplicationLogLevel, SystemLogLevel } = request.LoggingConfig ?? {};
  if (LogFormat !== 'JSON' && (ApplicationLogLevel ?? SystemLogLevel) !== undefined) {
    throw invalidParameter(
      'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "Json" and try again.',
    );
  }
  checkVariables(request.Environment?.Variables ?? {});
}

/** Checks the processor architectures that a request gives, if any. */
export function checkArchitectures(architectures: readonly string[] | undefined): void {
  for (const architecture of architectures ?? [])
    checkEnum(architecture, 'architectures', ['x86_64', 'arm64']);
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
