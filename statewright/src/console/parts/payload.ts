import { isJson, layOutJson } from '../json-text';
import { html, type Markup, when } from '../markup';
import { number } from './pager';

/** The number of characters after which a payload is cut, where the rest has an address. */
const CUT = 8_000;

interface PayloadOptions {
  /** The address of the whole payload (default: it is never cut). */
  readonly source?: string;
  /** What is shown of the payload before it is cut, in characters (default: 8,000). */
  readonly cut?: number;
}

/** A payload with its name: JSON formatted over lines, anything else unchanged. A script shows it as a tree and copies it. */
export function payload(name: string, text: string, options: PayloadOptions = {}): Markup {
  return html`<div class="payload"><div class="payload-head"><h4>${name}</h4>${payloadTools(name, text)}</div>${payloadText(name, text, options)}</div>`;
}

/** The text of a payload, which is cut when it is long. */
export function payloadText(name: string, text: string, { source, cut = CUT }: PayloadOptions = {}): Markup {
  const isCut = source !== undefined && text.length > cut;
  const shown = isCut ? text.slice(0, cut) : layOutJson(text);
  return html`<pre tabindex="0" role="group" aria-label="${name}" ${when(isCut && source, (address) => html`data-source="${address}"`)}>${shown}${isCut ? '…' : ''}</pre>
${isCut ? html`<p class="more">The first ${number(cut)} of ${number(text.length)} characters. <a href="${source}">Show all</a></p>` : ''}`;
}

/** An ARN, which a script copies. */
export function arn(text: string): Markup {
  return html`<span class="payload"><code class="arn">${text}</code> ${copyTool('the ARN')}</span>`;
}

/** A button that copies the text of the element with the class `payload` around it. @param what is copied */
export const copyTool = (what: string): Markup => tool('copy', 'Copy', what);

function payloadTools(name: string, text: string): Markup {
  const isTree = /^\s*[[{"]/.test(text) && (text.length > CUT || isJson(text));
  return html`<span class="tools">${isTree ? tool('tree', 'Tree', name) : ''}${copyTool(name)}</span>`;
}

function tool(action: string, label: string, what: string): Markup {
  return html`<button type="button" class="tool scripted" data-payload="${action}" aria-label="${label} ${what}">${label}</button>`;
}
