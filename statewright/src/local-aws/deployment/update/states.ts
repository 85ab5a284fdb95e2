import type { RegionalServices } from '../../regional-services';
import { OWNED_KEY } from '../../step-functions/encryption';
import type { TagRequest } from '../../step-functions/requests';
import type { TargetRegion } from '../target-account';
import { type Updates, unlessMissing } from './updates';

/** Step Functions, where creating what exists changes it. */
export function updatingStates(
  { states, region, accountId }: Pick<RegionalServices, 'states' | 'region' | 'accountId'>,
  updates: Updates,
): TargetRegion['states'] {
  const arnOf = (kind: string, name: string) => `arn:aws:states:${region}:${accountId}:${kind}:${name}`;
  const retag = (resourceArn: string, tags: readonly TagRequest[]) => {
    const { tags: former } = states.listTagsForResource({ resourceArn });
    states.untagResource({ resourceArn, tagKeys: former.flatMap(({ key = '' }) => key) });
    states.tagResource({ resourceArn, tags });
  };
  return {
    createStateMachine(request) {
      const { name, publish, tags = [] } = request;
      const stateMachineArn = arnOf('stateMachine', name);
      const recreated = () => {
        states.deleteStateMachine({ stateMachineArn });
        return states.createStateMachine(request);
      };
      return updates.put(stateMachineArn, `state machine ${name}`, request, {
        create: () => states.createStateMachine(request),
        exists: () => unlessMissing(() => states.describeStateMachine({ stateMachineArn })),
        update(changed) {
          const current = states.describeStateMachine({ stateMachineArn });
          // UpdateStateMachine cannot change the type: Terraform replaces the state machine.
          if ((request.type ?? 'STANDARD') !== current.type) return recreated();
          const { definition, roleArn, loggingConfiguration, tracingConfiguration } = request;
          const updated = states.updateStateMachine({
            stateMachineArn,
            definition,
            roleArn,
            loggingConfiguration: loggingConfiguration ?? { level: 'OFF' },
            tracingConfiguration: tracingConfiguration ?? { enabled: false },
            ...(publish !== undefined && { publish }),
          });
          if (changed === undefined || changed.includes('tags')) retag(stateMachineArn, tags);
          const { stateMachineVersionArn } = updated;
          return {
            stateMachineArn,
            creationDate: current.creationDate,
            ...(stateMachineVersionArn !== undefined && { stateMachineVersionArn }),
          };
        },
        remove: () => states.deleteStateMachine({ stateMachineArn }),
      });
    },
    createStateMachineAlias(request) {
      const { name, routingConfiguration } = request;
      const machine = routingConfiguration[0]?.stateMachineVersionArn.replace(/:\d+$/, '') ?? '';
      const stateMachineAliasArn = `${machine}:${name}`;
      return updates.put(
        stateMachineAliasArn,
        `alias ${name} of state machine ${machine.replace(/^.*:/, '')}`,
        request,
        {
          create: () => states.createStateMachineAlias(request),
          exists: () => unlessMissing(() => states.describeStateMachineAlias({ stateMachineAliasArn })),
          update() {
            states.updateStateMachineAlias({ description: '', ...request, stateMachineAliasArn });
            const { creationDate } = states.describeStateMachineAlias({ stateMachineAliasArn });
            return { stateMachineAliasArn, creationDate };
          },
          remove: () => states.deleteStateMachineAlias({ stateMachineAliasArn }),
        },
      );
    },
    createActivity(request) {
      const activityArn = arnOf('activity', request.name);
      return updates.put(activityArn, `activity ${request.name}`, request, {
        create: () => states.createActivity(request),
        exists: () => unlessMissing(() => states.describeActivity({ activityArn })),
        update() {
          const { encryptionConfiguration: former } = states.describeActivity({ activityArn });
          const wanted = request.encryptionConfiguration ?? OWNED_KEY;
          // Nothing but the tags can change.
          if (JSON.stringify(wanted) !== JSON.stringify(former)) states.deleteActivity({ activityArn });
          const activity = states.createActivity(request);
          retag(activityArn, request.tags ?? []);
          return activity;
        },
        remove: () => states.deleteActivity({ activityArn }),
      });
    },
  };
}
