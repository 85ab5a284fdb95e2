import type { Page } from '../document';
import type { Functions } from '../functions/functions';
import { each, html } from '../markup';
import { number } from '../parts/pager';
import { time } from '../parts/text';
import { pathsAt } from '../paths';
import type { ConsoleSource } from '../source';

/** The Lambda functions of the region. */
export async function functionsPage(source: ConsoleSource, functions: Functions): Promise<Page> {
  const paths = pathsAt(source.base);
  const all = await functions.list();
  const rows = each(
    all,
    ({ name, runtime, description, lastModified }) =>
      html`<tr><th scope="row"><a href="${paths.function(name)}">${name}</a></th><td>${runtime}</td><td class="breakable wide-only">${description}</td><td class="wide-only">${time(lastModified)}</td></tr>`,
  );
  const content = html`<h1>Functions <small>${number(all.length)}</small></h1>
<div id="live-functions" data-live>${
    all.length === 0
      ? html`<p class="empty">No Lambda functions yet. Deploy a stack with one to this account.</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="Functions"><table class="machines">
<thead><tr><th scope="col">Name</th><th scope="col">Runtime</th><th scope="col" class="wide-only">Description</th><th scope="col" class="wide-only">Changed (UTC)</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
  }</div>`;
  return { title: 'Functions', content, refresh: 'idle' };
}
