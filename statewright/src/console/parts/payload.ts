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

function payloadTools(name: string, text: string): Markup {
  const isTree = /^\s*[[{"]/.test(text) && (text.length > CUT || isJson(text));
  const tool = (action: string, label: string) =>
    html`<button type="button" class="tool" data-payload="${action}" aria-label="${label} ${name}">${label}</button>`;
  return html`<span class="tools scripted">${isTree ? tool('tree', 'Tree') : ''}${tool('copy', 'Copy')}</span>`;
}
