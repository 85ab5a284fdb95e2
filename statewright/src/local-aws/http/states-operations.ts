import type { DefinitionOperation } from '../step-functions/definition-work';
import { type StatesRequest, statesApi } from '../step-functions/requests';
import type { StatesService } from '../step-functions/states-service';
import { JsonText } from './json-protocol';
import { type Operations, operationsOf } from './operation';

/**
 * Step Functions' operations. Other requests do not wait while one works on a large definition.
 */
export function statesOperations(states: StatesService): Operations {
  const inTurns =
    <O extends DefinitionOperation, A>(name: O, operation: (request: StatesRequest<O>) => A) =>
    async (request: StatesRequest<O>) => {
      await states.prepare(name, request);
      return operation(request);
    };
  return operationsOf(statesApi, {
    ...states,
    createStateMachine: inTurns('CreateStateMachine', states.createStateMachine),
    updateStateMachine: inTurns('UpdateStateMachine', states.updateStateMachine),
    validateStateMachineDefinition: inTurns(
      'ValidateStateMachineDefinition',
      states.validateStateMachineDefinition,
    ),
    testState: inTurns('TestState', states.testState),
    describeStateMachine: inTurns('DescribeStateMachine', states.describeStateMachine),
    describeStateMachineForExecution: inTurns(
      'DescribeStateMachineForExecution',
      states.describeStateMachineForExecution,
    ),
    getExecutionHistory: (request: StatesRequest<'GetExecutionHistory'>) => {
      const { text, nextToken } = states.executionHistoryText(request);
      const token = nextToken === undefined ? '' : `,"nextToken":${JSON.stringify(nextToken)}`;
      return new JsonText(`{"events":${text}${token}}`);
    },
  });
}
