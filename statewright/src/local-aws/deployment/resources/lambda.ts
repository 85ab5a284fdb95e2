import { strToU8, zipSync } from 'fflate';
import { Arguments } from '../../../terraform/arguments';
import { ArgumentError, UnsupportedError } from '../../../terraform/errors';
import { Placeholder } from '../../../terraform/placeholder';
import type { Value } from '../../../terraform/value';
import {
  applicationLogLevel,
  architecture,
  logFormat,
  systemLogLevel,
  tracingMode,
} from '../../lambda/requests';
import { type BlockContext, type BlockType, present, tagsOf } from '../block-type';
import { wordOf, wordsOf } from '../words';
import { objectPath } from './s3-object';

/** Arguments that the local Lambda does not support and that a function would not work without. */
const UNSUPPORTED = ['image_uri', 'file_system_config'];

export const lambdaFunction: BlockType = async (block, context) => {
  const { accountId, region, lambda } = context.target;
  const unsupported = UNSUPPORTED.find((name) => block.has(name)) ?? unknownCode(block, context);
  if (context.otherTypes && unsupported !== undefined) {
    return context.otherTypes(block, context, reasonOf(unsupported));
  }
  refuse(block, unsupported);
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
      Layers: layersOf(block, context),
    }),
    ...(logging && { LoggingConfig: loggingOf(logging) }),
    Tags: tags,
  });

  const arn = `arn:aws:lambda:${region}:${accountId}:function:${FunctionName}`;
  const version = (publish && created.Version) || '$LATEST';
  return {
    id: FunctionName,
    arn,
    timeout: block.optionalNumber('timeout') ?? 3,
    memory_size: block.optionalNumber('memory_size') ?? 128,
    version,
    qualified_arn: `${arn}:${version}`,
    invoke_arn: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
    tags_all: tags,
  };
};

export const lambdaLayerVersion: BlockType = async (block, context) => {
  const unsupported = unknownCode(block, context);
  if (context.otherTypes && unsupported !== undefined) {
    return context.otherTypes(block, context, reasonOf(unsupported));
  }
  refuse(block, unsupported);
  const { LayerArn, LayerVersionArn, Version, CreatedDate, Content } =
    await context.target.lambda.publishLayerVersion({
      LayerName: block.text('layer_name'),
      Content: { ZipFile: codeOf(block, context) },
      ...present({
        Description: block.optionalText('description'),
        LicenseInfo: block.optionalText('license_info'),
        CompatibleRuntimes: block.has('compatible_runtimes') ? block.texts('compatible_runtimes') : undefined,
        CompatibleArchitectures: block.has('compatible_architectures')
          ? wordsOf(block, 'compatible_architectures', architecture)
          : undefined,
      }),
    });
  return {
    id: LayerVersionArn,
    arn: LayerVersionArn,
    layer_arn: LayerArn,
    version: String(Version),
    created_date: CreatedDate,
    code_sha256: Content.CodeSha256,
    source_code_hash: Content.CodeSha256,
    source_code_size: Content.CodeSize,
  };
};

/** The layers of a function, without those that only AWS knows: a warning says so. */
function layersOf(block: Arguments, { withoutCode }: BlockContext): string[] | undefined {
  if (withoutCode || !block.has('layers')) return undefined;
  const { layers } = block.values;
  const known = [layers].flat().filter((layer) => {
    if (layer instanceof Placeholder) {
      process.emitWarning(
        `${block.place} runs here without the layer ${layer.name}: its content is not known.`,
      );
    }
    return !(layer instanceof Placeholder);
  });
  return new Arguments({ layers: known as Value[] }, block.place).texts('layers');
}

/** Why a function or a layer exists by name only. */
const reasonOf = (unsupported: string): string | undefined =>
  ({
    image_uri: 'Its code is a container image.',
    file_system_config: 'It needs a file system.',
    filename: 'Only Terraform knows the file of its code. Deploy it with Terraform.',
    s3_bucket: 'Its code is in S3, and not in an aws_s3_object of the stack. Deploy it with Terraform.',
  })[unsupported];

function refuse(block: Arguments, argument: string | undefined): void {
  if (argument !== undefined) {
    throw new UnsupportedError(block.place, `the argument "${argument}" is not supported here`);
  }
}

/** The argument that names code which only Terraform, or S3, has. */
function unknownCode(block: Arguments, context: BlockContext): string | undefined {
  if (context.withoutCode) return undefined;
  if (block.values.filename instanceof Placeholder) return 'filename';
  return block.has('s3_bucket') && objectOf(block, context) === undefined ? 's3_bucket' : undefined;
}

const objectOf = (block: Arguments, { readFile }: BlockContext): Uint8Array | undefined =>
  block.has('s3_bucket') ? readFile(objectPath(block.text('s3_bucket'), block.text('s3_key'))) : undefined;

/** Stands in for code that is not read. */
const NO_CODE = zipSync({ 'no-code': strToU8('') });

function codeOf(block: Arguments, context: BlockContext): Uint8Array {
  if (context.withoutCode) return NO_CODE;
  const object = objectOf(block, context);
  if (object) return object;
  const { readFile } = context;
  const filename = block.text('filename');
  const bytes = readFile(filename);
  if (bytes) return bytes;
  throw new ArgumentError(
    `${block.place}.filename`,
    `the file ${filename} does not exist`,
    'Build it first, as for terraform apply.',
  );
}

function loggingOf(logging: Arguments) {
  return present({
    LogFormat: wordOf(logging, 'log_format', logFormat),
    LogGroup: logging.optionalText('log_group'),
    ApplicationLogLevel: wordOf(logging, 'application_log_level', applicationLogLevel),
    SystemLogLevel: wordOf(logging, 'system_log_level', systemLogLevel),
  });
}
