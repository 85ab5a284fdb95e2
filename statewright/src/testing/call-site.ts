import { AwsError } from '../local-aws/aws-error';
import { UserError } from '../user-error';

/**
 * Remembers where a test called a function of the kit. The returned function makes the stack of an error start there,
 * even after an await, so that jest shows the line of the test and not one of the kit's.
 *
 * @param called the function; call this before its first await
 */
export function callSite(called: (...values: never[]) => unknown): (error: unknown) => unknown {
  const site = { stack: '' };
  Error.captureStackTrace(site, called);
  return (error) => {
    if (error instanceof UserError || error instanceof AwsError) {
      const [, ...frames] = site.stack.split('\n');
      error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
    }
    return error;
  };
}
