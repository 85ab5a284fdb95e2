import { Hono } from 'hono';
import { actions, formLike } from './actions';
import { editorScript, readAssets } from './assets';
import { answers } from './callbacks/answers';
import { downloads } from './downloads';
import { editDefinition } from './editing/edit-definition';
import { executionArn, executionId, mapRunArn, stateMachineArn } from './execution-arn';
import { executionView } from './execution-view';
import { executionsView, statusIn } from './executions-view';
import { functionPages } from './functions/function-pages';
import { openHistory } from './open-history';
import { comparisonPage } from './pages/comparison';
import { executionPage } from './pages/execution';
import { mapRunPage } from './pages/map-run';
import { stateMachinePage } from './pages/state-machine';
import { stateMachinesPage } from './pages/state-machines';
import { pathsAt } from './paths';
import { missing, show } from './respond';
import type { ConsoleSource, ExecutionDetails, ExecutionSummary, StateMachineDetails } from './source';
import { testPages } from './state-test/test-pages';

/** The pages of one region. */
export function routes(source: ConsoleSource): Hono {
  const app = new Hono({ strict: false });
  for (const { name, type, content } of readAssets()) {
    app.get(`/assets/${name}`, (c) => c.body(content, 200, { 'content-type': type }));
  }
  app.get('/assets/editor.js', (c) => {
    const { type, content } = editorScript();
    return c.body(content, 200, { 'content-type': type });
  });
  app.get('/', async (c) =>
    show(
      c,
      source,
      await stateMachinesPage(source, c.req.query('find')?.trim(), statusIn(c.req.query('status'))),
    ),
  );
  app.get('/state-machines/:machine', async (c) => {
    const machine = await findMachine(source, c.req.param('machine'));
    if (!machine) return missing(c, source, 'state machine', c.req.param('machine'));
    const form = await formLike(source, machine, c.req.query('like'));
    const view = executionsView((name) => c.req.query(name));
    return show(c, source, await stateMachinePage(source, machine, form, view));
  });
  app.get('/state-machines/:machine/executions', (c) =>
    c.redirect(pathsAt(source.base).stateMachine(c.req.param('machine'))),
  );
  app.get('/state-machines/:machine/executions/:execution', async (c) => {
    const { machine: machineName, execution: id } = c.req.param();
    const execution = await findExecution(source, machineName, id);
    if (!execution) return missing(c, source, 'execution', id);
    const view = executionView((name) => c.req.query(name));
    return show(c, source, await executionPage(source, execution, view));
  });
  app.get('/state-machines/:machine/executions/:execution/compare', async (c) => {
    const { machine, execution: id } = c.req.param();
    const first = await findExecution(source, machine, id);
    if (!first) return missing(c, source, 'execution', id);
    const others = await otherExecutions(source, first);
    const wanted = c.req.query('with') ?? defaultOther(first, others);
    const second = wanted === undefined ? undefined : await findExecution(source, machine, wanted);
    if (wanted !== undefined && !second) return missing(c, source, 'execution', wanted);
    return show(c, source, await comparisonPage(source, first, second, others));
  });
  app.get('/state-machines/:machine/map-runs/:run', async (c) => {
    const { machine: name, run: id } = c.req.param();
    const machine = await findMachine(source, name.split('/')[0] ?? '');
    const run = machine && (await source.describeMapRun(mapRunArn(machine.stateMachineArn, name, id)));
    if (!run) return missing(c, source, 'Map Run', id);
    const view = executionsView((part) => c.req.query(part));
    return show(c, source, await mapRunPage(source, run, view));
  });
  const find = {
    machine: (name: string) => findMachine(source, name),
    execution: (machine: string, id: string) => findExecution(source, machine, id),
  };
  app.route('/', downloads(source, find));
  if (source.testState) app.route('/', testPages(source, source.testState, find));
  if (source.openHistory) app.route('/', openHistory(source));
  if (source.callbacks) app.route('/', answers(source, source.callbacks));
  if (source.functions) app.route('/', functionPages(source, source.functions));
  if (source.editing) app.route('/', editDefinition(source, source.editing, find.machine));
  app.route(
    '/',
    actions(source, (name) => findMachine(source, name)),
  );
  return app;
}

/** How many executions can be chosen from. */
const CHOICE = 50;

/** The newest other executions of the state machine, or of the Map Run. */
async function otherExecutions(source: ConsoleSource, { executionArn, mapRunArn }: ExecutionDetails) {
  const parent = mapRunArn ?? stateMachineArn(executionArn);
  const newest = await source.listExecutions(parent, { skip: 0, limit: CHOICE });
  return newest.filter((other) => other.executionArn !== executionArn);
}

/** With what an execution is compared at first: one that succeeded, if it has not; else the newest. */
function defaultOther({ status }: ExecutionDetails, others: readonly ExecutionSummary[]): string | undefined {
  const better = status === 'SUCCEEDED' ? undefined : others.find((other) => other.status === 'SUCCEEDED');
  const other = better ?? others[0];
  return other && executionId(other.executionArn);
}

/** @param machineName that of a child execution is followed by a slash and the label of its Map */
async function findExecution(source: ConsoleSource, machineName: string, id: string) {
  const machine = await findMachine(source, machineName.split('/')[0] ?? '');
  return machine && source.describeExecution(executionArn(machine.stateMachineArn, id, machineName));
}

async function findMachine(source: ConsoleSource, name: string): Promise<StateMachineDetails | undefined> {
  const found = (await source.listStateMachines()).find((machine) => machine.name === name);
  return found && source.describeStateMachine(found.stateMachineArn);
}
