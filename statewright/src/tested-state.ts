/** What TestState says of a state, and in words for people. */

/** How a test ended, and what the state computed (API Reference, TestState). Data are JSON texts. */
export interface TestStateResponse {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  readonly inspectionData?: InspectionData;
}

/** What a state computed on its way from its input to its output (API Reference, `InspectionData`). */
export interface InspectionData {
  readonly input?: string;
  readonly afterInputPath?: string;
  readonly afterParameters?: string;
  readonly afterArguments?: string;
  readonly result?: string;
  readonly afterResultSelector?: string;
  readonly afterResultPath?: string;
  /** Of a Map: its items, and the inputs of its iterations. */
  readonly afterItemsPath?: string;
  readonly afterItemsPointer?: string;
  readonly afterItemSelector?: string;
  readonly afterItemBatcher?: string;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
  readonly maxConcurrency?: number;
  readonly errorDetails?: ErrorHandler;
  /** The variables after the state. */
  readonly variables?: string;
  /** Of an HTTP Task (API Reference, `InspectionDataRequest`, `InspectionDataResponse`). */
  readonly request?: {
    readonly protocol: string;
    readonly method: string;
    readonly url: string;
    readonly headers: string;
    readonly body?: string;
  };
  readonly response?: {
    readonly protocol: string;
    readonly statusCode: string;
    readonly statusMessage: string;
    readonly headers: string;
    readonly body: string;
  };
}

/** The steps of a state's data flow, in their order, as the definition calls them (API Reference, `InspectionData`). */
export const DATA_FLOW_STEPS = {
  input: 'Input',
  afterInputPath: 'After InputPath',
  afterParameters: 'After Parameters',
  afterArguments: 'After Arguments',
  afterItemsPath: 'After ItemsPath',
  afterItemsPointer: 'After ItemsPointer',
  afterItemSelector: 'After ItemSelector',
  afterItemBatcher: 'After ItemBatcher',
  maxConcurrency: 'MaxConcurrency',
  toleratedFailureCount: 'ToleratedFailureCount',
  toleratedFailurePercentage: 'ToleratedFailurePercentage',
  result: 'Result',
  afterResultSelector: 'After ResultSelector',
  afterResultPath: 'After ResultPath',
  variables: 'Variables',
} as const satisfies Readonly<Record<DataFlowStep, string>>;

type DataFlowStep = Exclude<keyof InspectionData, 'errorDetails' | 'request' | 'response'>;

/** Which Retrier or Catcher handles an error (API Reference, `InspectionErrorDetails`). */
export interface ErrorHandler {
  readonly retryIndex?: number;
  /** Missing when no attempt is left. */
  readonly retryBackoffIntervalSeconds?: number;
  readonly catchIndex?: number;
}

/** `Retry[0] after 2 s`, or `Retry[0], which has no attempt left, then Catch[1]`. */
export function handlerText({
  retryIndex,
  retryBackoffIntervalSeconds: seconds,
  catchIndex,
}: ErrorHandler): string {
  const retry =
    retryIndex === undefined
      ? []
      : [
          `Retry[${retryIndex}]${seconds === undefined ? ', which has no attempt left' : ` after ${seconds} s`}`,
        ];
  return [...retry, ...(catchIndex === undefined ? [] : [`Catch[${catchIndex}]`])].join(', then ');
}
