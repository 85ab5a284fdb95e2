import { Hono } from 'hono';
import { MAX_PAYLOAD_BYTES } from '../../asl/quotas';
import { acceptForm, readForm, textField } from '../form';
import { pathsAt } from '../paths';
import { problemPage, show } from '../respond';
import type { ConsoleSource } from '../source';
import { isRefusal } from '../start-input';
import type { Callbacks } from './callbacks';

/** The size of the largest output with every character percent-encoded, in bytes. */
const FORM_LIMIT = 3 * MAX_PAYLOAD_BYTES + 4096;

/** Answers a Task that waits for its token, and shows its execution. Forms of other sites do nothing. */
export function answers(source: ConsoleSource, callbacks: Callbacks): Hono {
  const app = new Hono({ strict: false });
  const paths = pathsAt(source.base);
  const path = '/state-machines/:machine/executions/:execution/answer' as const;
  app.post(path, ...acceptForm(FORM_LIMIT, 'form'), async (c) => {
    const form = await readForm(c);
    const field = (name: string) => textField(form, name);
    try {
      if (field('answer') === 'failure') {
        await callbacks.fail(field('token'), field('error'), field('cause'));
      } else {
        await callbacks.succeed(field('token'), field('output'));
      }
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return show(c, source, problemPage(source, 'Refused', error.message), 409);
    }
    const { machine, execution } = c.req.param();
    return c.redirect(paths.execution(machine, execution), 303);
  });
  return app;
}
