/**
 * A cause in words: the message that Lambda, a nested execution or another JSON cause holds; other text unchanged.
 *
 * Lambda's causes are `{"errorType", "errorMessage", "trace"}`, those of nested executions have `Error` and `Cause`.
 */
export function readableCause(cause: string): string {
  const value = parsed(cause);
  if (value === undefined) return cause;
  const { errorMessage, Cause, Error: error, message } = value;
  if (typeof errorMessage === 'string' && errorMessage !== '') return errorMessage;
  if (typeof Cause === 'string') {
    return [typeof error === 'string' ? `${error}: ` : '', readableCause(Cause)].join('');
  }
  if (typeof error === 'string') return error;
  if (typeof message === 'string') return message;
  return cause;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
