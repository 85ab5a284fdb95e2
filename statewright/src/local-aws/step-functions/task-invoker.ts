import { isLambdaInvoke, parseResource } from '../../asl/resource';
import type { TaskAnswer, TaskCall, TaskInvoker, TaskResult } from '../../engine/execution/services';
import { missingActivity } from '../../engine/tasks/call-activity';
import { matchesWildcard } from '../iam/wildcard';
import type { StatesDependencies } from './dependencies';
import { callIntegration } from './integration-task';
import { invokeIntegration, invokeLambdaArn } from './lambda-task';
import type { StandIn } from './stand-ins';
import { refusedRole } from './task-role';

/** The execution whose Tasks are called. */
interface Caller {
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
    const replaced = caller.testCase?.(call) ?? answerOfStandIn(states, call);
    if (replaced) return replaced;
    if (call.target.kind === 'activity') return scheduleActivity(states, call, call.target.activityArn);
    const called = parseResource(call.resource);
    if (called.kind !== 'lambda' && called.kind !== 'integration') return unsupported(call);
    const refused = refusedRole(states, call, caller);
    if (refused) return refused;
    if (call.target.kind === 'lambda') return invokeLambdaArn(states, call, call.target.functionArn);
    if (called.kind === 'lambda' || isLambdaInvoke(called)) return invokeIntegration(states, call);
    return callIntegration(states, call, caller.stateMachineArn, called);
  };
}

/** The answer of the first stand-in that has one. */
function answerOfStandIn({ standIns }: StatesDependencies, call: TaskCall): ReturnType<StandIn['invoke']> {
  for (const { resource, invoke } of standIns) {
    const answer = matchesWildcard(resource, call.resource) ? invoke(call) : undefined;
    if (answer) return answer;
  }
  return undefined;
}

/** Lets a worker take the task. Workers have permissions of their own: the state machine's role needs none. */
function scheduleActivity(
  { store, activityTasks }: StatesDependencies,
  call: TaskCall,
  activityArn: string,
): TaskAnswer {
  // What may answer for it did not.
  if (!store.activities.has(activityArn)) return { ...missingActivity(activityArn), stage: 'start' };
  activityTasks.schedule(activityArn, call);
  return { scheduled: true };
}

/** Whether an activity exists, or something else may answer for it. */
export const hasActivity =
  ({ store, standIns }: StatesDependencies, { testCase }: Caller) =>
  (activityArn: string): boolean =>
    store.activities.has(activityArn) ||
    testCase !== undefined ||
    standIns.some(({ resource }) => matchesWildcard(resource, activityArn));

function unsupported({ resource }: TaskCall): TaskResult {
  return {
    error: 'States.TaskFailed',
    cause: `The local AWS cannot call ${resource}. Answer the call with a stand-in.`,
  };
}
