/** Input of an execution that is not JSON text. */
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

/** Unwinds a thread that was stopped while an expression of it was being evaluated; nobody waits for it any more. */
export class ThreadStopped extends Error {
  override readonly name = 'ThreadStopped';
}
