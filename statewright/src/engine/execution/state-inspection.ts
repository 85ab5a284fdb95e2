import type { ErrorHandler, InspectionData, TestStateResponse } from '../../tested-state';
import { type JsonObject, Payload } from '../data';
import { errorDetails, type Failure, RUNTIME_ERROR } from './failure';
import type { Mock } from './inspection';
import type { StateOutcome } from './state';
import type { StateTest } from './state-test';
import type { VisitTest } from './tested-visit';

/** Collects what the state reports. */
export class StateInspection implements VisitTest {
  readonly context: JsonObject | undefined;
  readonly retryCount: number;
  readonly hasRole: boolean;
  readonly mock: Mock | undefined;
  readonly itemReaderData: string | undefined;
  readonly failedIterations: number;
  readonly #data: Record<string, unknown>;
  #handled: { readonly failure: Failure; readonly details: ErrorHandler } | undefined;

  constructor(test: StateTest) {
    this.context = test.context;
    this.retryCount = test.retrierRetryCount ?? 0;
    this.hasRole = test.names.roleArn !== undefined;
    this.mock = test.mock && fatalIfRuntimeError(test.mock);
    this.itemReaderData = test.mapItemReaderData;
    this.failedIterations = test.mapIterationFailureCount ?? 0;
    this.#data = { input: test.input };
  }

  report(field: string, value: string): void {
    this.#data[field] = value;
  }

  reportNumber(field: string, value: number): void {
    this.#data[field] = value;
  }

  handled(failure: Failure, details: ErrorHandler): void {
    this.#handled = { failure, details: { ...this.#handled?.details, ...details } };
  }

  /** Whether there would be another attempt. */
  get isRetried(): boolean {
    return this.#handled?.details.retryBackoffIntervalSeconds !== undefined;
  }

  result(outcome: StateOutcome, variables: JsonObject): TestStateResponse {
    const inspectionData: InspectionData = {
      ...this.#data,
      ...(this.#handled && { errorDetails: this.#handled.details }),
      ...(Object.keys(variables).length > 0 && { variables: Payload.ofValue(variables).text }),
    };
    if ('failure' in outcome) {
      const status = this.isRetried ? 'RETRIABLE' : 'FAILED';
      return { status, ...errorDetails(outcome.failure), inspectionData };
    }
    const output = 'end' in outcome ? outcome.end.text : outcome.output.text;
    const next = 'next' in outcome ? { nextState: outcome.next } : {};
    const caught = this.#handled;
    return caught?.details.catchIndex === undefined
      ? { status: 'SUCCEEDED', output, ...next, inspectionData }
      : { status: 'CAUGHT_ERROR', output, ...errorDetails(caught.failure), ...next, inspectionData };
  }
}

const fatalIfRuntimeError = (mock: Mock): Mock =>
  'failure' in mock && mock.failure.error === RUNTIME_ERROR
    ? { failure: { ...mock.failure, fatal: true } }
    : mock;
