import type { HistoryEvent } from '../../history/events';
import type { StatesService } from '../step-functions/states-service';
import { type Operations, operation } from './operation';
import { boolean, integer, list, oneOf, string, structure } from './shape';

const tags = list(structure({ key: string }, { value: string }));
const paging = { maxResults: integer, nextToken: string };
const type = oneOf('STANDARD', 'EXPRESS');
const loggingConfiguration = structure(
  {},
  {
    level: oneOf('ALL', 'ERROR', 'FATAL', 'OFF'),
    includeExecutionData: boolean,
    destinations: list(structure({ cloudWatchLogsLogGroup: structure({ logGroupArn: string }, {}) }, {})),
  },
);
const tracingConfiguration = structure({}, { enabled: boolean });
const encryptionConfiguration = structure(
  { type: oneOf('AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KMS_KEY') },
  { kmsKeyId: string, kmsDataKeyReusePeriodSeconds: integer },
);
const stateMachineArn = structure({ stateMachineArn: string }, {});
const aliasArn = structure({ stateMachineAliasArn: string }, {});
const routingConfiguration = list(structure({ stateMachineVersionArn: string, weight: integer }, {}));
const executionArn = structure({ executionArn: string }, {});
const execution = structure(
  { stateMachineArn: string },
  { name: string, input: string, traceHeader: string },
);

/** Step Functions (AWS JSON 1.0, target `AWSStepFunctions`). Times go out as epoch seconds. */
export function statesOperations(states: StatesService): Operations {
  return new Map([
    [
      'CreateStateMachine',
      operation(
        structure(
          { name: string, definition: string, roleArn: string },
          {
            type,
            loggingConfiguration,
            tracingConfiguration,
            encryptionConfiguration,
            tags,
            publish: boolean,
            versionDescription: string,
          },
        ),
        ({ tags = [], ...request }) =>
          states.createStateMachine({
            ...request,
            tags: tags.map(({ key, value = '' }) => ({ key, value })),
          }),
      ),
    ],
    ['DescribeStateMachine', operation(stateMachineArn, states.describeStateMachine)],
    [
      'UpdateStateMachine',
      operation(
        structure(
          { stateMachineArn: string },
          {
            definition: string,
            roleArn: string,
            loggingConfiguration,
            tracingConfiguration,
            encryptionConfiguration,
            publish: boolean,
            versionDescription: string,
          },
        ),
        states.updateStateMachine,
      ),
    ],
    ['DeleteStateMachine', operation(stateMachineArn, states.deleteStateMachine)],
    ['ListStateMachines', operation(structure({}, paging), states.listStateMachines)],
    [
      'ValidateStateMachineDefinition',
      operation(
        structure({ definition: string }, { type, severity: oneOf('ERROR', 'WARNING'), maxResults: integer }),
        states.validateStateMachineDefinition,
      ),
    ],
    [
      'PublishStateMachineVersion',
      operation(
        structure({ stateMachineArn: string }, { description: string, revisionId: string }),
        states.publishStateMachineVersion,
      ),
    ],
    [
      'ListStateMachineVersions',
      operation(structure({ stateMachineArn: string }, paging), states.listStateMachineVersions),
    ],
    [
      'DeleteStateMachineVersion',
      operation(structure({ stateMachineVersionArn: string }, {}), states.deleteStateMachineVersion),
    ],
    [
      'CreateStateMachineAlias',
      operation(
        structure({ name: string, routingConfiguration }, { description: string }),
        states.createStateMachineAlias,
      ),
    ],
    ['DescribeStateMachineAlias', operation(aliasArn, states.describeStateMachineAlias)],
    [
      'UpdateStateMachineAlias',
      operation(
        structure({ stateMachineAliasArn: string }, { description: string, routingConfiguration }),
        states.updateStateMachineAlias,
      ),
    ],
    ['DeleteStateMachineAlias', operation(aliasArn, states.deleteStateMachineAlias)],
    [
      'ListStateMachineAliases',
      operation(structure({ stateMachineArn: string }, paging), states.listStateMachineAliases),
    ],
    [
      'TagResource',
      operation(structure({ resourceArn: string, tags }, {}), ({ resourceArn, tags }) =>
        states.tagResource({ resourceArn, tags: tags.map(({ key, value = '' }) => ({ key, value })) }),
      ),
    ],
    [
      'UntagResource',
      operation(structure({ resourceArn: string, tagKeys: list(string) }, {}), states.untagResource),
    ],
    ['ListTagsForResource', operation(structure({ resourceArn: string }, {}), states.listTagsForResource)],
    ['StartExecution', operation(execution, states.startExecution)],
    ['StartSyncExecution', operation(execution, states.startSyncExecution)],
    ['DescribeExecution', operation(executionArn, states.describeExecution)],
    [
      'ListExecutions',
      operation(
        structure({ stateMachineArn: string }, { statusFilter: string, ...paging }),
        states.listExecutions,
      ),
    ],
    [
      'StopExecution',
      operation(structure({ executionArn: string }, { error: string, cause: string }), states.stopExecution),
    ],
    [
      'GetExecutionHistory',
      operation(
        structure(
          { executionArn: string },
          { reverseOrder: boolean, includeExecutionData: boolean, ...paging },
        ),
        (request) => {
          const { events, ...rest } = states.getExecutionHistory(request);
          return { events: events.map(showEvent), ...rest };
        },
      ),
    ],
    ['DescribeStateMachineForExecution', operation(executionArn, states.describeStateMachineForExecution)],
    [
      'SendTaskSuccess',
      operation(structure({ taskToken: string, output: string }, {}), states.sendTaskSuccess),
    ],
    [
      'SendTaskFailure',
      operation(structure({ taskToken: string }, { error: string, cause: string }), states.sendTaskFailure),
    ],
    ['SendTaskHeartbeat', operation(structure({ taskToken: string }, {}), states.sendTaskHeartbeat)],
  ]);
}

const showEvent = (event: HistoryEvent) => ({ ...event, timestamp: event.timestamp / 1000 });
