import { objectOf, ownField } from '../../asl/graph';
import type { Owner } from '../fictitious-values';
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
  'AWS::IAM::ManagedPolicy': (name) => `policy/${name}`,
  'AWS::IAM::Role': (name) => `role/${name}`,
  'AWS::KMS::Key': (name) => `key/${name}`,
  'AWS::Kinesis::Stream': (name) => `stream/${name}`,
  'AWS::Lambda::Function': (name) => `function:${name}`,
  'AWS::Lambda::LayerVersion': (name) => `layer:${name}:1`,
  'AWS::Logs::LogGroup': (name) => `log-group:${name}:*`,
  'AWS::SecretsManager::Secret': (name) => `secret:${name}`,
  'AWS::Serverless::Function': (name) => `function:${name}`,
  'AWS::Serverless::LayerVersion': (name) => `layer:${name}:1`,
  'AWS::Serverless::SimpleTable': (name) => `table/${name}`,
  'AWS::Serverless::StateMachine': (name) => `stateMachine:${name}`,
  'AWS::StepFunctions::Activity': (name) => `activity:${name}`,
  'AWS::StepFunctions::StateMachine': (name) => `stateMachine:${name}`,
};

/** The service's name in ARNs, if it is not the second word of the type. */
const SERVICES: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'lambda',
  'AWS::Serverless::LayerVersion': 'lambda',
  'AWS::Serverless::SimpleTable': 'dynamodb',
  StepFunctions: 'states',
};

/** The types whose `Ref` is their ARN. The `Ref` of a queue is its URL, that of any other type its name. */
const REF_IS_ARN = [
  'AWS::Batch::JobDefinition',
  'AWS::Batch::JobQueue',
  'AWS::ECS::TaskDefinition',
  'AWS::IAM::ManagedPolicy',
  'AWS::Lambda::Alias',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Version',
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
  'AWS::Serverless::LayerVersion',
  'AWS::Serverless::StateMachine',
  'AWS::StepFunctions::Activity',
  'AWS::StepFunctions::StateMachine',
  'AWS::StepFunctions::StateMachineAlias',
  'AWS::StepFunctions::StateMachineVersion',
];

/** The properties that name a resource. */
const NAMES =
  /^(?:Name|(?:Function|Queue|Topic|Table|Bucket|StateMachine|Cluster|Role|Rule|JobQueue|JobDefinition|LogGroup|Layer|ManagedPolicy)Name|Family)$/;

/** Where the resources are, and what the names of those begin with that have no name of their own. */
interface Naming extends Owner {
  readonly namePrefix: string;
}

/** The names of functions, roles and layers have at most 64 characters, those of state machines 80. */
const MAX_NAME = 64;

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
  { region, accountId, namePrefix }: Naming,
): TemplateResource {
  const type = String(ownField(resource, 'Type'));
  const properties = objectOf(ownField(resource, 'Properties')) ?? {};
  // An alias has the name of its function, too.
  const own =
    properties.Name === undefined ? Object.keys(properties).find((each) => NAMES.test(each)) : 'Name';
  const given = own === undefined ? undefined : evaluate(properties[own]);
  const name = typeof given === 'string' ? given : shortened(namePrefix + logicalId);
  const arn = arnOf(type, name, properties, { evaluate, region, accountId });
  const url = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
  const ref = type === 'AWS::SQS::Queue' ? url : REF_IS_ARN.includes(type) ? arn : name;
  return { type, name, arn, ref };
}

/** A name that is generated. The end of a logical id of the AWS CDK tells it from others. */
const shortened = (name: string): string =>
  name.length <= MAX_NAME ? name : name.slice(0, MAX_NAME - 8) + name.slice(-8);

interface Evaluation extends Owner {
  readonly evaluate: (value: unknown) => unknown;
}

function arnOf(
  type: string,
  name: string,
  properties: Readonly<Record<string, unknown>>,
  { evaluate, region, accountId }: Evaluation,
): string {
  // Their ARN is that of their function with a qualifier.
  if (type === 'AWS::Lambda::Alias' || type === 'AWS::Lambda::Version') {
    const written = text(evaluate(properties.FunctionName));
    const lambda = written.split(':').at(6) ?? written;
    const qualifier = type === 'AWS::Lambda::Version' ? '1' : name;
    return `arn:aws:lambda:${region}:${accountId}:function:${lambda}:${qualifier}`;
  }
  if (type === 'AWS::StepFunctions::StateMachineVersion')
    return `${text(evaluate(properties.StateMachineArn))}:1`;
  if (type === 'AWS::StepFunctions::StateMachineAlias') return aliasOf(name, properties, evaluate);
  const [, word = ''] = type.split('::');
  const service =
    SERVICES[type] ?? SERVICES[word] ?? (/StateMachine$/.test(type) ? 'states' : word.toLowerCase());
  if (service === 's3') return `arn:aws:s3:::${name}`;
  const place = service === 'iam' ? '' : region;
  const path = service === 'iam' ? text(evaluate(properties.Path)).replace(/^\//, '') : '';
  return `arn:aws:${service}:${place}:${accountId}:${(ARN_ENDS[type] ?? String)(path + name)}`;
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
