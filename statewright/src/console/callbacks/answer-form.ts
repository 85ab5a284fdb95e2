import { html, type Markup } from '../markup';
import { payload } from '../parts/payload';

/**
 * The token that a Task waits for, and a form that answers in place of the system that has it.
 * @param id of the form in its page
 */
export function answerForm(action: string, token: string, id: string): Markup {
  const field = (name: string, label: string, value: string) =>
    html`<label>${label} <input name="${name}" value="${value}" autocomplete="off" spellcheck="false"></label>`;
  const form = (kind: string, button: string, fields: Markup) =>
    html`<form method="post" action="${action}" id="${kind}-${id}" class="find answer"><input type="hidden" name="token" value="${token}">${fields}
<button name="answer" value="${kind}" class="quiet">${button}</button></form>`;
  return html`${payload('Task token', token)}
<h4>Answer</h4>
${form('success', 'Send success', field('output', 'Output', '{}'))}
${form('failure', 'Send failure', html`${field('error', 'Error', 'Error')}${field('cause', 'Cause', '')}`)}`;
}
