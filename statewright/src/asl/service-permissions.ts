import { ownField, statesOf } from './graph';
import { jobPermissions, rulePermissions } from './job-permissions';
import { mapPermissions } from './map-permissions';
import { callsFunction, parseResource } from './resource';
import { callPermissions, type Home, type TaskPermission } from './task-permissions';

/**
 * What the Tasks of a definition call, other than Lambda functions: the resources that the definition names, what `.sync`
 * needs to wait for a job and to cancel it, and the roles of `Credentials`; and what distributed Maps need.
 */
export function servicePermissions(definition: unknown, home: Home): TaskPermission[] {
  return [...statesOf(definition)].flatMap(({ content }) => permissionsOf(content, home));
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
