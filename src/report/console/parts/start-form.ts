import { html, type Markup } from '../markup';
import { paths } from '../paths';

/** What a person entered, and what is wrong with it. */
export interface StartForm {
  readonly input: string;
  readonly name: string;
  readonly problem?: { readonly field: 'input' | 'name' | 'form'; readonly message: string };
}

export const EMPTY_FORM: StartForm = { input: '{}', name: '' };

/** The form that starts an execution. */
export function startForm(stateMachine: string, { input, name, problem }: StartForm): Markup {
  const invalid = (field: string) =>
    problem?.field === field ? html`aria-invalid="true" aria-describedby="problem"` : '';
  return html`<form method="post" action="${paths.executions(stateMachine)}" class="start">
${problem ? html`<p class="problem" id="problem" role="alert">${problem.message}</p>` : ''}
<label for="input">Input <small>JSON, at most 256 KiB</small></label>
<textarea id="input" name="input" rows="6" spellcheck="false" autocomplete="off" ${invalid('input')}>
${input}</textarea>
<label for="name">Name <small>optional; one is made up</small></label>
<input id="name" name="name" value="${name}" maxlength="80" autocomplete="off" spellcheck="false" ${invalid('name')}>
<button type="submit">Start execution</button>
</form>`;
}
