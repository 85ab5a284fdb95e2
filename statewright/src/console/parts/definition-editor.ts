import type { CheckedDefinition, Finding } from '../editing/definition-check';
import { each, html, type Markup } from '../markup';
import { assetPath, type Paths } from '../paths';

/** The most rows of the text area, which scrolls. The script's editor has a height of its own. */
const MAX_ROWS = 40;

/**
 * The text area of a definition, the buttons of its form, and the problems in it. A script makes an editor of it, which
 * checks the text while it changes; without one, it is posted as it is.
 * @param checked the last check of the text (default: it was not checked)
 */
export function definitionEditor(
  paths: Paths,
  text: string,
  buttons: Markup,
  checked: CheckedDefinition | undefined,
): Markup {
  return html`<div class="definition" data-editor data-check="${paths.diagnostics}">
<div class="title"><label for="definition">Definition <small>Amazon States Language, in JSON or YAML</small></label>
<div class="tools scripted"><button type="button" class="tool" data-edit="format">Format</button><button type="button" class="tool" data-edit="find">Find</button></div></div>
<textarea id="definition" name="definition" rows="${Math.min(MAX_ROWS, text.split('\n').length + 2)}" wrap="off" spellcheck="false" autocomplete="off">
${text}</textarea>
<div class="actions">${buttons}</div>
<div id="diagnostics" role="status">${checked ? diagnostics(checked) : ''}</div>
</div>
<script type="module" src="${assetPath('editor.js')}"></script>`;
}

/** The list of problems. The editor marks them from the data of this list. */
export function diagnostics({ findings }: CheckedDefinition): Markup {
  if (findings.length === 0) return html`<p class="valid">The definition is valid.</p>`;
  return html`<h3>${counted(findings)}</h3><ul>${each(findings, item)}</ul>`;
}

function item({ severity, code, message, location, line, column }: Finding): Markup {
  const isError = severity === 'ERROR';
  const place = line === undefined ? '' : html`data-line="${line}" data-column="${column ?? 1}"`;
  return html`<li class="${isError ? 'error' : 'warning'}" ${place}><strong>${isError ? 'Error' : 'Warning'}</strong>
${line === undefined ? '' : html`<a href="#definition">line ${line}, column ${column ?? 1}</a>`} <span class="message">${message}</span>
<small><code>${code}</code>${location === undefined ? '' : html` at <code>${location}</code>`}</small></li>`;
}

/** `2 errors, 1 warning`. */
export function counted(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity'], name: string) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [`${number} ${name}${number === 1 ? '' : 's'}`];
  };
  return [...count('ERROR', 'error'), ...count('WARNING', 'warning')].join(', ');
}
