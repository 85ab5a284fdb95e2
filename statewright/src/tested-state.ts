/** What TestState says of a state, in words for people. */

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
} as const;

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
