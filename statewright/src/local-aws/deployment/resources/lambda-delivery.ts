/** What calls a function: its address, queues, and destinations of asynchronous invocations. */
import type { Arguments } from '../../../terraform/arguments';
import { urlAuthType, urlInvokeMode } from '../../lambda/requests';
import { type BlockType, present, tagsOf } from '../block-type';
import { wordOf } from '../words';

export const functionUrl: BlockType = (block, context) => {
  const { lambda, accountId, region } = context.target;
  const FunctionName = block.text('function_name');
  const qualifier = block.optionalText('qualifier');
  const AuthType = wordOf(block, 'authorization_type', urlAuthType) ?? block.missing('authorization_type');
  const cors = block.block('cors');
  const created = lambda.createFunctionUrlConfig({
    FunctionName,
    AuthType,
    ...present({
      Qualifier: qualifier,
      InvokeMode: wordOf(block, 'invoke_mode', urlInvokeMode),
      Cors: cors && corsOf(cors),
    }),
  });
  // The provider lets everybody call an address without authorization: that takes two permissions.
  if (AuthType === 'NONE') {
    const everybody = { FunctionName, Principal: '*', ...present({ Qualifier: qualifier }) };
    lambda.addPermission({
      ...everybody,
      StatementId: 'FunctionURLAllowPublicAccess',
      Action: 'lambda:InvokeFunctionUrl',
      FunctionUrlAuthType: 'NONE',
    });
    lambda.addPermission({
      ...everybody,
      StatementId: 'FunctionURLInvokeAllowPublicAccess',
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
    });
  }
  const name = FunctionName.replace(/^arn:.*:function:/, '');
  return {
    id: [name, qualifier].filter(Boolean).join('/'),
    function_arn: `arn:aws:lambda:${region}:${accountId}:function:${name}`,
    function_url: created.FunctionUrl,
    url_id: new URL(created.FunctionUrl).hostname.replace(/\..*$/, ''),
  };
};

export const eventInvokeConfig: BlockType = (block, context) => {
  const destinations = block.block('destination_config');
  const FunctionName = block.text('function_name');
  const qualifier = block.optionalText('qualifier');
  context.target.lambda.putFunctionEventInvokeConfig({
    FunctionName,
    ...present({
      Qualifier: qualifier,
      MaximumRetryAttempts: block.optionalNumber('maximum_retry_attempts'),
      MaximumEventAgeInSeconds: block.optionalNumber('maximum_event_age_in_seconds'),
      DestinationConfig:
        destinations &&
        present({
          OnSuccess: destinationOf(destinations, 'on_success'),
          OnFailure: destinationOf(destinations, 'on_failure'),
        }),
    }),
  });
  return { id: [FunctionName, qualifier].filter(Boolean).join(':') };
};

/** A queue that nothing reads here, and a stream, have a mapping by name only. */
export const eventSourceMapping: BlockType = (block, context) => {
  const { lambda } = context.target;
  const EventSourceArn = block.text('event_source_arn');
  const reason = lambda.cannotRead(EventSourceArn);
  if (context.otherTypes && reason !== undefined) {
    return context.otherTypes(block, context, `Nothing reads its source here.${reason}`);
  }
  const filters = block.block('filter_criteria')?.blocks('filter');
  const concurrency = block.block('scaling_config')?.optionalNumber('maximum_concurrency');
  const types = block.texts('function_response_types');
  const tags = tagsOf(block, context);
  const { UUID, FunctionArn, EventSourceMappingArn, State } = lambda.createEventSourceMapping({
    EventSourceArn,
    FunctionName: block.text('function_name'),
    Tags: tags,
    ...present({
      Enabled: block.optionalBoolean('enabled'),
      BatchSize: block.optionalNumber('batch_size'),
      MaximumBatchingWindowInSeconds: block.optionalNumber('maximum_batching_window_in_seconds'),
      FilterCriteria: filters && {
        Filters: filters.map((filter) => present({ Pattern: filter.optionalText('pattern') })),
      },
      FunctionResponseTypes: types.includes('ReportBatchItemFailures')
        ? (['ReportBatchItemFailures'] as const)
        : undefined,
      ScalingConfig: concurrency === undefined ? undefined : { MaximumConcurrency: concurrency },
    }),
  });
  return {
    id: UUID,
    uuid: UUID,
    arn: EventSourceMappingArn,
    function_arn: FunctionArn,
    state: State,
    tags_all: tags,
  };
};

function destinationOf(destinations: Arguments, name: string) {
  const Destination = destinations.block(name)?.text('destination');
  return Destination === undefined ? undefined : { Destination };
}

const corsOf = (cors: Arguments) =>
  present({
    AllowCredentials: cors.optionalBoolean('allow_credentials'),
    AllowHeaders: listOf(cors, 'allow_headers'),
    AllowMethods: listOf(cors, 'allow_methods'),
    AllowOrigins: listOf(cors, 'allow_origins'),
    ExposeHeaders: listOf(cors, 'expose_headers'),
    MaxAge: cors.optionalNumber('max_age'),
  });

const listOf = (block: Arguments, name: string) => (block.has(name) ? block.texts(name) : undefined);
