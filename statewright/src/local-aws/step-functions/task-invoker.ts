import { callsFunction, parseResource } from '../../asl/resource';
import { RUNTIME_ERROR } from '../../engine/execution/failure';
import type { TaskAnswer, TaskCall, TaskInvoker, TaskResult } from '../../engine/execution/services';
import { matchesWildcard } from '../iam/wildcard';
import type { StatesDependencies } from './dependencies';
import { callIntegration } from './integration-task';
import { invokeIntegration, invokeLambdaArn } from './lambda-task';
import type { StandIn } from './stand-ins';
import { refusedRole } from './task-role';

/** The execution whose Tasks are called. */
export interface Caller {
  readonly stateMachineArn: string;
  readonly executionArn: string;
  readonly roleArn: string;
  /** Answers the calls that the execution's test case mocks. */
  readonly testCase?: StandIn['invoke'] | undefined;
}

/** Makes the calls of an execution's Task states, with its role's permissions. */
export function taskInvoker(states: StatesDependencies, caller: Caller): TaskInvoker {
  return (call) => {
    // A child execution of a distributed Map shares the tokens of its parent.
    if (call.taskToken !== undefined) {
      const activityArn = call.target.kind === 'activity' ? call.target.activityArn : undefined;
      states.running.addToken(call.taskToken, caller.executionArn, activityArn);
    }
    const mocked = caller.testCase?.(call);
    if (mocked) return mocked;
    for (const standIn of states.standIns) {
      const answer = matchesWildcard(standIn.resource, call.resource) ? standIn.invoke(call) : undefined;
      if (answer) return answer;
    }
    if (call.target.kind === 'activity') return scheduleActivity(states, call, call.target.activityArn);
    const called = parseResource(call.resource);
    if (called.kind !== 'lambda' && called.kind !== 'integration') return unsupported(call);
    const refused = refusedRole(states, call, caller);
    if (refused) return refused;
    if (call.target.kind === 'lambda') return invokeLambdaArn(states, call, call.target.functionArn);
    if (callsFunction(called)) return invokeIntegration(states, call);
    return callIntegration(
      states,
      call,
      caller.stateMachineArn,
      called as Extract<typeof called, { kind: 'integration' }>,
    );
  };
}

/** Workers have permissions of their own: the state machine's role needs none. */
function scheduleActivity(
  { store, activityTasks }: StatesDependencies,
  call: TaskCall,
  activityArn: string,
): TaskAnswer {
  if (!store.activities.has(activityArn)) {
    return { error: RUNTIME_ERROR, cause: `The activity ${activityArn} does not exist.`, stage: 'start' };
  }
  activityTasks.schedule(activityArn, call);
  return { scheduled: true };
}

function unsupported({ resource }: TaskCall): TaskResult {
  return {
    error: 'States.TaskFailed',
    cause: `The local AWS cannot call ${resource}. Answer the call with a stand-in.`,
  };
}
