import { objectOf, ownField } from '../../asl/graph';
import { UserError } from '../../user-error';
import { codeOf } from '../code';
import type { Stack, Translate } from '../stack';
import type { StackResource } from '../stack-resource';
import { Reference } from '../terraform-json';
import { tagsOf } from './tags';

/** A function of CloudFormation or SAM. */
export const lambdaFunction: Translate = (resource, stack) => {
  const { label, name, properties } = resource;
  const code = codeOf(resource, stack);
  if (code === undefined) return;
  for (const property of ['Handler', 'Runtime']) {
    if (properties[property] !== undefined) continue;
    throw new UserError(`${resource.template.file}: the function ${resource.logicalId} has no ${property}.`);
  }
  const logging = properties.LoggingConfig;
  stack.functions.set(name, label);
  stack.json.resource('aws_lambda_function', label, {
    function_name: name,
    handler: properties.Handler,
    ...code,
    role: stack.roleArn(resource),
    runtime: properties.Runtime,
    description: properties.Description,
    timeout: properties.Timeout,
    memory_size: properties.MemorySize,
    architectures: properties.Architectures,
    publish: properties.AutoPublishAlias !== undefined || stack.isPublished(resource) || undefined,
    environment: properties.Environment && {
      variables: texts(ownField(properties.Environment, 'Variables')),
    },
    tracing_config: tracing(properties),
    ephemeral_storage: properties.EphemeralStorage && { size: ownField(properties.EphemeralStorage, 'Size') },
    layers: layersOf(resource, stack),
    logging_config: logging && {
      log_format: ownField(logging, 'LogFormat'),
      log_group: ownField(logging, 'LogGroup'),
      application_log_level: ownField(logging, 'ApplicationLogLevel'),
      system_log_level: ownField(logging, 'SystemLogLevel'),
    },
    tags: tagsOf(properties.Tags),
  });
};

/** Without those that are neither in the template nor of another account: their content is not known. */
function layersOf({ logicalId, properties }: StackResource, stack: Stack): unknown[] | undefined {
  if (!Array.isArray(properties.Layers)) return undefined;
  return properties.Layers.flatMap((arn: unknown) => {
    const layer = stack.known(arn);
    const [, account] = /^arn:aws:lambda:[\w-]*:(\d+):layer:/.exec(String(arn)) ?? [];
    if (layer !== arn || (account !== undefined && account !== stack.owner.accountId)) return [layer];
    stack.notices.push(`${logicalId} runs without the layer ${arn}, which is not here.`);
    return [];
  });
}

const texts = (values: unknown) =>
  Object.fromEntries(Object.entries(objectOf(values) ?? {}).map(([name, value]) => [name, String(value)]));

/** SAM has the mode alone; `Disabled` is the same as nothing. */
function tracing({ Tracing, TracingConfig }: Readonly<Record<string, unknown>>) {
  const mode = Tracing ?? ownField(TracingConfig, 'Mode');
  return mode === undefined || mode === 'Disabled' ? undefined : { mode };
}

export const layerVersion: Translate = (resource, stack) => {
  const { label, name, arn, properties } = resource;
  const code = codeOf(resource, stack);
  if (code === undefined) return;
  stack.refer(arn, `aws_lambda_layer_version.${label}.arn`);
  stack.json.resource('aws_lambda_layer_version', label, {
    layer_name: name,
    ...code,
    description: properties.Description,
    license_info: properties.LicenseInfo,
    compatible_runtimes: properties.CompatibleRuntimes,
    compatible_architectures: properties.CompatibleArchitectures,
  });
};

export const alias: Translate = ({ label, name, properties }, stack) => {
  const of = String(properties.FunctionName);
  const ofFunction = stack.functions.get(of.split(':').at(6) ?? of);
  stack.json.resource('aws_lambda_alias', label, {
    name,
    function_name: of,
    description: properties.Description,
    function_version:
      ofFunction === undefined
        ? properties.FunctionVersion
        : new Reference(`aws_lambda_function.${ofFunction}.version`),
  });
};

export const functionUrl: Translate = ({ label, properties }, stack) => {
  const cors = properties.Cors;
  stack.json.resource('aws_lambda_function_url', label, {
    function_name: properties.TargetFunctionArn,
    qualifier: properties.Qualifier,
    authorization_type: properties.AuthType,
    invoke_mode: properties.InvokeMode,
    cors: cors && {
      allow_credentials: ownField(cors, 'AllowCredentials'),
      allow_headers: ownField(cors, 'AllowHeaders'),
      allow_methods: ownField(cors, 'AllowMethods'),
      allow_origins: ownField(cors, 'AllowOrigins'),
      expose_headers: ownField(cors, 'ExposeHeaders'),
      max_age: ownField(cors, 'MaxAge'),
    },
  });
};

export const eventInvokeConfig: Translate = ({ label, properties }, stack) => {
  const destination = (name: string) => {
    const arn = ownField(ownField(properties.DestinationConfig, name), 'Destination');
    return arn === undefined ? undefined : { destination: arn };
  };
  const qualifier = properties.Qualifier;
  stack.json.resource('aws_lambda_function_event_invoke_config', label, {
    function_name: properties.FunctionName,
    qualifier: qualifier === '$LATEST' ? undefined : qualifier,
    maximum_retry_attempts: properties.MaximumRetryAttempts,
    maximum_event_age_in_seconds: properties.MaximumEventAgeInSeconds,
    destination_config: properties.DestinationConfig && {
      on_success: destination('OnSuccess'),
      on_failure: destination('OnFailure'),
    },
  });
};

export const eventSourceMapping: Translate = ({ label, properties }, stack) => {
  const filters = ownField(properties.FilterCriteria, 'Filters');
  const concurrency = ownField(properties.ScalingConfig, 'MaximumConcurrency');
  stack.json.resource('aws_lambda_event_source_mapping', label, {
    event_source_arn: properties.EventSourceArn,
    function_name: properties.FunctionName,
    enabled: properties.Enabled,
    batch_size: properties.BatchSize,
    maximum_batching_window_in_seconds: properties.MaximumBatchingWindowInSeconds,
    filter_criteria: Array.isArray(filters)
      ? { filter: filters.map((each) => ({ pattern: ownField(each, 'Pattern') })) }
      : undefined,
    scaling_config: concurrency === undefined ? undefined : { maximum_concurrency: concurrency },
    function_response_types: properties.FunctionResponseTypes,
  });
};
