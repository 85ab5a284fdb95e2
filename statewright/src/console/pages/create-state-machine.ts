import type { WorkflowType } from '../../asl/validation/place';
import type { Page } from '../document';
import { laidOutJson } from '../drawings';
import type { CheckedDefinition } from '../editing/definition-check';
import type { Editing } from '../editing/editing';
import { each, html } from '../markup';
import { definitionEditor } from '../parts/definition-editor';
import { diagram, diagramSection } from '../parts/diagram';
import { pathsAt } from '../paths';
import type { ConsoleSource, StateMachineDetails } from '../source';

/** What was entered, and what is wrong with it. */
export interface CreateForm {
  readonly text: string;
  readonly name: string;
  readonly type: WorkflowType;
  /** The role's ARN; empty for a new role. */
  readonly roleArn: string;
  /** The check of the text (default: it was not checked). */
  readonly checked?: CheckedDefinition;
  readonly problem?: { readonly field: 'name' | 'role' | 'form'; readonly message: string };
}

const START = `{
  "StartAt": "Hello",
  "States": {
    "Hello": {
      "Type": "Pass",
      "Result": "Hello",
      "End": true
    }
  }
}`;

export const NEW: CreateForm = { text: START, name: '', type: 'STANDARD', roleArn: '' };

/** The form with the definition, the type and the role of a state machine. */
export const formLike = async ({ definition, type, roleArn, isRecorded }: StateMachineDetails) => ({
  text: await laidOutJson(definition),
  name: '',
  type,
  roleArn: isRecorded ? '' : roleArn,
});

/** Creates a state machine from a definition. */
export async function createStateMachinePage(
  source: ConsoleSource,
  editing: Editing,
  { text, name, type, roleArn, checked, problem }: CreateForm,
): Promise<Page> {
  const paths = pathsAt(source.base);
  const [roles, drawing] = await Promise.all([
    editing.listRoles(),
    diagram(checked?.definition ?? text, { title: 'Diagram of the definition' }),
  ]);
  const problemOf = (field: string) =>
    problem?.field === field ? html`<p class="problem" id="problem">${problem.message}</p>` : '';
  const invalid = (field: string) =>
    problem?.field === field ? html`aria-invalid="true" aria-describedby="problem"` : '';
  const typeOption = (value: WorkflowType, label: string) =>
    html`<option value="${value}" ${value === type ? html`selected` : ''}>${label}</option>`;
  const buttons = html`<button class="primary">Create</button><noscript><button name="check" value="yes" class="quiet" formnovalidate>Check</button></noscript>
<a class="button" href="${paths.home}">Cancel</a>`;
  const content = html`<h1>Create a state machine</h1>
<p class="empty">It is created in this local AWS, and no file of your project changes. Paste a definition, or write one.</p>
<div class="columns editing">
<form method="post" action="${paths.create}" class="edit">
<div id="outcome" role="alert">${problemOf('form')}${problemOf('name')}${problemOf('role')}</div>
<div class="fields">
<label>Name <input name="name" value="${name}" maxlength="80" required autocomplete="off" spellcheck="false" ${invalid('name')}></label>
<label>Type <select name="type">${typeOption('STANDARD', 'Standard')}${typeOption('EXPRESS', 'Express')}</select></label>
<label>Role <select name="role" ${invalid('role')}><option value="">A new role for its calls</option>${each(
    roles,
    (role) =>
      html`<option value="${role.roleArn}" ${role.roleArn === roleArn ? html`selected` : ''}>${role.roleName}</option>`,
  )}</select></label>
</div>
${definitionEditor(paths, text, buttons, checked)}
</form>
${diagramSection(drawing)}
</div>`;
  return {
    title: 'Create a state machine',
    trail: [{ title: 'State machines', href: paths.home }],
    content,
  };
}
