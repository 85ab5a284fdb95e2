import { AwsError } from '../aws-error';
import { jacksonFault } from '../jackson-fault';
import type { StatesDependencies } from './dependencies';
import type { StatesRequest } from './requests';

/** Completes the task that waits for the token with a result. */
export function sendTaskSuccess(
  states: StatesDependencies,
  { taskToken, output }: StatesRequest<'SendTaskSuccess'>,
) {
  const fault = jacksonFault(output);
  if (fault) throw new AwsError('InvalidOutput', `Invalid Output: '${fault.message}'`);
  if (!waitingExecution(states, taskToken).completeTask(taskToken, { output })) throw timedOut();
  return {};
}

/** Fails the task that waits for the token. */
export function sendTaskFailure(
  states: StatesDependencies,
  { taskToken, error = '', cause }: StatesRequest<'SendTaskFailure'>,
) {
  const failure = { error, ...(cause !== undefined && { cause }) };
  if (!waitingExecution(states, taskToken).completeTask(taskToken, failure)) throw timedOut();
  return {};
}

/** Restarts the heartbeat timeout of the task that waits for the token. */
export function sendTaskHeartbeat(
  states: StatesDependencies,
  { taskToken }: StatesRequest<'SendTaskHeartbeat'>,
) {
  if (!waitingExecution(states, taskToken).heartbeat(taskToken)) throw timedOut();
  return {};
}

function waitingExecution({ running }: StatesDependencies, taskToken: string) {
  const executionArn = running.executionOfToken(taskToken);
  if (executionArn === undefined) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
  const execution = running.get(executionArn);
  if (execution === undefined) throw timedOut();
  return execution;
}

const timedOut = () => new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
