/** What a Task calls. */
import { type Check, string } from './checks';
import { checkIntegration } from './integration';
import { expressionOr } from './jsonata';
import { type Fields, has, jsonPathOnly, object } from './object';
import { pathOrIntrinsic } from './paths';
import type { Place } from './place';

const ARN = /^arn:[^:]*:[^:]+:[^:]*:[^:]*:.+$/;
const ACTIVITY = /^arn:[^:]+:states:[^:]*:[^:]*:activity:/;

/** An ARN. A text with `${` in it is taken on trust: Terraform and CloudFormation put the ARN in later. */
export const resource: Check = (value, at) => {
  if (typeof value !== 'string') at.error('Expected value of type String');
  else if (value.includes('${')) return;
  else if (!ARN.test(value)) at.error('Value is not a valid resource ARN');
  else {
    checkIntegration(value, at);
    if (at.type === 'EXPRESS' && ACTIVITY.test(value)) {
      at.error('Express state machine does not support Activity ARN');
    }
  }
};

/** The role of a single task (Developer Guide, "Accessing resources in other AWS accounts"). */
export const credentials = object(
  {
    fields: { RoleArn: expressionOr(string), 'RoleArn.$': jsonPathOnly(pathOrIntrinsic) },
    atMostOneOf: [['RoleArn', 'RoleArn.$']],
  },
  (value, at) => {
    if (!has(value, 'RoleArn') && !has(value, 'RoleArn.$')) {
      at.error("The field 'RoleArn' is required but was missing");
    }
  },
);

/** Whoever works on an activity has credentials of their own. */
export function checkActivity(task: Fields, at: Place): void {
  if (has(task, 'Credentials') && typeof task.Resource === 'string' && ACTIVITY.test(task.Resource)) {
    at.field('Credentials').error("The field 'Credentials' is not supported for activities");
  }
}
