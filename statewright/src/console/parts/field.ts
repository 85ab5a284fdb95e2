import { html, type Markup } from '../markup';
import type { FieldProblem } from '../state-test/test-form';

interface FieldOptions {
  readonly name: string;
  readonly label: string;
  readonly hint?: Markup | string;
  readonly value: string;
  /** What is wrong with the form. */
  readonly problem: FieldProblem | undefined;
}

/** The most lines that a text area shows at first. */
const LINES = 16;

/** A text area with its label, and what is wrong with it. */
export function textArea(options: FieldOptions & { readonly rows?: number }): Markup {
  const { name, value, rows = 3 } = options;
  const lines = Math.min(LINES, Math.max(rows, value.split('\n').length));
  return html`${label(options)}
<textarea id="${name}" name="${name}" rows="${lines}" spellcheck="false" autocomplete="off" autocapitalize="off" ${invalid(options)}>
${value}</textarea>${problem(options)}`;
}

/** A field of one line with its label, and what is wrong with it. */
export function textField(options: FieldOptions & { readonly type?: 'text' | 'number' }): Markup {
  const { name, value, type = 'text' } = options;
  return html`${label(options)}
<input id="${name}" name="${name}" type="${type}" ${type === 'number' ? html`min="0"` : ''} value="${value}" spellcheck="false" autocomplete="off" ${invalid(options)}>${problem(options)}`;
}

const label = ({ name, label: text, hint }: FieldOptions): Markup =>
  html`<label for="${name}">${text}${hint === undefined ? '' : html` <small>${hint}</small>`}</label>`;

const invalid = ({ name, problem: found }: FieldOptions) =>
  found?.field === name ? html`aria-invalid="true" aria-describedby="${name}-problem" autofocus` : '';

const problem = ({ name, problem: found }: FieldOptions) =>
  found?.field === name
    ? html`<p class="problem" id="${name}-problem" role="alert">${found.message}</p>`
    : '';
