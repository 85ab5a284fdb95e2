import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import { MAX_PAYLOAD_BYTES } from '../asl/quotas';
import { diagramStyles } from '../diagram/styles';
import { type Page, renderDocument } from './document';
import { html } from './markup';
import { executionPage } from './pages/execution';
import { stateMachinePage } from './pages/state-machine';
import { stateMachinesPage } from './pages/state-machines';
import { executionsView } from './parts/executions-table';
import { EMPTY_FORM, type StartForm } from './parts/start-form';
import { CONSOLE, pathsAt, regionPath } from './paths';
import type { ConsoleSource, StateMachineDetails } from './source';
import { problemIn, problemOf, type Refusal } from './start-input';

/** Only this server's own files, and no inline scripts or styles. */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** The size of the largest input with every character percent-encoded, in bytes. */
const FORM_LIMIT = 3 * MAX_PAYLOAD_BYTES + 1024;

/** The regions of an account. */
export interface ConsoleRegions {
  /** Those that hold something, the default one first. */
  readonly names: () => readonly string[];
  readonly source: (region: string) => ConsoleSource;
}

/**
 * The console's pages as an app to mount: everything under `/console`, and a redirect from `/`.
 *
 * @param source of the default region
 * @param regions all regions (default: only that one)
 */
export function createConsole(main: ConsoleSource, regions?: ConsoleRegions): Hono {
  const links = () =>
    (regions?.names() ?? []).map((region) => ({
      region,
      href: pathsAt(region === main.region ? undefined : regionPath(region)).home,
    }));
  const source: ConsoleSource = regions ? { ...main, regions: links } : main;
  const app = new Hono({ strict: false });
  app.use(
    // `no-referrer` would remove the form's Origin header, which identifies requests from other sites.
    secureHeaders({
      contentSecurityPolicy: CONTENT_SECURITY_POLICY,
      referrerPolicy: 'same-origin',
      strictTransportSecurity: false,
    }),
  );
  app.get('/', (c) => c.redirect(pathsAt().home));
  const apps = new Map<string, Hono>();
  const appOf = ({ source: sourceOf }: ConsoleRegions, region: string) => {
    const base = regionPath(region);
    const made =
      apps.get(region) ??
      new Hono({ strict: false }).route(base, pages({ ...sourceOf(region), base, regions: links }));
    apps.set(region, made);
    return made;
  };
  app.all(`${CONSOLE}/regions/:region/*`, (c, next) => {
    const region = c.req.param('region');
    return regions?.names().includes(region) ? appOf(regions, region).fetch(c.req.raw) : next();
  });
  app.route(CONSOLE, pages(source));
  app.onError((error, c) => {
    if ('getResponse' in error && typeof error.getResponse === 'function') return error.getResponse();
    return show(c, source, problemPage(source, 'Something went wrong', error.message), 500);
  });
  app.notFound((c) =>
    show(c, source, problemPage(source, 'Not found', `The page ${c.req.path} does not exist`), 404),
  );
  return app;
}

function pages(source: ConsoleSource): Hono {
  const app = new Hono({ strict: false });
  for (const asset of readAssets()) {
    app.get(`/assets/${asset.name}`, (c) => c.body(asset.content, 200, { 'content-type': asset.type }));
  }
  app.get('/', async (c) => show(c, source, await stateMachinesPage(source)));
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
  app.post(
    '/state-machines/:machine/executions',
    csrf(),
    bodyLimit({ maxSize: FORM_LIMIT, onError: (c) => c.text('The form is too large', 413) }),
    async (c) => {
      const machine = await findMachine(source, c.req.param('machine'));
      if (!machine) return missing(c, source, 'state machine', c.req.param('machine'));
      return start(c, source, machine, await readForm(c));
    },
  );
  app.get('/state-machines/:machine/executions/:execution', async (c) => {
    const { machine: machineName, execution: name } = c.req.param();
    const machine = await findMachine(source, machineName);
    const execution = machine && (await source.describeExecution(executionArn(machine, name)));
    if (!execution) return missing(c, source, 'execution', name);
    const showsAll = c.req.query('show') === 'all';
    return show(c, source, await executionPage(source, machineName, execution, showsAll));
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
    const { stateMachineArn, name: machineName, type } = machine;
    const named = form.name === '' ? {} : { name: form.name };
    const { executionArn } = await source.startExecution({ stateMachineArn, input: form.input, ...named });
    const executionName = executionArn.slice(executionArn.lastIndexOf(':') + 1);
    // Executions of an EXPRESS state machine are not kept, so they have no page.
    const paths = pathsAt(source.base);
    const target =
      type === 'EXPRESS' ? paths.stateMachine(machineName) : paths.execution(machineName, executionName);
    return c.redirect(target, 303);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return refuse(problemIn(error as Refusal));
    throw error;
  }
}

/** The form with the input of an earlier execution; empty when that does not exist. */
async function formLike(
  source: ConsoleSource,
  machine: StateMachineDetails,
  name: string | undefined,
): Promise<StartForm> {
  const like = name === undefined ? undefined : await source.describeExecution(executionArn(machine, name));
  return like ? { ...EMPTY_FORM, input: like.input } : EMPTY_FORM;
}

function executionArn({ stateMachineArn }: StateMachineDetails, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

async function readForm(c: Context): Promise<StartForm> {
  const { input, name } = await c.req.parseBody();
  return {
    input: typeof input === 'string' ? input : '',
    name: typeof name === 'string' ? name.trim() : '',
  };
}

async function findMachine(source: ConsoleSource, name: string): Promise<StateMachineDetails | undefined> {
  const found = (await source.listStateMachines()).find((machine) => machine.name === name);
  return found && source.describeStateMachine(found.stateMachineArn);
}

function show(c: Context, source: ConsoleSource, page: Page, status: 200 | 404 | 422 | 500 = 200) {
  c.header('cache-control', 'no-store');
  return c.html(renderDocument(page, source), status);
}

function missing(c: Context, source: ConsoleSource, kind: string, name: string) {
  return show(
    c,
    source,
    problemPage(source, 'Not found', `The ${kind} ${name} does not exist in this account`),
    404,
  );
}

function problemPage(source: ConsoleSource, title: string, message: string): Page {
  const paths = pathsAt(source.base);
  const content = html`<h1>${title}</h1><p class="problem">${message}</p>
<p><a href="${paths.home}">All state machines</a></p>`;
  return { title, trail: [{ title: 'State machines', href: paths.home }], content };
}

function readAssets(): { readonly name: string; readonly type: string; readonly content: string }[] {
  const read = (name: string) => readFileSync(join(__dirname, 'assets', name), 'utf8');
  return [
    {
      name: 'console.css',
      type: 'text/css; charset=utf-8',
      content: read('console.css') + diagramStyles('auto'),
    },
    { name: 'console.js', type: 'text/javascript; charset=utf-8', content: read('console.js') },
    { name: 'icon.svg', type: 'image/svg+xml', content: read('icon.svg') },
  ];
}
