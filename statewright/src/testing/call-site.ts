import { AwsError } from '../local-aws/aws-error';
import { UserError } from '../user-error';

/**
 * Remembers where a test called a function of the kit. What it gives makes the stack of an error begin there, also after
 * the function has waited: jest shows the line of the test and not one of the kit's.
 *
 * @param called the function, to be asked for before it waits
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
