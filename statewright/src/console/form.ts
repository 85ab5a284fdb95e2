/** Forms that the console's pages post. */
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';

/**
 * What comes before a handler that reads a form: forms of other sites and too large ones go no further.
 * @param maxSize in bytes
 * @param what the answer names, such as `form`
 */
export const acceptForm = (maxSize: number, what: string): [MiddlewareHandler, MiddlewareHandler] => [
  csrf(),
  bodyLimit({ maxSize, onError: (c) => c.text(`The ${what} is too large`, 413) }),
];

/**
 * The fields of a form.
 * @throws HTTPException with status 400 when the body is not a form
 */
export async function readForm(c: Context): Promise<Readonly<Record<string, string | File | undefined>>> {
  try {
    return (await c.req.parseBody()) as Record<string, string | File>;
  } catch {
    throw new HTTPException(400, { message: 'The form cannot be read' });
  }
}

/** A text field of a form; empty when it is missing. */
export const textField = (form: Awaited<ReturnType<typeof readForm>>, name: string): string => {
  const value = form[name];
  return typeof value === 'string' ? value : '';
};
