import { each, html, type Markup } from '../markup';
import type { Paths } from '../paths';
import { type Qualifier, qualifierLabel } from '../qualifiers';

/** What the user entered, and what is wrong with it. */
export interface StartForm {
  readonly input: string;
  readonly name: string;
  /** The version or alias that is started (default: the definition as it is now). */
  readonly qualifier?: string;
  readonly problem?: { readonly field: 'input' | 'name' | 'form'; readonly message: string };
}

export const EMPTY_FORM: StartForm = { input: '{}', name: '' };

/**
 * The form that starts an execution; a problem is shown with its field.
 * @param qualifiers the versions and aliases that can be started
 */
export function startForm(
  paths: Paths,
  stateMachine: string,
  { input, name, qualifier: chosen, problem }: StartForm,
  qualifiers: readonly Qualifier[],
): Markup {
  const option = (qualifier: Qualifier) =>
    html`<option value="${qualifier.name}" ${qualifier.name === chosen ? 'selected' : ''}>${qualifierLabel(qualifier)}</option>`;
  const problemOf = (field: string) =>
    problem?.field === field ? html`<p class="problem" id="problem" role="alert">${problem.message}</p>` : '';
  const invalid = (field: string) =>
    problem?.field === field ? html`aria-invalid="true" aria-describedby="problem" autofocus` : '';
  return html`<form method="post" action="${paths.executions(stateMachine)}" class="start">
${problemOf('form')}
<label for="input">Input <small>JSON, at most 256 KiB</small></label>
<textarea id="input" name="input" rows="${rowsFor(input)}" spellcheck="false" autocomplete="off" ${invalid('input')}>
${input}</textarea>
${problemOf('input')}
<label for="name">Name <small>optional; generated if empty</small></label>
<input id="name" name="name" value="${name}" maxlength="80" autocomplete="off" spellcheck="false" ${invalid('name')}>
${problemOf('name')}
${qualifiers.length === 0 ? '' : html`<label for="qualifier">Version</label><select id="qualifier" name="qualifier"><option value="">the current definition</option>${each(qualifiers, option)}</select>`}
<button type="submit">Start execution</button>
</form>`;
}

function rowsFor(input: string): number {
  return Math.min(20, Math.max(6, input.split('\n').length + 1));
}
