import { filledInFault } from '../../json-fault';
import type { Arguments } from '../../terraform/arguments';
import { ResourceError } from '../../terraform/errors';
import type { AwsError } from '../aws-error';

/** What the role of a state machine lacks, by AWS's message (Step Functions Developer Guide, "IAM policies for integrated services" and "Logging"). */
const LACKING: readonly [message: RegExp, hint: string][] = [
  [
    /create managed-rule/,
    'A Task that waits for a job (.sync) needs events:PutTargets, events:PutRule and events:DescribeRule.',
  ],
  [
    /access the Log Destination/,
    'The role needs logs:CreateLogDelivery, logs:GetLogDelivery, logs:UpdateLogDelivery, logs:DeleteLogDelivery, logs:ListLogDeliveries, logs:PutResourcePolicy, logs:DescribeResourcePolicies and logs:DescribeLogGroups.',
  ],
];

/** The error for a block that the local AWS refuses to create, with what helps: AWS's message alone often does not. */
export function refusal({ code, message }: AwsError, block: Arguments): ResourceError {
  const { definition } = block.values;
  const fault = typeof definition === 'string' ? filledInFault('the definition', definition) : undefined;
  if (code === 'InvalidDefinition' && fault !== undefined) return new ResourceError(block.place, fault);
  return new ResourceError(
    block.place,
    `${code}: ${message}`,
    LACKING.find(([pattern]) => pattern.test(message))?.[1],
  );
}
