import { ownField, statesOf } from '../asl/graph';
import { jobPermissions, rulePermissions } from '../asl/job-permissions';
import { mapPermissions } from '../asl/map-permissions';
import { callsFunction, parseResource } from '../asl/resource';
import { callPermissions, type Home, type TaskPermission } from '../asl/task-permissions';
import type { PolicyStatement } from './policy';
import { escapeTemplates } from './terraform-references';

/**
 * Allows what the Tasks of a definition call, other than Lambda functions: the resources that the definition names, what
 * `.sync` needs to wait for a job and to cancel it, and the roles of `Credentials`; and what distributed Maps need. A resource that is only known at run
 * time is `*`; the Sid of such a statement says so, as JSON has no comments.
 */
export function allowServices(definition: unknown, home: Home): PolicyStatement[] {
  const needed = [...statesOf(definition)].flatMap(({ content }) => permissionsOf(content, home));
  const known = needed.filter(({ resource }) => resource !== undefined && resource !== '*');
  const account = needed.filter(({ resource }) => resource === '*');
  const atRunTime = needed.filter(({ resource }) => resource === undefined);
  return [
    ...statements('Call', known),
    ...statements('CallWithoutResource', account),
    ...statements('CallNamedAtRunTime', atRunTime),
  ];
}

function permissionsOf(state: unknown, home: Home): TaskPermission[] {
  if (ownField(state, 'Type') !== 'Task') return mapPermissions(state, home);
  const credentials = ownField(state, 'Credentials');
  if (credentials !== undefined) {
    // The other role makes the call.
    const role = ownField(credentials, 'RoleArn');
    const isKnown = typeof role === 'string' && !role.startsWith('{%');
    return [{ action: 'sts:AssumeRole', resource: isKnown ? role : undefined }];
  }
  const called = parseResource(String(ownField(state, 'Resource')));
  if (called.kind !== 'integration' || callsFunction(called)) return [];
  const request = ownField(state, 'Parameters') ?? ownField(state, 'Arguments');
  return [
    ...callPermissions(called, request, home),
    ...jobPermissions(called, request, home),
    ...rulePermissions(called, home),
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
