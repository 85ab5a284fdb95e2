import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Page } from '../document';
import { laidOutJson } from '../drawings';
import { type ExecutionsView, showExecutions } from '../executions-view';
import { html, type Markup } from '../markup';
import { diagram, diagramSection } from '../parts/diagram';
import { executionsTable, findExecutionsForm } from '../parts/executions-table';
import { number } from '../parts/pager';
import { arn, copyTool } from '../parts/payload';
import { permissions } from '../parts/permissions';
import { qualifierTable } from '../parts/qualifiers';
import { type StartForm, startForm } from '../parts/start-form';
import { time } from '../parts/text';
import { pathsAt } from '../paths';
import type { ConsoleSource, StateMachineDetails } from '../source';
import { testableStates } from '../state-test/testable-states';

/** One state machine: its diagram, a form to start it, its executions, its role and its definition. */
export async function stateMachinePage(
  source: ConsoleSource,
  machine: StateMachineDetails,
  form: StartForm,
  view: ExecutionsView,
): Promise<Page> {
  const paths = pathsAt(source.base);
  const isTestable = source.testState !== undefined;
  const [executions, role, qualifiers, drawing] = await Promise.all([
    showExecutions(source, machine.stateMachineArn, view),
    source.describeRole(machine.roleArn),
    machine.isRecorded ? [] : (source.qualifiers?.(machine.stateMachineArn) ?? []),
    diagram(machine.definition, {
      title: `Diagram of ${machine.name}`,
      ...(isTestable && { links: await testLinks(machine, paths) }),
    }),
  ]);
  const isEditable = source.editing !== undefined && !machine.isRecorded;
  const edit = isEditable
    ? html`<a class="button" href="${paths.edit(machine.name)}">Edit definition</a>`
    : '';
  const copy = source.editing
    ? html`<a class="button" href="${paths.createLike(machine.name)}">Copy to new</a>`
    : '';
  const tests = isTestable
    ? html`<a class="button" href="${paths.testPage(machine.name, 'state')}">Test a state</a><a class="button" href="${paths.testPage(machine.name, 'expression')}">Test an expression</a>`
    : '';
  const content = html`<div class="head"><div><h1>${machine.name}</h1>
<dl class="facts"><div><dt>Type</dt><dd>${machine.type === 'STANDARD' ? 'Standard' : 'Express'}</dd></div>
<div><dt>Created (UTC)</dt><dd>${time(machine.creationDate)}</dd></div>
${machine.status === 'DELETING' ? html`<div><dt>Status</dt><dd>Deleting, until its last execution has ended</dd></div>` : ''}
<div><dt>ARN</dt><dd>${arn(machine.stateMachineArn)}</dd></div></dl></div>
${edit || copy || tests ? html`<div class="actions">${edit}${copy}${tests}</div>` : ''}</div>
<div class="columns machine">
${diagramSection(drawing, paths.diagram(machine.name))}
<div>
<section aria-labelledby="start"><h2 id="start">Start an execution</h2>${startForm(paths, machine.name, form, qualifiers)}</section>
<section aria-labelledby="executions"><h2 id="executions">Executions <small id="live-count" data-live>${number(executions.total)}</small></h2>
${executions.total > 1 ? findExecutionsForm(view) : ''}
<div id="live-executions" data-live>${executionsTable(paths, executions, view)}</div>
${machine.type === 'EXPRESS' ? html`<p class="empty">AWS keeps no executions of Express state machines: these are the last ones, from memory.</p>` : ''}</section>
</div>
</div>
${qualifierTable(machine.stateMachineArn, qualifiers)}
<section aria-labelledby="permissions"><h2 id="permissions">Permissions</h2>${permissions(machine.roleArn, role)}</section>
<section class="payload" aria-labelledby="definition"><div class="title"><h2 id="definition">Definition</h2>${copyTool('the definition')}</div>
<pre class="code" tabindex="0" role="region" aria-labelledby="definition">${await laidOutJson(machine.definition)}</pre></section>
${isEditable && machine.status !== 'DELETING' ? deletion(paths.delete(machine.name), executions.total) : ''}`;
  return {
    title: machine.name,
    trail: [{ title: 'State machines', href: paths.home }],
    content,
    // A search reads every execution. Without a script, a refresh would empty the form.
    ...(view.find === undefined && { refresh: 'idle' }),
  };
}

function deletion(action: string, executions: number): Markup {
  const gone =
    executions === 0
      ? ''
      : `, with ${executions === 1 ? 'its execution' : `all ${number(executions)} executions`}`;
  return html`<section aria-labelledby="delete"><h2 id="delete">Delete</h2>
<details><summary>Delete this state machine</summary>
<form method="post" action="${action}"><p>It is deleted from this local AWS${gone}. Running executions are aborted at their next transition. No file of your project changes.</p>
<p><button class="quiet danger">Delete state machine</button></p></form></details></section>`;
}

/** How many links are made before other requests are answered. */
const LINKS_AT_ONCE = 1000;

/** The addresses where the states are tested, by their names. */
async function testLinks(
  { name: machine, definition }: StateMachineDetails,
  { test }: ReturnType<typeof pathsAt>,
): Promise<ReadonlyMap<string, string>> {
  const links = new Map<string, string>();
  for (const { name } of testableStates(definition)) {
    if (links.size % LINKS_AT_ONCE === LINKS_AT_ONCE - 1) await nextTurn();
    links.set(name, test('state', machine, { state: name }));
  }
  return links;
}
