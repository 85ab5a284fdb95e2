import type { AccountContext, Authorize } from '../account-context';
import { destinationOf } from './event-invoke-config';
import type { FunctionStore } from './function-store';
import type { QueuedInvocation, RunnerResult } from './runner';

/** How an asynchronous invocation ended. */
export interface EventOutcome {
  readonly invocation: QueuedInvocation;
  readonly condition: string;
  readonly invokeCount: number;
  /** Undefined when the function never ran. */
  readonly result: RunnerResult | undefined;
}

/** Where the outcomes of asynchronous invocations are sent. */
export class Destinations {
  readonly #store: FunctionStore;
  readonly #authorize: Authorize;

  constructor(store: FunctionStore, authorize: Authorize) {
    this.#store = store;
    this.#authorize = authorize;
  }

  /**
   * Sends the record of an outcome to its destination.
   * @returns the invocation of a destination that is a function, if the execution role may invoke it
   */
  send(outcome: EventOutcome, destination: string | undefined): QueuedInvocation | undefined {
    const { FunctionName } = outcome.invocation.target;
    const version = this.#store.functions.get(FunctionName) && this.#store.version(outcome.invocation.target);
    const queue = outcome.condition === 'Success' ? undefined : version?.DeadLetterConfig?.TargetArn;
    if (queue) warn(FunctionName, queue);
    if (!destination || !version) return undefined;
    const target = destinationOf(destination);
    if (target?.service !== 'lambda') {
      warn(FunctionName, destination);
      return undefined;
    }
    const { action } = target;
    const answer = this.#authorize({ roleArn: version.Role, action, resource: destination });
    if (!answer.allowed) {
      process.emitWarning(`The outcome of ${FunctionName} was not sent to ${destination}: ${answer.message}`);
      return undefined;
    }
    const { name, qualifier } = this.#store.reference({ FunctionName: destination });
    if (!this.#store.functions.has(name)) return undefined;
    return {
      requestId: this.#store.context.uuid(),
      target: { FunctionName: name, ...(qualifier !== undefined && { Qualifier: qualifier }) },
      functionArn: destination,
      event: recordOf(this.#store.context, outcome),
      patient: true,
    };
  }
}

const warn = (functionName: string, arn: string) =>
  process.emitWarning(
    `The outcome of ${functionName} was not sent to ${arn}: only Lambda functions are supported here as destinations.`,
  );

/** The record that a destination receives, with both payloads unchanged (Lambda Developer Guide, "Example invocation record"). */
function recordOf(
  { clock }: AccountContext,
  { invocation, condition, invokeCount, result }: EventOutcome,
): string {
  const { requestId, functionArn, target, event } = invocation;
  const requestContext = {
    requestId,
    functionArn: target.Qualifier === undefined ? `${functionArn}:$LATEST` : functionArn,
    condition,
    approximateInvokeCount: invokeCount,
  };
  const responseContext = result && {
    statusCode: 200,
    executedVersion: result.version.Version,
    ...(result.failed && { functionError: 'Unhandled' }),
  };
  const members = [
    `"version":"1.0"`,
    `"timestamp":${JSON.stringify(new Date(clock.now()).toISOString())}`,
    `"requestContext":${JSON.stringify(requestContext)}`,
    `"requestPayload":${event}`,
    ...(result
      ? [`"responseContext":${JSON.stringify(responseContext)}`, `"responsePayload":${result.payload}`]
      : []),
  ];
  return `{${members.join(',')}}`;
}
