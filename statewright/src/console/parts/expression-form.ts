import { each, html, type Markup, raw, when } from '../markup';
import { type ExpressionForm, VISIT_PAYLOADS } from '../state-test/expression';
import type { FieldProblem } from '../state-test/test-form';
import type { TestSubject } from '../state-test/test-subject';
import type { VisitData } from '../state-test/visit-data';
import { textArea } from './field';

/** The form that evaluates an expression; a problem is shown with its field. */
export function expressionForm(
  address: string,
  { visited }: TestSubject,
  form: ExpressionForm,
  problem?: FieldProblem,
): Markup {
  const field = (name: keyof ExpressionForm, label: string, hint: Markup | string) => ({
    name,
    label,
    hint,
    value: form[name],
    problem,
  });
  const more = ['variables', 'context', 'result'].includes(problem?.field ?? '') ? 'open' : '';
  return html`<form method="post" action="${address}#tested" class="start tester" id="test-form" data-test>
<fieldset class="work"><legend>Language</legend><div class="choices">${each(
    ['JSONPath', 'JSONata'],
    (language) =>
      html`<label><input type="radio" name="language" value="${language}" ${language === form.language ? 'checked' : ''}> ${language}</label>`,
  )}</div></fieldset>
${textArea({ ...field('expression', 'Expression', ''), rows: 3 })}
<p class="help for-jsonpath">${HELP.JSONPath}</p><p class="help for-jsonata">${HELP.JSONata}</p>
${textArea({ ...field('input', 'Input', html`<span class="for-jsonpath"><code>$</code></span><span class="for-jsonata"><code>$states.input</code></span>`), rows: 5 })}
${when(visited?.data, (data) => payloadLinks(address, data))}
<details id="more" ${more}><summary>Variables, context object<span class="for-jsonata"> and result</span></summary>
${textArea(field('variables', 'Variables', 'a JSON object'))}
${textArea(field('context', 'Context object', html`<span class="for-jsonpath"><code>$$</code></span><span class="for-jsonata"><code>$states.context</code></span> (default: that of a new execution)`))}
<div class="for-jsonata">${textArea(field('result', 'Result', html`<code>$states.result</code>`))}</div></details>
<button type="submit">Evaluate</button> <small class="scripted">Ctrl+Enter</small>
</form>`;
}

/** Links to the form with another payload of the visit. */
function payloadLinks(address: string, data: VisitData): Markup {
  const known = VISIT_PAYLOADS.filter((name) => data[name] !== undefined);
  return html`<p class="help">Of the visit: ${each(
    known,
    (name, i) => html`${i === 0 ? '' : ', '}<a href="${address}&payload=${name}">${name}</a>`,
  )}</p>`;
}

const HELP = {
  JSONPath: raw(
    `A path (<code>$.order.id</code>), an intrinsic function (<code>States.Format('{}', $.order.id)</code>) or a template (<code>{"id.$": "$.order.id"}</code>).`,
  ),
  JSONata: raw(
    `An expression (<code>$states.input.order.id</code>), or JSON with expressions in it (<code>{"id": "{% $states.input.order.id %}"}</code>).`,
  ),
};
