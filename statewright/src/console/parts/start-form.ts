import { html, type Markup } from '../markup';
import type { Paths } from '../paths';

/** What the user entered, and what is wrong with it. */
export interface StartForm {
  readonly input: string;
  readonly name: string;
  readonly problem?: { readonly field: 'input' | 'name' | 'form'; readonly message: string };
}

export const EMPTY_FORM: StartForm = { input: '{}', name: '' };

/** The form that starts an execution; a problem is shown with its field. */
export function startForm(paths: Paths, stateMachine: string, { input, name, problem }: StartForm): Markup {
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
<button type="submit">Start execution</button>
</form>`;
}

function rowsFor(input: string): number {
  return Math.min(20, Math.max(6, input.split('\n').length + 1));
}
