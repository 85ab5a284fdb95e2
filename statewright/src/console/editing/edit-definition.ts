import { type Context, Hono } from 'hono';
import type { WorkflowType } from '../../asl/validation/place';
import { acceptForm, readForm, textField } from '../form';
import { layOutJson } from '../json-text';
import { html } from '../markup';
import { type CreateForm, createStateMachinePage, formLike, NEW } from '../pages/create-state-machine';
import { currentForm, type EditForm, editDefinitionPage, revisionOf } from '../pages/edit-definition';
import { counted, diagnostics } from '../parts/definition-editor';
import { diagram } from '../parts/diagram';
import { pathsAt } from '../paths';
import { missing, show } from '../respond';
import type { ConsoleSource, StateMachineDetails } from '../source';
import { isName, isRefusal, NAME_RULE, type Refusal } from '../start-input';
import { checkDefinition, hasErrors } from './definition-check';
import type { Editing } from './editing';

/** The largest definition with every character percent-encoded, in bytes. */
const FORM_LIMIT = 3 * 1_048_576 + 4096;

/** A definition with more characters than this is not drawn while it is typed. */
const DRAWN = 65_536;

/** Edits definitions, and creates state machines. Forms of other sites do nothing. */
export function editDefinition(
  source: ConsoleSource,
  editing: Editing,
  findMachine: (name: string) => Promise<StateMachineDetails | undefined>,
): Hono {
  const app = new Hono({ strict: false });
  const paths = pathsAt(source.base);
  const accept = acceptForm(FORM_LIMIT, 'definition');
  const editable = async (c: Context) => {
    const machine = await findMachine(c.req.param('machine') ?? '');
    return machine?.isRecorded ? undefined : machine;
  };

  app.get('/state-machines/:machine/edit', async (c) => {
    const machine = await editable(c);
    if (!machine) return missing(c, source, 'state machine', c.req.param('machine'));
    const saved = c.req.query('saved') === undefined ? {} : { outcome: 'saved' as const };
    const form = { ...(await currentForm(machine)), ...saved };
    return show(c, source, await editDefinitionPage(source, machine, form));
  });

  app.post('/state-machines/:machine/edit', ...accept, async (c) => {
    const { definition: text, revision, over, check } = await readDefinitionForm(c);
    const opened = await editable(c);
    const checked = opened && (await checkDefinition(editing, text, opened.type));
    // The check takes time: what is compared and saved over is what there is after it.
    const machine = checked && (await editable(c));
    if (!machine) return missing(c, source, 'state machine', c.req.param('machine'));
    const again = async (outcome: EditForm['outcome'], status: 200 | 409 | 422) => {
      const form = { text, revision, checked, ...(outcome && { outcome }) };
      return show(c, source, await editDefinitionPage(source, machine, form), status);
    };
    if (check) return again(undefined, 200);
    if (hasErrors(checked)) return again({ problem: notValid(checked) }, 422);
    if (![revision, over].includes(revisionOf(machine))) return again('changed meanwhile', 409);
    // What only has other lines stays as it was deployed.
    const isSame = layOutJson(machine.definition) === layOutJson(checked.definition);
    try {
      if (!isSame) await editing.update(machine, checked.definition);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return again({ problem: `Nothing was saved. ${error.message}` }, 422);
    }
    return c.redirect(`${paths.edit(machine.name)}?saved`, 303);
  });

  app.post('/state-machines/:machine/delete', ...accept, async (c) => {
    const machine = await editable(c);
    if (!machine) return missing(c, source, 'state machine', c.req.param('machine'));
    await editing.delete(machine.stateMachineArn);
    return c.redirect(paths.home, 303);
  });

  app.get('/create-state-machine', async (c) => {
    const like = c.req.query('like');
    const machine = like === undefined ? undefined : await findMachine(like);
    const form = machine ? await formLike(machine) : NEW;
    return show(c, source, await createStateMachinePage(source, editing, form));
  });

  app.post('/create-state-machine', ...accept, async (c) => {
    const { definition: text, name, role: roleArn, type: wanted, check } = await readDefinitionForm(c);
    const type = typeOf(wanted);
    const checked = await checkDefinition(editing, text, type);
    const again = async (problem: CreateForm['problem'], status: 200 | 422) => {
      const form = { text, name, type, roleArn, checked, ...(problem && { problem }) };
      return show(c, source, await createStateMachinePage(source, editing, form), status);
    };
    if (check) return again(undefined, 200);
    if (!isName(name)) return again({ field: 'name', message: NAME_RULE }, 422);
    if (await findMachine(name)) {
      return again({ field: 'name', message: `A state machine with the name ${name} exists.` }, 422);
    }
    if (hasErrors(checked)) return again({ field: 'form', message: notValid(checked) }, 422);
    try {
      const { definition } = checked;
      await editing.create({ name, type, definition, ...(roleArn !== '' && { roleArn }) });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return again(problemIn(error), 422);
    }
    return c.redirect(`${paths.stateMachine(name)}#start`, 303);
  });

  app.post('/diagnostics', ...accept, async (c) => {
    const { definition: text, type } = await readDefinitionForm(c);
    const checked = await checkDefinition(editing, text, typeOf(type));
    const isDrawn = text.length <= DRAWN && !hasErrors(checked);
    const drawing = isDrawn ? await diagram(checked.definition, { title: 'Diagram of the definition' }) : '';
    c.header('cache-control', 'no-store');
    return c.html(html`<div id="diagnostics">${diagnostics(checked)}</div>
<div id="live-diagram">${drawing}</div>`);
  });
  return app;
}

const notValid = ({ findings }: Parameters<typeof hasErrors>[0]) =>
  `Nothing was saved: the definition has ${counted(findings)}.`;

const typeOf = (text: string): WorkflowType => (text === 'EXPRESS' ? 'EXPRESS' : 'STANDARD');

const FIELDS: Readonly<Record<string, 'name' | 'role'>> = {
  InvalidName: 'name',
  StateMachineAlreadyExists: 'name',
  AccessDeniedException: 'role',
  InvalidArn: 'role',
};

const problemIn = ({ code, message }: Refusal) => ({ field: FIELDS[code] ?? ('form' as const), message });

/** The form's fields; empty where one is missing. A browser sends CRLF for a line break. */
async function readDefinitionForm(c: Context) {
  const form = await readForm(c);
  const text = (name: string) => textField(form, name).replaceAll('\r\n', '\n');
  return {
    definition: text('definition'),
    type: text('type'),
    name: text('name').trim(),
    role: text('role'),
    revision: text('revision'),
    over: text('over'),
    check: text('check') !== '',
  };
}
