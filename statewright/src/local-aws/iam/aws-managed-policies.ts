import { createHash } from 'node:crypto';
import { accountPolicies } from './aws-managed/account';
import { functionPolicies } from './aws-managed/functions';
import { messagingPolicies } from './aws-managed/messaging';
import { servicePolicies } from './aws-managed/services';
import type { PolicyRecord } from './records';

const prefix = 'arn:aws:iam::aws:policy/';

/** Whether the ARN is that of an AWS managed policy. */
export const isAwsManagedPolicy = (policyArn: string): boolean => policyArn.startsWith(prefix);

const policies = new Map<string, PolicyRecord>();
for (const [place, Statement] of Object.entries({
  ...accountPolicies,
  ...functionPolicies,
  ...messagingPolicies,
  ...servicePolicies,
})) {
  const PolicyName = place.slice(place.lastIndexOf('/') + 1);
  const Arn = prefix + place;
  // Most of them are that old.
  const CreateDate = Date.UTC(2015, 1, 6);
  policies.set(Arn, {
    PolicyName,
    PolicyId: `ANPA${createHash('sha256').update(Arn).digest('hex').slice(0, 17).toUpperCase()}`,
    Arn,
    Path: `/${place.slice(0, place.length - PolicyName.length)}`,
    CreateDate,
    UpdateDate: CreateDate,
    DefaultVersionId: 'v1',
    versions: [
      { VersionId: 'v1', Document: JSON.stringify({ Version: '2012-10-17', Statement }), CreateDate },
    ],
    versionCount: 1,
    Tags: [],
  });
}

/** The AWS managed policies whose content is known here. */
export const awsManagedPolicies = (): readonly PolicyRecord[] => [...policies.values()];

/** Undefined for a policy whose content is not known here. */
export const awsManagedPolicy = (policyArn: string): PolicyRecord | undefined => policies.get(policyArn);
