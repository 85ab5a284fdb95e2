/** What a Task calls. */
import { ownField } from '../scopes';
import type { Check } from './checks';
import type { Fields } from './object';
import { has } from './object';
import type { Place } from './place';

const ARN = /^arn:[^:]*:[^:]+:[^:]*:[^:]*:.+$/;
const ACTIVITY = /^arn:[^:]+:states:[^:]*:[^:]*:activity:/;
const INTEGRATION = /^arn:[^:]+:states:::([^:]+):(.+?)(\.sync(?::2)?|\.waitForTaskToken)?$/;

/** Services whose integration never waits for a job (Developer Guide, "Integrating optimized services"). */
const NO_JOBS = new Set(['apigateway', 'aws-sdk', 'dynamodb', 'events', 'http', 'lambda', 'sns', 'sqs']);

/** An ARN. A text with `${` in it is taken on trust: Terraform and CloudFormation put the ARN in later. */
export const resource: Check = (value, at) => {
  if (typeof value !== 'string') at.error('Expected value of type String');
  else if (value.includes('${')) return;
  else if (!ARN.test(value)) at.error('Value is not a valid resource ARN');
  else checkPattern(value, at);
};

function checkPattern(arn: string, at: Place): void {
  const [, service = '', , suffix = ''] = INTEGRATION.exec(arn) ?? [];
  const pattern = suffix.replace(':2', '');
  if (pattern === '.sync' && (NO_JOBS.has(service) || (suffix === '.sync:2' && service !== 'states'))) {
    at.error(`The resource provided ${arn} is not recognized`);
  }
  if (at.type !== 'EXPRESS') return;
  if (pattern !== '') at.error(`Express state machine does not support '${pattern}' service integration`);
  else if (ACTIVITY.test(arn)) at.error('Express state machine does not support Activity ARN');
}

/** The role of a single task: there is one, and an activity takes none. */
export function checkCredentials(task: Fields, at: Place): void {
  if (!has(task, 'Credentials')) return;
  const credentials = task.Credentials;
  const place = at.field('Credentials');
  if (ownField(credentials, 'RoleArn') === undefined && ownField(credentials, 'RoleArn.$') === undefined) {
    place.error("The field 'RoleArn' is required but was missing");
  }
  if (typeof task.Resource === 'string' && ACTIVITY.test(task.Resource)) {
    place.error("The field 'Credentials' is not supported for activities");
  }
}
