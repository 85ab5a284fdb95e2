import { each, html, type Markup } from '../markup';
import { canCall, type FieldProblem, type TestForm } from '../state-test/test-form';
import type { TestSubject } from '../state-test/test-subject';
import { canBeMocked } from '../state-test/testable-states';
import { textArea, textField } from './field';

/** The form that tests a state; a problem is shown with its field. */
export function testForm(
  address: string,
  subject: TestSubject,
  form: TestForm,
  problem?: FieldProblem,
): Markup {
  const { state } = subject;
  const field = (name: keyof TestForm, label: string, hint?: Markup | string) => ({
    name,
    label,
    value: form[name],
    problem,
    ...(hint !== undefined && { hint }),
  });
  const isIn = (...names: readonly (keyof TestForm)[]) =>
    names.some((name) => problem?.field === name) ? 'open' : '';
  return html`<form method="post" action="${address}#tested" class="start tester" id="test-form" data-test>
${textArea({ ...field('input', 'Input', 'JSON'), rows: 5 })}
${canBeMocked(state) ? workChoice(subject, form, field) : ''}
<details id="more" ${isIn('variables', 'context', 'retries', 'failures')}><summary>Variables${canBeMocked(state) ? ', context object and retries' : ''}</summary>
${textArea(field('variables', 'Variables', 'a JSON object'))}
${
  canBeMocked(state)
    ? html`${textArea(field('context', 'Context object', 'JSON; used with a mock (default: that of a new execution)'))}
${textField({ ...field('retries', 'Retries so far'), type: 'number' })}`
    : ''
}
${
  state.type === 'Map'
    ? html`${textField({ ...field('failures', 'Failed iterations so far'), type: 'number' })}
${textArea(field('items', 'Data of the ItemReader', 'optional; with a mock'))}`
    : ''
}</details>
<details id="state-definition" ${isIn('definition')}><summary>Definition of the state</summary>
${textArea({ ...field('definition', 'Definition', 'JSON; a change is tested, not saved'), rows: 6 })}</details>
<button type="submit">Test state</button> <small class="scripted">Ctrl+Enter</small>
</form>`;
}

type Field = (name: keyof TestForm, label: string, hint?: Markup | string) => Parameters<typeof textField>[0];

/** What does the work of a Task, a Parallel or a Map. */
function workChoice(subject: TestSubject, form: TestForm, field: Field): Markup {
  const { state } = subject;
  const choices = [
    ...(canCall(subject) ? ([['call', callText(state)]] as const) : []),
    ['result', 'Mock a result'],
    ['error', 'Mock an error'],
  ] as const;
  return html`<fieldset class="work"><legend>${WORK[state.type] ?? 'The call'}</legend>
<div class="choices">${each(
    choices,
    ([value, text]) =>
      html`<label><input type="radio" name="work" value="${value}" ${value === form.work ? 'checked' : ''}> ${text}</label>`,
  )}</div>
<div class="with-result">${textArea(field('result', 'Result', resultHint(state)))}
${state.resource?.kind === 'integration' ? checkChoice(form) : html`<input type="hidden" name="check" value="${form.check}">`}</div>
<div class="with-error">${textField(field('error', 'Error', 'such as States.Timeout'))}${textArea({ ...field('cause', 'Cause', 'optional'), rows: 2 })}
${state.type === 'Task' ? '' : textField(field('causedBy', 'Failed state', 'optional; a state inside this one'))}</div></fieldset>`;
}

const WORK: Readonly<Record<string, string>> = { Parallel: 'The branches', Map: 'The iterations' };

function callText({ resource }: TestSubject['state']): string {
  if (resource?.kind === 'lambda') return `Call ${resource.function.name}`;
  return resource?.kind === 'integration' ? `Call ${resource.service}:${resource.action}` : 'Call it';
}

function resultHint({ type, resource }: TestSubject['state']): string {
  if (type === 'Parallel') return 'JSON; one item for each branch';
  if (type === 'Map') return 'JSON; one item for each iteration';
  return resource?.kind === 'integration' ? 'JSON, as the API answers' : 'JSON';
}

/** API Reference, `MockInput`. */
function checkChoice({ check }: TestForm): Markup {
  const option = ([value, text]: readonly [string, string]) =>
    html`<option value="${value}" ${value === check ? 'selected' : ''}>${text}</option>`;
  return html`<label for="check">Check of the result</label>
<select id="check" name="check">${each(
    [
      ['STRICT', 'All fields and types of the API'],
      ['PRESENT', 'The fields that it has'],
      ['NONE', 'None'],
    ],
    option,
  )}</select>`;
}
