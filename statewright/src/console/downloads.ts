import { type Context, Hono } from 'hono';
import { toAwsHistoryJson } from '../history/aws-history';
import { detailsEntry } from '../history/event-details';
import { executionPath } from '../history/execution-path';
import { drawingOf } from './drawings';
import { missing } from './respond';
import type { ConsoleSource, ExecutionDetails, StateMachineDetails } from './source';

const EXECUTION = '/state-machines/:machine/executions/:execution';

interface Finders {
  readonly machine: (name: string) => Promise<StateMachineDetails | undefined>;
  readonly execution: (machine: string, id: string) => Promise<ExecutionDetails | undefined>;
}

/** What the pages offer as files: histories, diagrams and long payloads. */
export function downloads(source: ConsoleSource, find: Finders): Hono {
  const app = new Hono({ strict: false });

  app.get('/state-machines/:machine/diagram.svg', async (c) => {
    const machine = await find.machine(c.req.param('machine'));
    if (!machine) return missing(c, source, 'state machine', c.req.param('machine'));
    const title = `Diagram of ${machine.name}`;
    const { svg } = await drawingOf(machine.definition, { title, isFile: true });
    return file(c, `${machine.name}.svg`, 'image/svg+xml', svg);
  });

  app.get(`${EXECUTION}/diagram.svg`, async (c) => {
    const execution = await found(c);
    if (!execution) return missing(c, source, 'execution', c.req.param('execution'));
    const { svg } = await drawingOf(execution.definition, {
      isFile: true,
      title: `Diagram with the path of ${execution.name}`,
      execution: executionPath(await source.history(execution.executionArn)),
    });
    return file(c, `${execution.name}.svg`, 'image/svg+xml', svg);
  });

  app.get(`${EXECUTION}/history.json`, async (c) => {
    const execution = await found(c);
    if (!execution) return missing(c, source, 'execution', c.req.param('execution'));
    const text = toAwsHistoryJson(await source.history(execution.executionArn));
    return file(c, `${execution.name}.json`, 'application/json', `${text}\n`);
  });

  /** A member of an event's details, such as its input. */
  app.get(`${EXECUTION}/events/:event/:member`, async (c) => {
    const { event: id, member } = c.req.param();
    const execution = await found(c);
    const history = execution ? await source.history(execution.executionArn) : [];
    const event = history.find((candidate) => String(candidate.id) === id);
    const details = Object.entries((event && detailsEntry(event)?.[1]) ?? {});
    const [, text] = details.find(([name, value]) => name === member && typeof value === 'string') ?? [];
    if (text === undefined) return missing(c, source, 'event', `${id} with ${member}`);
    return c.body(String(text), 200, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    });
  });

  const found = (c: Context) => find.execution(c.req.param('machine') ?? '', c.req.param('execution') ?? '');
  return app;
}

function file(c: Context, name: string, type: string, content: string): Response {
  const safe = name.replace(/[^\w.-]/g, '_');
  return c.body(content, 200, {
    'content-type': `${type}; charset=utf-8`,
    'content-disposition': `attachment; filename="${safe}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'cache-control': 'no-store',
  });
}
