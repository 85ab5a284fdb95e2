import { readFileSync } from 'node:fs';
import { type BlockType, stackFileIn } from '../local-aws/deployment';

/** The end of the ARN, by type of resource (default: the name alone). See Service Authorization Reference, "Resource types". */
const ARN_ENDS: Readonly<Record<string, (name: string) => string>> = {
  aws_cloudwatch_event_bus: (name) => `event-bus/${name}`,
  aws_cloudwatch_event_rule: (name) => `rule/${name}`,
  aws_dynamodb_table: (name) => `table/${name}`,
  aws_ecs_cluster: (name) => `cluster/${name}`,
  aws_ecs_task_definition: (name) => `task-definition/${name}:1`,
  aws_batch_job_definition: (name) => `job-definition/${name}:1`,
  aws_batch_job_queue: (name) => `job-queue/${name}`,
  aws_kms_key: (name) => `key/${name}`,
  aws_lambda_function: (name) => `function:${name}`,
  aws_secretsmanager_secret: (name) => `secret:${name}`,
  aws_sfn_activity: (name) => `activity:${name}`,
};

/** The service's name in ARNs, if it is not the second word of the type. */
const SERVICES: Readonly<Record<string, string>> = { cloudwatch: 'events', sfn: 'states' };

/** The arguments that name a resource. */
const NAMES = ['name', 'bucket', 'function_name', 'family'];

/**
 * Creates the resources that do not run here, such as queues, tables and topics, by name only: with their arguments, and
 * a plausible value for each other attribute that the stack refers to. Tasks that use them need a stand-in.
 *
 * @param folder the stack's folder, which holds its Terraform JSON file
 */
export function otherResources(folder: string): BlockType {
  const stack = readFileSync(stackFileIn(folder) as string, 'utf8');
  return ({ values, place }, { target: { accountId, region } }) => {
    const [type = '', label = ''] = place.split('.').slice(-2);
    const given = NAMES.map((argument) => values[argument]).find((value) => typeof value === 'string');
    const name = typeof given === 'string' ? given : label;
    const [, service = ''] = type.split('_');
    const end = (ARN_ENDS[type] ?? String)(name);
    const arn =
      type === 'aws_s3_bucket'
        ? `arn:aws:s3:::${name}`
        : `arn:aws:${SERVICES[service] ?? service}:${region}:${accountId}:${end}`;
    const url = `https://${service}.${region}.amazonaws.com/${accountId}/${name}`;
    const id = { aws_sqs_queue: url, aws_sns_topic: arn, aws_sfn_activity: arn }[type] ?? name;
    const fictitious = (attribute: string) => {
      if (attribute.endsWith('arn')) return arn;
      return attribute === 'id' ? id : attribute === 'url' ? url : name;
    };
    const wanted = attributesOf(stack, place).filter((attribute) => values[attribute] === undefined);
    return Object.fromEntries(wanted.map((attribute) => [attribute, fictitious(attribute)]));
  };
}

/** The attributes of a block that something in the stack refers to. */
function attributesOf(stack: string, address: string): string[] {
  const references = new RegExp(`(?<![\\w.-])${address.replaceAll('.', '\\.')}\\.(\\w+)`, 'g');
  return [...new Set([...stack.matchAll(references)].map(([, attribute = '']) => attribute))];
}
