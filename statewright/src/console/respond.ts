import type { Context } from 'hono';
import { type Page, renderDocument } from './document';
import { html } from './markup';
import { pathsAt } from './paths';
import type { ConsoleSource } from './source';

/** Answers with a page. */
export async function show(
  c: Context,
  source: ConsoleSource,
  page: Page,
  status: 200 | 404 | 409 | 422 | 500 = 200,
): Promise<Response> {
  c.header('cache-control', 'no-store');
  const text = String(await renderDocument(page, source));
  if (text.length < LARGE) return c.html(text, status);
  // As bytes: a Response takes several times as long to convert a large text.
  return c.body(Buffer.from(text) as Uint8Array<ArrayBuffer>, status, { 'content-type': HTML });
}

/** The size of a large page, in characters. */
const LARGE = 1_000_000;
const HTML = 'text/html; charset=UTF-8';

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
