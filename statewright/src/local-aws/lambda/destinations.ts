import { reasonOf, type UpstreamServices } from '../../integrations/upstream-services';
import type { AccountContext, Authorize } from '../account-context';
import type { VersionRecord } from './configuration';
import { destinationOf } from './event-invoke-config';
import type { FunctionStore } from './function-store';
import { deliverRecord, deliverToDeadLetterQueue, type EventOutcome } from './outcome-delivery';
import type { QueuedInvocation } from './runner';

/** Sends the outcomes of asynchronous invocations: to functions of this account, and to other services at their endpoints. */
export class Destinations {
  readonly #store: FunctionStore;
  readonly #authorize: Authorize;
  readonly #upstream: UpstreamServices | undefined;

  constructor(store: FunctionStore, authorize: Authorize, upstream: UpstreamServices | undefined) {
    this.#store = store;
    this.#authorize = authorize;
    this.#upstream = upstream;
  }

  /**
   * Sends an outcome to its destination, and the event of a failed invocation to the function's dead-letter queue, as far
   * as the execution role allows it.
   * @returns the invocation of a destination that is a function
   */
  send(outcome: EventOutcome, destination: string | undefined): QueuedInvocation | undefined {
    const { FunctionName } = outcome.invocation.target;
    const version = this.#store.functions.get(FunctionName) && this.#store.version(outcome.invocation.target);
    if (version === undefined) return undefined;
    const queue = outcome.condition === 'Success' ? undefined : version.DeadLetterConfig?.TargetArn;
    if (queue !== undefined && this.#mayReach(version, queue)) {
      this.#deliver(outcome, queue, (upstream) => deliverToDeadLetterQueue(upstream, queue, outcome));
    }
    if (destination === undefined || !this.#mayReach(version, destination)) return undefined;
    const record = recordOf(this.#store.context, outcome);
    if (destinationOf(destination)?.service !== 'lambda') {
      this.#deliver(outcome, destination, (upstream) =>
        deliverRecord(upstream, destination, outcome, record),
      );
      return undefined;
    }
    const { name, qualifier } = this.#store.reference({ FunctionName: destination });
    if (!this.#store.functions.has(name)) return undefined;
    return {
      requestId: this.#store.context.uuid(),
      target: { FunctionName: name, ...(qualifier !== undefined && { Qualifier: qualifier }) },
      functionArn: destination,
      event: record,
      patient: true,
    };
  }

  #mayReach({ FunctionName, Role: roleArn }: VersionRecord, arn: string): boolean {
    const action = destinationOf(arn)?.action ?? '';
    const answer = this.#authorize({ roleArn, action, resource: arn });
    if (!answer.allowed) warn(FunctionName, arn, answer.message);
    return answer.allowed;
  }

  #deliver(
    { invocation: { target } }: EventOutcome,
    arn: string,
    send: (upstream: UpstreamServices) => Promise<unknown>,
  ): void {
    const { service = '' } = destinationOf(arn) ?? {};
    if (this.#upstream?.find(service) === undefined) {
      warn(
        target.FunctionName,
        arn,
        `the local AWS does not have ${service}. Pass the address of an emulator that has it with --upstream.`,
      );
      return;
    }
    send(this.#upstream).catch((error) => warn(target.FunctionName, arn, reasonOf(error)));
  }
}

const warn = (functionName: string, arn: string, reason: string) =>
  process.emitWarning(`The outcome of ${functionName} was not sent to ${arn}: ${reason}`);

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
