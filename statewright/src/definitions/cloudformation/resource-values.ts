import { objectOf, ownField } from '../../asl/graph';
import { ACCOUNT_ID, REGION } from '../fictitious-values';
import { text } from './arguments';

/** The end of the ARN, by type (default: the name alone). See Service Authorization Reference, "Resource types". */
const ARN_ENDS: Readonly<Record<string, (name: string) => string>> = {
  'AWS::Batch::JobDefinition': (name) => `job-definition/${name}:1`,
  'AWS::Batch::JobQueue': (name) => `job-queue/${name}`,
  'AWS::CodeBuild::Project': (name) => `project/${name}`,
  'AWS::DynamoDB::GlobalTable': (name) => `table/${name}`,
  'AWS::DynamoDB::Table': (name) => `table/${name}`,
  'AWS::ECS::Cluster': (name) => `cluster/${name}`,
  'AWS::ECS::TaskDefinition': (name) => `task-definition/${name}:1`,
  'AWS::Events::Connection': (name) => `connection/${name}/00000000-0000-0000-0000-000000000000`,
  'AWS::Events::EventBus': (name) => `event-bus/${name}`,
  'AWS::Events::Rule': (name) => `rule/${name}`,
  'AWS::Glue::Job': (name) => `job/${name}`,
  'AWS::IAM::Role': (name) => `role/${name}`,
  'AWS::KMS::Key': (name) => `key/${name}`,
  'AWS::Kinesis::Stream': (name) => `stream/${name}`,
  'AWS::Lambda::Function': (name) => `function:${name}`,
  'AWS::Logs::LogGroup': (name) => `log-group:${name}:*`,
  'AWS::SecretsManager::Secret': (name) => `secret:${name}`,
  'AWS::Serverless::Function': (name) => `function:${name}`,
  'AWS::Serverless::SimpleTable': (name) => `table/${name}`,
  'AWS::Serverless::StateMachine': (name) => `stateMachine:${name}`,
  'AWS::StepFunctions::Activity': (name) => `activity:${name}`,
  'AWS::StepFunctions::StateMachine': (name) => `stateMachine:${name}`,
};

/** The service's name in ARNs, if it is not the second word of the type. */
const SERVICES: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'lambda',
  'AWS::Serverless::SimpleTable': 'dynamodb',
  StepFunctions: 'states',
};

/** The types whose `Ref` is their ARN. The `Ref` of a queue is its URL, that of any other type its name. */
const REF_IS_ARN = [
  'AWS::Batch::JobDefinition',
  'AWS::Batch::JobQueue',
  'AWS::ECS::TaskDefinition',
  'AWS::Lambda::Alias',
  'AWS::Lambda::Version',
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
  'AWS::Serverless::StateMachine',
  'AWS::StepFunctions::Activity',
  'AWS::StepFunctions::StateMachine',
  'AWS::StepFunctions::StateMachineAlias',
  'AWS::StepFunctions::StateMachineVersion',
];

/** The properties that name a resource. */
const NAMES =
  /^(?:Name|(?:Function|Queue|Topic|Table|Bucket|StateMachine|Cluster|Role|Rule|JobQueue|JobDefinition|LogGroup)Name|Family)$/;

/** The values of a template's resource that are known without deploying it. */
export interface TemplateResource {
  readonly type: string;
  readonly name: string;
  readonly arn: string;
  readonly ref: string;
}

/** @param evaluate evaluates a property, which may call intrinsic functions */
export function resourceValues(
  logicalId: string,
  resource: unknown,
  evaluate: (value: unknown) => unknown,
): TemplateResource {
  const type = String(ownField(resource, 'Type'));
  const properties = objectOf(ownField(resource, 'Properties')) ?? {};
  const own = Object.keys(properties).find((property) => NAMES.test(property));
  const given = own === undefined ? undefined : evaluate(properties[own]);
  const name = typeof given === 'string' ? given : logicalId;
  const arn = arnOf(type, name, properties, evaluate);
  const url = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT_ID}/${name}`;
  const ref = type === 'AWS::SQS::Queue' ? url : REF_IS_ARN.includes(type) ? arn : name;
  return { type, name, arn, ref };
}

function arnOf(
  type: string,
  name: string,
  properties: Readonly<Record<string, unknown>>,
  evaluate: (value: unknown) => unknown,
): string {
  // Their ARN is that of their function with a qualifier.
  if (type === 'AWS::Lambda::Alias' || type === 'AWS::Lambda::Version') {
    const written = text(evaluate(properties.FunctionName));
    const lambda = written.split(':').at(6) ?? written;
    const qualifier = type === 'AWS::Lambda::Version' ? '1' : name;
    return `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${lambda}:${qualifier}`;
  }
  if (type === 'AWS::StepFunctions::StateMachineVersion')
    return `${text(evaluate(properties.StateMachineArn))}:1`;
  if (type === 'AWS::StepFunctions::StateMachineAlias') return aliasOf(name, properties, evaluate);
  const [, word = ''] = type.split('::');
  const service =
    SERVICES[type] ?? SERVICES[word] ?? (/StateMachine$/.test(type) ? 'states' : word.toLowerCase());
  if (service === 's3') return `arn:aws:s3:::${name}`;
  const region = service === 'iam' ? '' : REGION;
  return `arn:aws:${service}:${region}:${ACCOUNT_ID}:${(ARN_ENDS[type] ?? String)(name)}`;
}

/** The ARN of a state machine's alias is that of the state machine with the alias in place of the version. */
function aliasOf(
  name: string,
  properties: Readonly<Record<string, unknown>>,
  evaluate: (value: unknown) => unknown,
): string {
  const [route] = Array.isArray(properties.RoutingConfiguration) ? properties.RoutingConfiguration : [];
  const version = ownField(route ?? properties.DeploymentPreference, 'StateMachineVersionArn');
  return text(evaluate(version)).replace(/:[^:]*$/, `:${name}`);
}
