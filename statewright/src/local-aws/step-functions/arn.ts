import { AwsError } from '../aws-error';

/** The parts of a Step Functions ARN. */
interface StatesArn {
  /** `stateMachine`, `execution`, `express` or `activity`. */
  readonly resourceType: string;
  /** The parts after the type: a name, or a state machine's and an execution's name, or a name and a version. */
  readonly names: readonly string[];
}

/**
 * Parses an ARN.
 * @param allowed the resource types that are valid in this place
 * @throws InvalidArn
 */
export function parseArn(arn: string, allowed: readonly string[]): StatesArn {
  const [prefix, partition, service, , , resourceType = '', ...names] = arn.split(':');
  if (prefix !== 'arn' || !partition || !service) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  if (service !== 'states') throw invalidArn(`Invalid service name in ARN: ${service}`);
  if (!allowed.includes(resourceType)) {
    throw invalidArn(`Resource type not valid in this context: ${resourceType}`);
  }
  if (!names[0]) throw invalidArn(`Missing resource name in ARN: ${arn}`);
  return { resourceType, names };
}

/** Whether an ARN is that of an execution of an EXPRESS state machine or Map. */
export const isExpress = (executionArn: string): boolean => /^(?:[^:]*:){5}express:/.test(executionArn);

const invalidArn = (reason: string) => new AwsError('InvalidArn', `Invalid Arn: '${reason}'`);
