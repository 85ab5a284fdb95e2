/** The Resource and the Credentials of a Task. */
import { CALLABLE, parseResource, type TaskResource } from '../resource';
import { type Check, described, named, string } from './checks';
import { checkIntegration, INTEGRATION_ARNS, notCallable } from './integration';
import { orPlaceholder } from './json-schema';
import { expressionOr } from './jsonata';
import { type Fields, has, jsonPathOnly, object } from './object';
import { pathOrIntrinsic } from './paths';
import type { Place } from './place';

const ARN = /^arn:[^:]*:[^:]+:[^:]*:[^:]*:.+$/;

/** The ARN of a function, an activity or an integration. A placeholder such as `${FnArn}` is not an ARN. */
export const resource: Check = described(
  { type: 'string', pattern: orPlaceholder(CALLABLE), examples: INTEGRATION_ARNS },
  (value, at) => {
    if (typeof value !== 'string') at.error('Expected value of type String');
    else if (!ARN.test(value) || value.includes('${')) at.error('Value is not a valid resource ARN');
    else checkResource(parseResource(value), value, at);
  },
);

function checkResource(called: TaskResource, arn: string, at: Place): void {
  if (called.kind === 'integration') checkIntegration(called, arn, at);
  else if (called.kind === 'unknown') at.error(notCallable(arn));
  else if (called.kind === 'activity' && at.type === 'EXPRESS') {
    at.error('Express state machine does not support Activity ARN');
  }
}

/** The role of a single task (Developer Guide, "Accessing resources in other AWS accounts"). */
export const credentials = named(
  'Role',
  object(
    {
      fields: { RoleArn: expressionOr(string), 'RoleArn.$': jsonPathOnly(pathOrIntrinsic) },
      atMostOneOf: [['RoleArn', 'RoleArn.$']],
    },
    (value, at) => {
      if (!has(value, 'RoleArn') && !has(value, 'RoleArn.$')) {
        at.error("The field 'RoleArn' is required but was missing");
      }
    },
  ),
);

/** An activity worker has its own credentials. */
export function checkActivity(task: Fields, at: Place): void {
  if (!has(task, 'Credentials') || typeof task.Resource !== 'string') return;
  if (parseResource(task.Resource).kind === 'activity') {
    at.field('Credentials').error("The field 'Credentials' is not supported for activities");
  }
}
