import { parseResource } from '../../asl/resource';
import type { TaskTarget } from '../execution/services';

/** What a Task calls, as in its history. Only the invoker knows whether it can be called. */
export function targetOf(resource: string): TaskTarget {
  const called = parseResource(resource);
  switch (called.kind) {
    case 'lambda':
      return { kind: 'lambda', functionArn: called.arn };
    case 'activity':
      return { kind: 'activity', activityArn: called.arn };
    case 'integration':
      return {
        kind: 'integration',
        resourceType: called.sdk ? `aws-sdk:${called.service}` : called.service,
        resource: `${called.action}${called.suffix}`,
        pattern: called.pattern,
      };
    case 'unknown':
      return { kind: 'integration', resourceType: resource, resource: '', pattern: 'requestResponse' };
  }
}
