import type { OtherTypes } from '../local-aws/deployment';
import { Placeholder } from '../terraform/placeholder';
import type { Value } from '../terraform/value';

/** The end of the ARN, by type of resource (default: the name alone). See Service Authorization Reference, "Resource types". */
const ARN_ENDS: Readonly<Record<string, (name: string) => string>> = {
  aws_cloudwatch_event_bus: (name) => `event-bus/${name}`,
  aws_cloudwatch_event_rule: (name) => `rule/${name}`,
  aws_dynamodb_table: (name) => `table/${name}`,
  aws_ecs_cluster: (name) => `cluster/${name}`,
  aws_ecs_task_definition: (name) => `task-definition/${name}:1`,
  aws_batch_job_definition: (name) => `job-definition/${name}:1`,
  aws_batch_job_queue: (name) => `job-queue/${name}`,
  aws_ecr_repository: (name) => `repository/${name}`,
  aws_glue_job: (name) => `job/${name}`,
  aws_iam_policy: (name) => `policy/${name}`,
  aws_iam_role: (name) => `role/${name}`,
  aws_kinesis_stream: (name) => `stream/${name}`,
  aws_kms_key: (name) => `key/${name}`,
  aws_lambda_function: (name) => `function:${name}`,
  aws_secretsmanager_secret: (name) => `secret:${name}`,
  aws_security_group: (name) => `security-group/${name}`,
  aws_sfn_activity: (name) => `activity:${name}`,
  aws_sfn_state_machine: (name) => `stateMachine:${name}`,
  aws_ssm_parameter: (name) => `parameter/${name.replace(/^\//, '')}`,
  aws_subnet: (name) => `subnet/${name}`,
  aws_vpc: (name) => `vpc/${name}`,
};

/** The service's name in ARNs, if it is not the second word of the type. */
const SERVICES: Readonly<Record<string, string>> = {
  cloudwatch: 'events',
  db: 'rds',
  security: 'ec2',
  sfn: 'states',
  subnet: 'ec2',
  vpc: 'ec2',
};

/** The arguments that name a resource. */
const NAMES = ['name', 'bucket', 'function_name', 'family', 'queue_name', 'table_name', 'topic_name'];

/** Defaults of the AWS provider for numbers that definitions use (Terraform Registry, AWS provider). */
const NUMBERS: Readonly<Record<string, number>> = {
  delay_seconds: 0,
  fifo_throughput_limit: 0,
  max_message_size: 262_144,
  memory_size: 128,
  message_retention_seconds: 345_600,
  port: 443,
  timeout: 3,
  visibility_timeout_seconds: 30,
};

/** The resource that a value is about, by a word in its name; the first one that matches. */
const NAMED_VALUES: readonly [word: RegExp, type: string][] = [
  [/role/, 'aws_iam_role'],
  [/policy/, 'aws_iam_policy'],
  [/state_machine|step_function|sfn/, 'aws_sfn_state_machine'],
  [/function|lambda/, 'aws_lambda_function'],
  [/queue|sqs/, 'aws_sqs_queue'],
  [/topic|sns/, 'aws_sns_topic'],
  [/table|dynamodb/, 'aws_dynamodb_table'],
  [/bucket|s3/, 'aws_s3_bucket'],
  [/bus/, 'aws_cloudwatch_event_bus'],
  [/cluster/, 'aws_ecs_cluster'],
  [/task_definition/, 'aws_ecs_task_definition'],
];

/**
 * Creates the resources that do not run here, such as queues, tables and topics, by name only: with their arguments, and
 * a plausible value for each other attribute that the stack refers to. Tasks that use them need a stand-in. The same for
 * modules whose content is not known, and their outputs.
 */
export const otherResources: OtherTypes = ({ values, place }, { target, givenValues: given }) => {
  const [, type = '', label = '', key] = ADDRESS.exec(place) ?? [];
  const name =
    NAMES.map((argument) => values[argument]).find(isText) ??
    [label, key].filter((part) => part !== undefined).join('-');
  const source = {
    given,
    plausible: (attribute: string) => {
      if (OUTPUTS.has(type)) return plausible(typeFor(attribute, 'aws_module'), attribute, name, target);
      const [, owner, kind] = /([^/]*?)[-_]?(arn|url)$/i.exec(name) ?? [];
      if (type !== 'aws_ssm_parameter' || !attribute.endsWith('value') || kind === undefined)
        return plausible(type, attribute, name, target);
      return plausible(typeFor(name, 'aws_lambda_function'), kind.toLowerCase(), owner || label, target);
    },
  };
  return new Placeholder(place, source, type === 'module' ? {} : values);
};

/** Types whose values are outputs of another configuration. */
const OUTPUTS: ReadonlySet<string> = new Set(['module', 'terraform_remote_state', 'tfe_outputs']);

/** The type of the resource that a value with this name is about. */
const typeFor = (name: string, otherwise: string): string =>
  NAMED_VALUES.find(([word]) => word.test(name.toLowerCase()))?.[1] ?? otherwise;

/** `aws_sqs_queue.q`, also with modules before it, and with the key of an instance after it. */
const ADDRESS = /([\w-]+)\.([\w-]+)(?:\[(?:(?:"((?:[^"\\]|\\.)*)")|\d+)\])?$/;

const isText = (value: Value | undefined): value is string => typeof value === 'string';

interface Owner {
  readonly accountId: string;
  readonly region: string;
}

/** A plausible value of an attribute of a resource, by the resource's name. */
function plausible(
  type: string,
  attribute: string,
  name: string,
  { accountId, region }: Owner,
): string | number {
  const number = NUMBERS[attribute];
  if (number !== undefined) return number;
  const [, service = ''] = type.split('_');
  const end = (ARN_ENDS[type] ?? String)(name);
  const arn =
    type === 'aws_s3_bucket'
      ? `arn:aws:s3:::${name}`
      : `arn:aws:${SERVICES[service] ?? service}:${service === 'iam' ? '' : region}:${accountId}:${end}`;
  const url = `https://${service}.${region}.amazonaws.com/${accountId}/${name}`;
  if (attribute.endsWith('arn')) return arn;
  if (attribute === 'id')
    return { aws_sqs_queue: url, aws_sns_topic: arn, aws_sfn_activity: arn }[type] ?? name;
  return attribute === 'url' || attribute.endsWith('_url') ? url : name;
}
