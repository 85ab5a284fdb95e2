/** The input of an execution is not valid JSON. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
}

/** The history is full: the execution fails. */
export class HistoryLimitError extends Error {
  override readonly name = 'HistoryLimitError';

  constructor(maximum: number) {
    super(`The execution reached the maximum number of history events (${maximum}).`);
  }
}

/** Unwinds a thread that was stopped during the evaluation of an expression; its result is ignored. */
export class ThreadStopped extends Error {
  override readonly name = 'ThreadStopped';
}
