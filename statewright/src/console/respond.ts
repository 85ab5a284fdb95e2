import type { Context } from 'hono';
import { type Page, renderDocument } from './document';
import { html } from './markup';
import { pathsAt } from './paths';
import type { ConsoleSource } from './source';

/** Answers with a page. */
export function show(
  c: Context,
  source: ConsoleSource,
  page: Page,
  status: 200 | 404 | 409 | 422 | 500 = 200,
): Response | Promise<Response> {
  c.header('cache-control', 'no-store');
  return c.html(renderDocument(page, source), status);
}

export function missing(c: Context, source: ConsoleSource, kind: string, name: string) {
  const message = `The ${kind} ${name} does not exist in this account`;
  return show(c, source, problemPage(source, 'Not found', message), 404);
}

/** A page that only says what is wrong. */
export function problemPage(source: ConsoleSource, title: string, message: string): Page {
  const paths = pathsAt(source.base);
  const content = html`<h1>${title}</h1><p class="problem">${message}</p>
<p><a href="${paths.home}">All state machines</a></p>`;
  return { title, trail: [{ title: 'State machines', href: paths.home }], content };
}
