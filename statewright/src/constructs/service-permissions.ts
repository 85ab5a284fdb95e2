import { servicePermissions } from '../asl/service-permissions';
import type { Home, TaskPermission } from '../asl/task-permissions';
import type { PolicyStatement } from './policy';
import { escapeTemplates } from './terraform-references';

/**
 * Allows what a definition calls, other than Lambda functions. A resource that is only known at run time is `*`; the Sid
 * of such a statement says so, as JSON has no comments.
 */
export function allowServices(definition: unknown, home: Home): PolicyStatement[] {
  const needed = servicePermissions(definition, home);
  const known = needed.filter(({ resource }) => resource !== undefined && resource !== '*');
  const account = needed.filter(({ resource }) => resource === '*');
  const atRunTime = needed.filter(({ resource }) => resource === undefined);
  return [
    ...statements('Call', known),
    ...statements('CallWithoutResource', account),
    ...statements('CallNamedAtRunTime', atRunTime),
  ];
}

/** One statement for all actions with the same resources, and each resource once. */
function statements(sid: string, permissions: readonly TaskPermission[]): PolicyStatement[] {
  const resourcesOf = new Map<string, Set<string>>();
  for (const { action, resource = '*' } of permissions) {
    const resources = resourcesOf.get(action) ?? new Set();
    resourcesOf.set(action, resources.add(escapeTemplates(resource)));
  }
  const actionsOf = new Map<string, string[]>();
  for (const [action, resources] of resourcesOf) {
    const key = JSON.stringify([...resources]);
    actionsOf.set(key, [...(actionsOf.get(key) ?? []), action]);
  }
  return [...actionsOf].map(([key, Action], index) => {
    const resources = JSON.parse(key) as string[];
    return {
      Sid: index === 0 ? sid : `${sid}${index + 1}`,
      Effect: 'Allow',
      Action,
      Resource: resources.length === 1 ? (resources[0] as string) : resources,
    };
  });
}
