import type { StatesDependencies } from './dependencies';
import { describeExecution } from './executions';

/** The largest payloads in an event, in bytes of escaped text. */
const DETAIL_LIMIT = 248 * 1024;

/**
 * Says that an execution has started or ended, as DescribeExecution shows it (Step Functions Developer Guide, "Automating
 * Step Functions event delivery with EventBridge"). Only executions of STANDARD state machines have such events.
 */
export function sendStatusChange(states: StatesDependencies, executionArn: string): void {
  if (states.onStatusChange === undefined) return;
  const {
    startDate,
    stopDate,
    redriveDate,
    input,
    output = null,
    ...execution
  } = describeExecution(states, { executionArn });
  const { redriveStatusReason = null } = execution as { redriveStatusReason?: string };
  const hasOutput = output !== null && escapedSize(output) <= DETAIL_LIMIT;
  const hasInput = escapedSize(input) + (hasOutput ? escapedSize(output) : 0) <= DETAIL_LIMIT;
  states.onStatusChange({
    executionArn,
    time: Number(stopDate ?? redriveDate ?? startDate),
    detail: {
      executionArn,
      stateMachineArn: execution.stateMachineArn,
      name: execution.name,
      status: execution.status,
      startDate: Number(startDate),
      stopDate: stopDate === undefined ? null : Number(stopDate),
      input: hasInput ? input : null,
      output: hasOutput ? output : null,
      stateMachineVersionArn: execution.stateMachineVersionArn ?? null,
      stateMachineAliasArn: execution.stateMachineAliasArn ?? null,
      redriveCount: execution.redriveCount,
      redriveDate: redriveDate === undefined ? null : Number(redriveDate),
      redriveStatus: execution.redriveStatus,
      redriveStatusReason,
      inputDetails: { included: hasInput },
      outputDetails: output === null ? null : { included: hasOutput },
      error: execution.error ?? null,
      cause: execution.cause ?? null,
    },
  });
}

const escapedSize = (text: string) => Buffer.byteLength(JSON.stringify(text));
