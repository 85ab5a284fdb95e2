import { Hono } from 'hono';
import { executionId, stateMachineOf } from './execution-arn';
import { acceptForm, readForm } from './form';
import { pathsAt } from './paths';
import { problemPage, show } from './respond';
import type { ConsoleSource } from './source';

/** The size of a file, in bytes: 25,000 events with large payloads, or the log of many executions. */
const FILE_LIMIT = 256 * 1024 * 1024;

/** Takes a file with a recorded execution, and shows it. Forms of other sites do nothing. */
export function openHistory(source: ConsoleSource): Hono {
  const app = new Hono({ strict: false });
  const paths = pathsAt(source.base);
  app.post('/histories', ...acceptForm(FILE_LIMIT, 'file'), async (c) => {
    const { history } = await readForm(c);
    const refuse = (message: string) => show(c, source, problemPage(source, 'Not a history', message), 422);
    if (!(history instanceof File) || history.size === 0) return refuse('Choose a file first.');
    try {
      const arn = await source.openHistory?.(history.name, await history.text());
      return arn === undefined
        ? refuse('Histories cannot be opened here.')
        : c.redirect(paths.execution(stateMachineOf(arn), executionId(arn)), 303);
    } catch (error) {
      return refuse((error as Error).message);
    }
  });
  return app;
}
