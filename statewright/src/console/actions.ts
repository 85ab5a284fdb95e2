import { type Context, Hono } from 'hono';
import { MAX_PAYLOAD_BYTES } from '../asl/quotas';
import { executionArn, executionId } from './execution-arn';
import { acceptForm, readForm, textField } from './form';
import { stateMachinePage } from './pages/state-machine';
import { EMPTY_FORM, type StartForm } from './parts/start-form';
import { pathsAt } from './paths';
import { missing, problemPage, show } from './respond';
import type { ConsoleSource, ExecutionDetails, StateMachineDetails } from './source';
import { isRefusal, problemIn, problemOf } from './start-input';

/** The size of the largest input with every character percent-encoded, in bytes. */
const FORM_LIMIT = 3 * MAX_PAYLOAD_BYTES + 1024;

const EXECUTION = '/state-machines/:machine/executions/:execution';

type FindMachine = (name: string) => Promise<StateMachineDetails | undefined>;

/** What the pages' forms do. Forms of other sites do nothing. */
export function actions(source: ConsoleSource, findMachine: FindMachine): Hono {
  const app = new Hono({ strict: false });
  const paths = pathsAt(source.base);
  const accept = acceptForm(FORM_LIMIT, 'form');

  app.post('/state-machines/:machine/executions', ...accept, async (c) => {
    const machine = await findMachine(c.req.param('machine'));
    if (!machine) return missing(c, source, 'state machine', c.req.param('machine'));
    return start(c, source, machine, await readStartForm(c));
  });

  /** Does something with an execution, and shows the execution that its result names. */
  const action = (
    name: string,
    act: (execution: ExecutionDetails, machine: StateMachineDetails) => Promise<string>,
  ) =>
    app.post(`${EXECUTION}/${name}`, ...accept, async (c) => {
      const { machine: machineName, execution: id } = c.req.param();
      const machine = await findMachine(machineName);
      const execution =
        machine && (await source.describeExecution(executionArn(machine.stateMachineArn, id)));
      if (!execution) return missing(c, source, 'execution', id);
      try {
        return c.redirect(paths.execution(machineName, await act(execution, machine)), 303);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        return show(c, source, problemPage(source, 'Refused', error.message), 409);
      }
    });
  action('stop', async ({ executionArn: arn }) => {
    await source.stopExecution(arn);
    return executionId(arn);
  });
  action('redrive', async ({ executionArn: arn }) => {
    await source.redriveExecution?.(arn);
    return executionId(arn);
  });
  action('start-again', async ({ input }, { stateMachineArn }) => {
    const started = await source.startExecution({ stateMachineArn, input });
    return executionId(started.executionArn);
  });
  return app;
}

/** Starts an execution and redirects to its page, or shows the form again with the problem. */
async function start(
  c: Context,
  source: ConsoleSource,
  machine: StateMachineDetails,
  form: StartForm,
): Promise<Response> {
  const refuse = async (problem: NonNullable<StartForm['problem']>) =>
    show(c, source, await stateMachinePage(source, machine, { ...form, problem }, { page: 1 }), 422);
  const problem = problemOf(form);
  if (problem) return refuse(problem);
  try {
    const { name: machineName } = machine;
    const { qualifier } = form;
    const stateMachineArn = machine.stateMachineArn + (qualifier ? `:${qualifier}` : '');
    const named = form.name === '' ? {} : { name: form.name };
    const started = await source.startExecution({ stateMachineArn, input: form.input, ...named });
    const id = executionId(started.executionArn);
    return c.redirect(pathsAt(source.base).execution(machineName, id), 303);
  } catch (error) {
    if (isRefusal(error)) return refuse(problemIn(error));
    throw error;
  }
}

/** The form with the input of an earlier execution; empty when that does not exist. */
export async function formLike(
  source: ConsoleSource,
  { stateMachineArn }: StateMachineDetails,
  id: string | undefined,
): Promise<StartForm> {
  const like =
    id === undefined ? undefined : await source.describeExecution(executionArn(stateMachineArn, id));
  return like ? { ...EMPTY_FORM, input: like.input } : EMPTY_FORM;
}

async function readStartForm(c: Context): Promise<StartForm> {
  const form = await readForm(c);
  return {
    input: textField(form, 'input'),
    name: textField(form, 'name').trim(),
    qualifier: textField(form, 'qualifier'),
  };
}
