/** The role of a state machine that is created in the console. */
import { createHash } from 'node:crypto';
import { objectOf, ownField, statesOf } from '../../asl/graph';
import { INVOKE_FUNCTION } from '../../asl/integrations';
import { functionCalledBy } from '../../asl/lambda-functions';
import { functionArn, isLambdaInvoke, parseFunctionName, parseResource } from '../../asl/resource';
import { servicePermissions } from '../../asl/service-permissions';
import type { Home, TaskPermission } from '../../asl/task-permissions';

/** Such as `StepFunctions-orders-role-1a2b3c4d`, as AWS's console names them; at most 64 characters. A region has its own. */
export function ownRoleName(stateMachine: string, region: string): string {
  const hash = createHash('sha256').update(`${region} ${stateMachine}`).digest('hex').slice(0, 8);
  return `StepFunctions-${stateMachine.slice(0, 36)}-role-${hash}`;
}

export const TRUST_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** Allows exactly what a definition (JSON text) calls; undefined when it calls nothing. */
export function ownPolicy(definition: string, home: Home): string | undefined {
  const value: unknown = JSON.parse(definition);
  const actionsOf = new Map<string, Set<string>>();
  for (const { action, resource = '*' } of [
    ...invocations(value, home),
    ...servicePermissions(value, home),
  ]) {
    actionsOf.set(resource, (actionsOf.get(resource) ?? new Set()).add(action));
  }
  if (actionsOf.size === 0) return undefined;
  const statements = [...actionsOf].map(([Resource, actions]) => ({
    Effect: 'Allow',
    Action: [...actions],
    Resource,
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** A function whose name is only known at run time may be any. */
function invocations(definition: unknown, home: Home): TaskPermission[] {
  return [...statesOf(definition)].flatMap(({ content }): TaskPermission[] => {
    const named = functionCalledBy(content);
    if (named !== undefined) {
      const resource = functionArn(parseFunctionName(named), home);
      return [{ action: INVOKE_FUNCTION.action, resource }];
    }
    const isInvoke = isLambdaInvoke(parseResource(String(ownField(objectOf(content), 'Resource'))));
    return isInvoke ? [{ action: INVOKE_FUNCTION.action, resource: undefined }] : [];
  });
}
