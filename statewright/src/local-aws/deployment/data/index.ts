import type { BlockType } from '../block-type';
import { callerIdentity, partition, region } from './account';
import { archiveFile } from './archive-file';
import { external } from './external';
import { iamPolicy } from './iam-policy';
import { localFile } from './local-file';
import { policyDocument } from './policy-document';
import { templateFile } from './template-file';

/** The supported data sources. */
export const dataSources: Readonly<Record<string, BlockType>> = {
  archive_file: archiveFile,
  aws_caller_identity: callerIdentity,
  aws_iam_policy: iamPolicy,
  aws_iam_policy_document: policyDocument,
  aws_partition: partition,
  aws_region: region,
  external,
  local_file: localFile,
  local_sensitive_file: localFile,
  template_file: templateFile,
};
