import { logGroupClass } from '../../logs/requests';
import { type BlockType, nameOf, present, tagsOf } from '../block-type';
import { wordOf } from '../words';

export const logGroup: BlockType = (block, context) => {
  const { accountId, region, logs } = context.target;
  const logGroupName = nameOf(block, context);
  const tags = tagsOf(block, context);
  logs.createLogGroup({
    logGroupName,
    ...present({
      logGroupClass: wordOf(block, 'log_group_class', logGroupClass),
      deletionProtectionEnabled: block.optionalBoolean('deletion_protection_enabled'),
      kmsKeyId: block.optionalText('kms_key_id'),
    }),
    tags,
  });
  const retentionInDays = block.optionalNumber('retention_in_days');
  // 0 means "never expire" in Terraform. A group without a retention policy never expires.
  if (retentionInDays) logs.putRetentionPolicy({ logGroupName, retentionInDays });
  return {
    id: logGroupName,
    name: logGroupName,
    arn: `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}`,
    tags_all: tags,
  };
};
