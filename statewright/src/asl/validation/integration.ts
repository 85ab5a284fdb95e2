/** Service integrations (Developer Guide, "Integrating services", "Optimized integrations"). */
import { type Fields, has, isObject } from './object';
import { didYouMean, type Place } from './place';

/** What an optimized integration can do. */
interface Integration {
  /** The ways to wait: for a job (`.sync`), or for a task token (`.waitForTaskToken`). */
  readonly waits: readonly ('sync' | 'waitForTaskToken')[];
  /** Every action, where the service has few; a new one of the others must not be refused. */
  readonly actions?: readonly string[];
}

const none = [] as const;
const job = ['sync'] as const;
const token = ['waitForTaskToken'] as const;
const both = ['sync', 'waitForTaskToken'] as const;

const INTEGRATIONS: Readonly<Record<string, Integration>> = {
  apigateway: { waits: token, actions: ['invoke'] },
  athena: { waits: job },
  'aws-sdk': { waits: token },
  batch: { waits: job, actions: ['submitJob'] },
  bedrock: { waits: both },
  'bedrock-agentcore': { waits: none },
  codebuild: { waits: job },
  databrew: { waits: job, actions: ['startJobRun'] },
  dynamodb: { waits: none, actions: ['getItem', 'putItem', 'updateItem', 'deleteItem'] },
  ecs: { waits: both, actions: ['runTask'] },
  eks: { waits: both },
  elasticmapreduce: { waits: job },
  'emr-containers': { waits: job },
  'emr-serverless': { waits: job },
  events: { waits: token, actions: ['putEvents'] },
  glue: { waits: job, actions: ['startJobRun'] },
  http: { waits: none, actions: ['invoke'] },
  lambda: { waits: token, actions: ['invoke'] },
  mediaconvert: { waits: job, actions: ['createJob'] },
  sagemaker: { waits: job },
  sns: { waits: token, actions: ['publish'] },
  sqs: { waits: token, actions: ['sendMessage'] },
  states: { waits: both, actions: ['startExecution'] },
};

/** Fields of a request without which the definition is refused. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:getItem': ['TableName', 'Key'],
  'dynamodb:putItem': ['TableName', 'Item'],
  'ecs:runTask': ['TaskDefinition'],
  'events:putEvents': ['Entries'],
  'glue:startJobRun': ['JobName'],
  'lambda:invoke': ['FunctionName'],
  'sns:publish': ['Message'],
  'sqs:sendMessage': ['QueueUrl', 'MessageBody'],
  'states:startExecution': ['StateMachineArn'],
};

const INTEGRATION = /^arn:[^:]+:states:::([^:]+):(.+?)(\.sync(?::2)?|\.waitForTaskToken)?$/;
const SDK_ACTION = /^[a-z0-9]+:[a-z]\w*$/i;

/** Whether the integration, if the ARN is one, is there and can wait in that way. */
export function checkIntegration(arn: string, at: Place): void {
  const [, service, action = '', suffix = ''] = INTEGRATION.exec(arn) ?? [];
  if (service === undefined) return;
  const pattern = suffix.replace(':2', '');
  const unknown = misnamed(service, action);
  if (unknown !== undefined || !canWait(service, suffix)) {
    at.error(
      `The resource provided ${arn} is not recognized. The value is not a valid resource ARN, ` +
        `or the resource is not available in this region.${unknown ?? ''}`,
    );
  }
  if (at.type === 'EXPRESS' && pattern !== '') {
    at.error(`Express state machine does not support '${pattern}' service integration`);
  }
}

/**
 * A hint, perhaps empty, when there is no such action. A service that is not in the list above may be newer than the
 * list; it is misspelt when it is near to one that is.
 */
function misnamed(service: string, action: string): string | undefined {
  const hint = (word: string, known: readonly string[]) => didYouMean(word, known).replace(/^\./, '');
  if (service === 'aws-sdk') return SDK_ACTION.test(action) ? undefined : '';
  if (!Object.hasOwn(INTEGRATIONS, service)) return hint(service, Object.keys(INTEGRATIONS)) || undefined;
  const actions = INTEGRATIONS[service]?.actions;
  return actions === undefined || actions.includes(action) ? undefined : hint(action, actions);
}

function canWait(service: string, suffix: string): boolean {
  if (suffix === '' || !Object.hasOwn(INTEGRATIONS, service)) return true;
  if (suffix === '.sync:2') return service === 'states';
  return INTEGRATIONS[service]?.waits.some((wait) => suffix === `.${wait}`) ?? true;
}

/** An integration is told what to do: in Parameters, or in the Arguments of a JSONata state. */
export function checkRequest(task: Fields, at: Place): void {
  const arn = task.Resource;
  const [, service, action] = (typeof arn === 'string' && INTEGRATION.exec(arn)) || [];
  if (service === undefined) return;
  const field = at.language === 'JSONata' ? 'Arguments' : 'Parameters';
  const request = task[field];
  if (request === undefined)
    at.field('Resource').error(`${field} field is required for resource ARN: ${arn}`);
  if (!isObject(request)) return;
  for (const name of REQUIRED[`${service}:${action}`] ?? []) {
    if (!has(request, name) && !has(request, `${name}.$`)) {
      at.field(field).error(`The field '${name}' is required but was missing`);
    }
  }
}
