import { AwsError } from '../local-aws/aws-error';
import { UserError } from '../user-error';

type Called = (...values: never[]) => unknown;

/**
 * Remembers where a test called a function of the kit. The returned function makes the stack of an error start there,
 * even after an await, so that jest shows the line of the test and not one of the kit's. jest shows only the message of
 * an error: a hint becomes a part of it.
 *
 * @param called the function; call this before its first await
 */
export function callSite(called: Called): (error: unknown) => unknown {
  const site = { stack: '' };
  Error.captureStackTrace(site, called);
  return (error) => {
    if (error instanceof UserError && error.hint && !error.message.endsWith(error.hint)) {
      error.message += ` ${error.hint}`;
    }
    if (error instanceof UserError || error instanceof AwsError) {
      const [, ...frames] = site.stack.split('\n');
      error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
    }
    return error;
  };
}

/** Does the work of a function of the kit, whose errors point to where the test called it. */
export function atCallSite<T>(called: Called, work: () => T): T {
  const atCall = callSite(called);
  try {
    const result = work();
    if (!(result instanceof Promise)) return result;
    return result.catch((error: unknown) => {
      throw atCall(error);
    }) as T;
  } catch (error) {
    throw atCall(error);
  }
}
