import type { Arguments } from '../../../terraform/arguments';
import { encryptionType, logLevel, machineType } from '../../step-functions/requests';
import { type BlockType, nameOf, present, tagsOf } from '../block-type';
import { wordOf } from '../words';

export const stateMachine: BlockType = (block, context) => {
  const name = nameOf(block, context);
  const tags = tagsOf(block, context);
  const logging = block.block('logging_configuration');
  const tracing = block.block('tracing_configuration');
  const publish = block.optionalBoolean('publish') ?? false;
  const { stateMachineArn, stateMachineVersionArn, creationDate } = context.target.states.createStateMachine({
    name,
    definition: block.json('definition'),
    roleArn: block.text('role_arn'),
    type: wordOf(block, 'type', machineType) ?? 'STANDARD',
    ...(logging && { loggingConfiguration: loggingOf(logging) }),
    ...(tracing && { tracingConfiguration: { enabled: tracing.optionalBoolean('enabled') ?? false } }),
    ...(publish && { publish }),
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  });
  return {
    id: stateMachineArn,
    arn: stateMachineArn,
    ...(stateMachineVersionArn !== undefined && { state_machine_version_arn: stateMachineVersionArn }),
    name,
    status: 'ACTIVE',
    creation_date: creationDate.toISOString(),
    tags_all: tags,
  };
};

export const activity: BlockType = (block, context) => {
  const name = block.text('name');
  const tags = tagsOf(block, context);
  const encryption = block.block('encryption_configuration');
  const { activityArn, creationDate } = context.target.states.createActivity({
    name,
    ...(encryption && { encryptionConfiguration: encryptionOf(encryption) }),
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  });
  return {
    id: activityArn,
    arn: activityArn,
    name,
    creation_date: creationDate.toISOString(),
    tags_all: tags,
  };
};

function encryptionOf(encryption: Arguments) {
  return {
    type: wordOf(encryption, 'type', encryptionType) ?? 'AWS_OWNED_KEY',
    ...present({
      kmsKeyId: encryption.optionalText('kms_key_id'),
      kmsDataKeyReusePeriodSeconds: encryption.optionalNumber('kms_data_key_reuse_period_seconds'),
    }),
  };
}

function loggingOf(logging: Arguments) {
  const logGroupArn = logging.optionalText('log_destination');
  return {
    level: wordOf(logging, 'level', logLevel) ?? 'OFF',
    includeExecutionData: logging.optionalBoolean('include_execution_data') ?? false,
    ...(logGroupArn !== undefined && { destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] }),
  };
}
