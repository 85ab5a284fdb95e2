import type { Arguments } from '../../../terraform/arguments';
import { ArgumentError, UnsupportedError } from '../../../terraform/errors';
import {
  applicationLogLevel,
  architecture,
  logFormat,
  systemLogLevel,
  tracingMode,
} from '../../lambda/requests';
import { type BlockContext, type BlockType, present, tagsOf } from '../block-type';
import { wordOf, wordsOf } from '../words';

/** Arguments that the local Lambda does not support and that a function would not work without. */
const UNSUPPORTED = ['image_uri', 's3_bucket', 'layers', 'file_system_config'];

export const lambdaFunction: BlockType = async (block, context) => {
  const { accountId, region, lambda } = context.target;
  const unsupported = UNSUPPORTED.find((name) => block.has(name));
  if (unsupported !== undefined) {
    if (context.otherTypes) return context.otherTypes(block, context);
    throw new UnsupportedError(block.place, `the argument "${unsupported}" is not supported here`);
  }
  const FunctionName = block.text('function_name');
  const tags = tagsOf(block, context);
  const publish = block.optionalBoolean('publish') ?? false;
  const logging = block.block('logging_config');
  const storage = block.block('ephemeral_storage')?.optionalNumber('size');
  const variables = block.block('environment')?.textMap('variables');
  const tracing = block.block('tracing_config');
  const created = await lambda.createFunction({
    FunctionName,
    Role: block.text('role'),
    Handler: block.text('handler'),
    Runtime: block.text('runtime'),
    Code: { ZipFile: codeOf(block, context) },
    ...present({
      Description: block.optionalText('description'),
      Timeout: block.optionalNumber('timeout'),
      MemorySize: block.optionalNumber('memory_size'),
      Publish: publish || undefined,
      Architectures: block.has('architectures') ? wordsOf(block, 'architectures', architecture) : undefined,
      Environment: variables && { Variables: variables },
      TracingConfig: tracing && { Mode: wordOf(tracing, 'mode', tracingMode) ?? tracing.missing('mode') },
      EphemeralStorage: storage === undefined ? undefined : { Size: storage },
    }),
    ...(logging && { LoggingConfig: loggingOf(logging) }),
    Tags: tags,
  });

  const arn = `arn:aws:lambda:${region}:${accountId}:function:${FunctionName}`;
  const version = (publish && created.Version) || '$LATEST';
  return {
    id: FunctionName,
    arn,
    version,
    qualified_arn: `${arn}:${version}`,
    invoke_arn: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
    tags_all: tags,
  };
};

function codeOf(block: Arguments, { readFile }: BlockContext): Uint8Array {
  const filename = block.text('filename');
  const bytes = readFile(filename);
  if (!bytes) throw new ArgumentError(`${block.place}.filename`, `the file ${filename} does not exist`);
  return bytes;
}

function loggingOf(logging: Arguments) {
  return present({
    LogFormat: wordOf(logging, 'log_format', logFormat),
    LogGroup: logging.optionalText('log_group'),
    ApplicationLogLevel: wordOf(logging, 'application_log_level', applicationLogLevel),
    SystemLogLevel: wordOf(logging, 'system_log_level', systemLogLevel),
  });
}
