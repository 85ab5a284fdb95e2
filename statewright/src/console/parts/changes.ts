import { type JsonChange, jsonChanges } from '../json-changes';
import { each, html, type Markup, when } from '../markup';

/** The largest payload that is compared, and the longest value that is shown. */
const LIMIT = { text: 65_536, value: 300 };

/** How many changes a list shows. */
const SHOWN = 200;

const OF_STATE = { which: 'from input to output', same: 'The output equals the input.' };

/**
 * What changed between two payloads; nothing where both are not JSON or too long to compare.
 * @param words which payloads they are (default: a state's input and output)
 * @param shown how many changes are shown
 */
export function changes(
  id: string,
  before: string,
  after: string | undefined,
  words = OF_STATE,
  shown = SHOWN,
): Markup | '' {
  if (after === undefined || before.length > LIMIT.text || after.length > LIMIT.text) return '';
  const found = jsonChanges(before, after);
  if (!found) return '';
  if (found.length === 0) return html`<p class="unchanged">${words.same}</p>`;
  return changeList(found, words.which, `changes-${id}`, shown);
}

/** A list of changes, which opens. @param which such as `from input to output` */
export function changeList(found: readonly JsonChange[], which: string, id: string, shown = SHOWN): Markup {
  const count = found.length === 1 ? '1 change' : `${found.length} changes`;
  return html`<details class="changes" id="${id}"><summary>${count} ${which}</summary>
<ul>${each(found.slice(0, shown), change)}</ul>${found.length > shown ? html`<p class="more">The first ${shown} of ${found.length}.</p>` : ''}</details>`;
}

function change({ path, before, after }: JsonChange): Markup {
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return html`<li class="${kind}"><span class="kind">${kind}</span> <code>${path}</code>${when(
    before,
    (text) => html` <del><span class="sr-only">before </span>${short(text)}</del>`,
  )}${when(after, (text) => html` <ins><span class="sr-only">after </span>${short(text)}</ins>`)}</li>`;
}

const short = (text: string) => (text.length > LIMIT.value ? `${text.slice(0, LIMIT.value)}…` : text);
