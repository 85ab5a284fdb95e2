import type { TaskTarget } from '../execution/services';

const LAMBDA_FUNCTION = /^arn:[\w-]+:lambda:[^:]*:\d*:function:/;
const ACTIVITY = /^arn:[\w-]+:states:[^:]*:\d*:activity:/;
const INTEGRATION = /^arn:[\w-]+:states:[^:]*:[^:]*:((?:aws-sdk:)?[^:]+):(.+)$/;

/**
 * Reads a Task's `Resource` (Step Functions Developer Guide, "Service integration patterns"). Whatever is no Lambda
 * function and no activity is an integration, which the invoker knows or refuses.
 */
export function parseResource(resource: string): TaskTarget {
  if (LAMBDA_FUNCTION.test(resource)) return { kind: 'lambda', functionArn: resource };
  if (ACTIVITY.test(resource)) return { kind: 'activity', activityArn: resource };
  const [, resourceType = resource, action = ''] = INTEGRATION.exec(resource) ?? [];
  return { kind: 'integration', resourceType, resource: action, pattern: patternOf(action) };
}

function patternOf(action: string): 'requestResponse' | 'sync' | 'waitForTaskToken' {
  if (action.endsWith('.waitForTaskToken')) return 'waitForTaskToken';
  return /\.sync(:\d+)?$/.test(action) ? 'sync' : 'requestResponse';
}
