import type { Page } from '../document';
import type { FunctionDetails, Functions } from '../functions/functions';
import { each, html } from '../markup';
import { logLine } from '../parts/invocations';
import { number } from '../parts/pager';
import { arn } from '../parts/payload';
import { time } from '../parts/text';
import { pathsAt } from '../paths';
import type { ConsoleSource } from '../source';

/** How many log events are shown. */
const SHOWN = 300;

/**
 * A Lambda function: its configuration and the end of its log.
 * @param find only log events with this text (default: all)
 */
export async function functionPage(
  source: ConsoleSource,
  functions: Functions,
  details: FunctionDetails,
  find = '',
): Promise<Page> {
  const paths = pathsAt(source.base);
  const { name, runtime, handler, timeout, memory, roleArn, logGroup, lastModified, variables } = details;
  const read = await functions.log(logGroup);
  const found = read.filter(({ message }) => message.toLowerCase().includes(find.toLowerCase()));
  const shown = found.slice(-SHOWN);
  const log =
    shown.length === 0
      ? html`<p class="empty">${find === '' ? 'Nothing has been logged.' : html`No such lines. <a href="?#log">Show all</a>`}</p>`
      : html`${found.length > SHOWN ? html`<p class="more">The last ${number(SHOWN)} of ${number(found.length)} lines.</p>` : ''}
<pre class="code" tabindex="0" data-follow role="group" aria-label="Log of ${logGroup}">${each(shown, logLine)}</pre>`;
  const content = html`<h1>${name}</h1>
<dl class="facts"><div><dt>Runtime</dt><dd>${runtime}</dd></div>
<div><dt>Handler</dt><dd>${handler}</dd></div>
<div><dt>Timeout</dt><dd>${timeout} s</dd></div>
<div><dt>Memory</dt><dd>${number(memory)} MB</dd></div>
<div><dt>Changed (UTC)</dt><dd>${time(lastModified)}</dd></div>
${variables.length === 0 ? '' : html`<div><dt>Environment variables</dt><dd>${variables.join(', ')}</dd></div>`}
<div><dt>ARN</dt><dd>${arn(details.arn)}</dd></div>
<div><dt>Role</dt><dd>${arn(roleArn)}</dd></div></dl>
<section aria-labelledby="log"><h2 id="log">Log <small>${logGroup}</small></h2>
<form method="get" action="#log" class="find" role="search" aria-label="Log">
<label>Find <input type="search" name="find" value="${find}" placeholder="text or request id" autocomplete="off" spellcheck="false"></label>
<button class="quiet">Find</button>
${find === '' ? '' : html`<a href="?#log">Clear</a>`}</form>
<div id="live-log" data-live>${log}</div></section>`;
  return { title: name, trail: [{ title: 'Functions', href: paths.functions }], content, refresh: 'idle' };
}
