import type { Page } from '../document';
import { laidOutJson } from '../drawings';
import type { CheckedDefinition } from '../editing/definition-check';
import { jsonChanges } from '../json-changes';
import { html, type Markup } from '../markup';
import { changeList } from '../parts/changes';
import { definitionEditor } from '../parts/definition-editor';
import { diagram, diagramSection } from '../parts/diagram';
import { pathsAt } from '../paths';
import type { ConsoleSource, StateMachineDetails } from '../source';

/** What was typed, and what came of it. */
export interface EditForm {
  readonly text: string;
  /** The revision that was edited. */
  readonly revision: string;
  /** The check of the text (default: it was not checked). */
  readonly checked?: CheckedDefinition;
  /** What the last save did (default: nothing was saved). */
  readonly outcome?: 'saved' | 'changed meanwhile' | { readonly problem: string };
}

/** Identifies what a state machine is now: a state machine that was deleted and created again is another one. */
export const revisionOf = ({ revisionId, creationDate }: StateMachineDetails): string =>
  revisionId ?? `INITIAL-${Number(creationDate)}`;

/** The form as the page opens. */
export const currentForm = async (machine: StateMachineDetails): Promise<EditForm> => ({
  text: await laidOutJson(machine.definition),
  revision: revisionOf(machine),
});

/** Edits the definition of a state machine. */
export async function editDefinitionPage(
  source: ConsoleSource,
  machine: StateMachineDetails,
  form: EditForm,
): Promise<Page> {
  const paths = pathsAt(source.base);
  const shown = form.checked?.definition ?? machine.definition;
  const drawing = await diagram(shown, { title: `Diagram of ${machine.name}` });
  const buttons = html`<button class="primary">Save</button><noscript><button name="check" value="yes" class="quiet">Check</button></noscript>
<a class="button" href="${paths.stateMachine(machine.name)}">Close</a> <span class="unsaved" role="status"></span>`;
  const content = html`<h1>Edit ${machine.name}</h1>
<p class="empty">This is the definition as it is in the local AWS: references have the values that they were deployed with. What you save here changes no file of a project; if one deploys this state machine, its next deployment with another definition replaces yours. Running executions keep the definition that they started with.</p>
<div class="columns editing">
<form method="post" action="${paths.edit(machine.name)}" class="edit">
<div id="outcome" role="alert">${outcome(paths, machine, form)}</div>
${definitionEditor(paths, form.text, buttons, form.checked)}
<input type="hidden" name="revision" value="${form.revision}" autocomplete="off">
<input type="hidden" name="type" value="${machine.type}">
</form>
${diagramSection(drawing)}
</div>`;
  return {
    title: 'Edit',
    trail: [
      { title: 'State machines', href: paths.home },
      { title: machine.name, href: paths.stateMachine(machine.name) },
    ],
    content,
  };
}

function outcome(
  paths: ReturnType<typeof pathsAt>,
  machine: StateMachineDetails,
  { outcome: result, checked }: EditForm,
): Markup | '' {
  if (result === undefined) return '';
  if (result === 'saved') {
    return html`<p class="done">Saved. Executions that start from now on use this definition. <a href="${paths.stateMachine(machine.name)}#start">Start an execution</a></p>`;
  }
  if (result !== 'changed meanwhile') return html`<p class="problem">${result.problem}</p>`;
  const found = (checked && jsonChanges(machine.definition, checked.definition)) ?? [];
  return html`<div class="problem"><p>Nothing was saved: the state machine was changed or deployed after you opened it.</p>
<div class="actions"><button name="over" value="${revisionOf(machine)}" class="quiet">Save mine over it</button>
<a class="button" href="${paths.edit(machine.name)}" data-discard>Discard mine and open the current one</a></div></div>
${changeList(found, 'from the current definition to yours', 'changes')}`;
}
