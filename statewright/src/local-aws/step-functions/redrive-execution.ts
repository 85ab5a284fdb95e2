import { then } from '../../engine/maybe-promise';
import { AwsError } from '../aws-error';
import { parseArn } from './arn';
import type { StatesDependencies } from './dependencies';
import { lengthOf } from './history-pieces';
import type { ExecutionDetails, ExecutionRecord, Redrive } from './records';
import { type NotRedrivable, redriveStatus } from './redrive-status';
import type { StatesRequest } from './requests';
import { runKept } from './run-execution';
import { childrenEnded } from './running-children';
import { writtenHistory } from './written-history';

/** How long a client token is known, in milliseconds, and how many of them. */
const TOKENS = { time: 15 * 60_000, count: 10 };

/**
 * Continues an execution that was not successful from the states in which it stopped, with the definition and the role that
 * it started with. The same client token returns the same answer (Step Functions API Reference, RedriveExecution).
 */
export const redriveExecution = (states: StatesDependencies, request: StatesRequest<'RedriveExecution'>) =>
  // Those of its child executions that are still being stopped run again.
  then(childrenEnded(states, request.executionArn), () => redrive(states, request));

function redrive(states: StatesDependencies, request: StatesRequest<'RedriveExecution'>) {
  const { executionArn, clientToken } = request;
  const { executions, context } = states.store;
  checkNotLabeled(executionArn);
  const ended = executions.get(executionArn);
  const now = context.clock.now();
  const known = (ended.redrives ?? []).filter(({ date }) => now - date < TOKENS.time);
  const same = clientToken !== undefined && known.find(({ token }) => token === clientToken);
  if (same) return { redriveDate: new Date(same.date) };
  const details = executions.details(executionArn);
  checkRedrivable(ended, details, now);

  const redrives = clientToken === undefined ? known : [...known, { token: clientToken, date: now }];
  const record = redriven(ended, redrives.slice(-TOKENS.count), now);
  const { input, traceHeader, history: earlier, invocations } = details;
  const place = earlier ?? writtenHistory({ pieces: [], events: [] });
  const before: ExecutionDetails = {
    input,
    ...(traceHeader !== undefined && { traceHeader }),
    history: place,
    ...(invocations && { invocations }),
  };
  const run = {
    executionArn,
    machine: { stateMachineArn: ended.stateMachineArn, type: 'STANDARD' },
    revision: executions.revision(executionArn),
    input,
    earlier: executions.events(executionArn, place, 0, lengthOf(place)),
  } as const;
  runKept(states, run, record, before, executions.restart(record, before));
  return { redriveDate: new Date(now) };
}

/** The record of an execution that runs again. */
function redriven(
  { stopDate: _, redriveCount = 0, ...execution }: ExecutionRecord,
  redrives: readonly Redrive[],
  now: number,
): ExecutionRecord {
  return { ...execution, status: 'RUNNING', redriveCount: redriveCount + 1, redriveDate: now, redrives };
}

/** @throws ExecutionNotRedrivable */
function checkRedrivable(record: ExecutionRecord, details: ExecutionDetails, now: number): void {
  const { redriveStatusReason: reason } = redriveStatus(record, details, now) as Partial<NotRedrivable>;
  if (reason === undefined) return;
  throw new AwsError(
    'ExecutionNotRedrivable',
    `Execution ${record.executionArn} invalid for redrive as: ${reason}`,
  );
}

/** Child executions of a distributed Map are redriven only with their Map Run. */
function checkNotLabeled(executionArn: string): void {
  const { names } = parseArn(executionArn, ['execution']);
  if (!names[0]?.includes('/')) return;
  throw new AwsError('ValidationException', 'Labeled Execution ARNs are not supported for this API', 400, {
    reason: 'API_DOES_NOT_SUPPORT_LABELED_ARNS',
  });
}
