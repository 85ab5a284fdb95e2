import type { BlockType } from '../block-type';

export const callerIdentity: BlockType = (_block, { target: { accountId } }) => ({
  id: accountId,
  account_id: accountId,
  arn: `arn:aws:iam::${accountId}:root`,
  user_id: accountId,
});

export const region: BlockType = (_block, { target: { region: name } }) => ({
  id: name,
  name,
  region: name,
  endpoint: `ec2.${name}.amazonaws.com`,
});

export const partition: BlockType = () => ({
  id: 'aws',
  partition: 'aws',
  dns_suffix: 'amazonaws.com',
  reverse_dns_prefix: 'com.amazonaws',
});
