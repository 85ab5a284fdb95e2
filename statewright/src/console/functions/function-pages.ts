import { Hono } from 'hono';
import { activitiesPage } from '../pages/activities';
import { functionPage } from '../pages/function';
import { functionsPage } from '../pages/functions';
import { missing, show } from '../respond';
import type { ConsoleSource } from '../source';
import type { Functions } from './functions';

/** The pages of the functions and activities that Tasks call. */
export function functionPages(source: ConsoleSource, functions: Functions): Hono {
  const app = new Hono({ strict: false });
  app.get('/functions', async (c) => show(c, source, await functionsPage(source, functions)));
  app.get('/functions/:function', async (c) => {
    const name = c.req.param('function');
    const found = await functions.describe(name);
    if (!found) return missing(c, source, 'function', name);
    return show(c, source, await functionPage(source, functions, found, c.req.query('find')?.trim()));
  });
  app.get('/activities', async (c) => show(c, source, await activitiesPage(functions)));
  return app;
}
