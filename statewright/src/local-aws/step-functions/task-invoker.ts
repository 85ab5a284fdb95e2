import { callsFunction, parseResource } from '../../asl/resource';
import type { TaskCall, TaskInvoker, TaskResult } from '../../engine/execution/services';
import { matchesWildcard } from '../iam/wildcard';
import type { StatesDependencies } from './dependencies';
import { invokeIntegration, invokeLambdaArn } from './lambda-task';
import { mayAssume } from './permissions';

/** Makes the calls of a state machine's Task states, with its role's permissions. */
export function taskInvoker(states: StatesDependencies, stateMachineArn: string): TaskInvoker {
  return (call) => {
    if (call.taskToken !== undefined) states.running.addToken(call.taskToken, call.executionArn);
    for (const standIn of states.standIns) {
      const answer = matchesWildcard(standIn.resource, call.resource) ? standIn.invoke(call) : undefined;
      if (answer) return answer;
    }
    if (!callsFunction(parseResource(call.resource))) return unsupported(call);
    if (!mayAssume(states, call.roleArn, stateMachineArn)) {
      return {
        error: 'States.Permissions',
        cause: `The principal states.amazonaws.com is not authorized to assume the provided role ${call.roleArn}.`,
      };
    }
    return call.target.kind === 'lambda'
      ? invokeLambdaArn(states, call, call.target.functionArn)
      : invokeIntegration(states, call);
  };
}

function unsupported({ resource }: TaskCall): TaskResult {
  return {
    error: 'States.TaskFailed',
    cause: `This local account does not support ${resource}. Add a stand-in: new Account({ standIns: [{ resource: '${resource}', invoke: () => ({ output: '{}' }) }] }).`,
  };
}
