import { createConsole } from '../../src/console';
import { caught, type EventSpec, failed, history, START, success } from '../history/histories';
import { chain, errorHandling, samples } from '../machines';
import { StandInSource } from './stand-in';

const MACHINE = '/console/state-machines/state';
const origin = 'http://localhost:4566';

const get = (path: string, source = new StandInSource()) => createConsole(source).request(`${origin}${path}`);
const page = async (path: string, source?: StandInSource) => (await get(path, source)).text();

function post(
  form: Record<string, string>,
  headers: Record<string, string> = { origin },
  source = new StandInSource(),
) {
  return createConsole(source).request(`${origin}${MACHINE}/executions`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(form).toString(),
  });
}

describe('reading', () => {
  test('the root path redirects to the console', async () => {
    const response = await get('/');
    expect([response.status, response.headers.get('location')]).toEqual([302, '/console/']);
    expect((await get('/console')).status).toBe(200);
  });

  test('the state machines, with the status of their latest execution', async () => {
    const text = await page('/console/');
    expect(text).toContain(`<a href="${MACHINE}">state</a>`);
    expect(text).toContain(`<a class="plain" href="${MACHINE}/executions/was-caught">`);
    expect(text).not.toContain('data-running');
  });

  test('among many, a state machine is found by a part of its name', async () => {
    const source = new StandInSource();
    expect(await page('/console/', source)).not.toContain('role="search"');
    for (let i = 1; i <= 10; i++) source.addMachine(`Order-${i}`, errorHandling);
    const found = async (query: string) =>
      (await page(`/console/${query}`, source)).match(/(?<=<th scope="row"><a href="[^"]*">)[^<]+/g);
    expect(await found('')).toHaveLength(11);
    expect(await found('?find=order-1')).toEqual(['Order-1', 'Order-10']);
    expect(await page('/console/?find=nothing', source)).toContain('No such state machines');
  });

  test('the recent executions of all state machines are shown by status', async () => {
    const source = new StandInSource();
    source.addMachine('other', errorHandling);
    source.addRun('other', 'broke', failed, '{}');
    const recent = async (query: string) =>
      [...(await page(`/console/${query}`, source)).matchAll(/<a [^>]*title="([\w-]+)"/g)].map(
        ([, name]) => name,
      );
    expect((await recent('')).sort()).toEqual(['broke', 'was-caught', 'went-well']);
    expect(await recent('?status=FAILED')).toEqual(['broke']);
    expect(await recent('?status=ABORTED')).toEqual([]);
    expect(await recent('?status=nonsense')).toHaveLength(3);
  });

  test('an account without state machines', async () => {
    const source = new StandInSource();
    source.listStateMachines = () => [];
    expect(await page('/console/', source)).toContain('No state machines yet');
  });

  test('a state machine, with its diagram, role, executions and definition', async () => {
    const text = await page(MACHINE);
    expect(text).toContain('data-state="HandleError"');
    expect(text).toContain('<code>arn:aws:lambda:us-east-1:123456789012:function:Error</code>');
    expect(text).toContain('aws:SourceAccount');
    expect(text).toContain(`<a href="${MACHINE}/executions/went-well" title="went-well">went-well</a>`);
    expect(text).toContain('&quot;StartAt&quot;: &quot;Test&quot;');
  });

  test('a state machine whose diagram cannot be drawn, with the reason', async () => {
    const source = new StandInSource();
    source.addMachine('broken', { StartAt: 'A', States: { A: { Type: 'Choice', Choices: 'A' } } });
    expect(await page('/console/state-machines/broken', source)).toContain(
      'The diagram cannot be drawn. SCHEMA_VALIDATION_FAILED: Expected value of type Array (/States/A/Choices)',
    );
  });

  test('other requests do not wait for the layout of a large diagram', async () => {
    const source = new StandInSource();
    source.addMachine('large', chain(200));
    const large = page('/console/state-machines/large', source).then((text) => [
      'large',
      text.match(/class="state"/g)?.length,
    ]);
    const nextTurn = new Promise((resolve) => setImmediate(() => resolve(['next turn'])));
    expect(await Promise.race([large, nextTurn])).toEqual(['next turn']);
    expect(await large).toEqual(['large', 200]);
  });

  test('a role that does not exist', async () => {
    const source = new StandInSource();
    source.describeRole = () => undefined as never;
    expect(await page(MACHINE, source)).toContain('does not exist: every call of this state machine fails');
  });

  test('a role with a policy of AWS whose content is not known', async () => {
    const source = new StandInSource();
    const name = 'AmazonPersonalizeFullAccess';
    source.describeRole = () => ({
      roleName: 'r',
      trustPolicy: '{}',
      policies: [{ name, kind: 'managed', document: undefined }] as never,
    });
    expect(await page(MACHINE, source)).toMatch(
      new RegExp(
        `${name}[^<]*<small>managed</small></td>\\s*<td colspan="4">The content [^<]* grants nothing`,
      ),
    );
  });

  test('an execution, with each state, the events and the logs', async () => {
    const text = await page(`${MACHINE}/executions/was-caught`);
    expect(text).toMatch(/<g class="state caught" data-state="Test"><a href="#visit-2">/);
    expect(text).toMatch(
      /<details class="visit depth-0 caught" id="visit-2"[^>]*>[\s\S]*?<code class="error">TestError</,
    );
    expect(text).toContain('1.26 s');
    expect(text).toContain('called error_handler');
    expect(text.match(/<tr class="(bad)?" id="event-/g)).toHaveLength(14);
    expect(text).toContain('<td class="number">14</td><td class="number wide-only">13</td>');
    expect(text).not.toContain('data-running');
  });

  test('what an execution has started, and what started it, are linked', async () => {
    const source = new StandInSource();
    const arn = (kind: string, rest: string) => `arn:aws:states:us-east-1:123456789012:${kind}:${rest}`;
    const started = `{"ExecutionArn":"${arn('execution', 'state:went-well')}","StartDate":1}`;
    const call = { resourceType: 'states', resource: 'startExecution.sync:2' };
    const events = history(
      { type: 'ExecutionStarted', input: '{}' },
      { type: 'TaskStateEntered', name: 'Run', input: '{}' },
      { type: 'TaskScheduled', ...call, region: 'us-east-1', parameters: '{}' },
      { type: 'TaskSubmitted', ...call, output: started },
      { type: 'TaskSucceeded', ...call, output: started },
      { type: 'TaskStateExited', name: 'Run', output: '{}' },
      { type: 'MapStateEntered', name: 'Each', input: '{}' },
      { type: 'MapRunStarted', mapRunArn: arn('mapRun', 'state/Each:run-1') },
    );
    source.addRun('state', 'parent', events, '{}');
    const described = source.describeExecution.bind(source);
    source.describeExecution = (executionArn) => {
      const run = described(executionArn);
      return run && { ...run, startedBy: arn('execution', 'state:was-caught') };
    };
    const text = await page(`${MACHINE}/executions/parent`, source);
    expect(text.match(/<dt>Execution<\/dt><dd><a href="[^"]*"/g)).toEqual([
      `<dt>Execution</dt><dd><a href="${MACHINE}/executions/went-well"`,
    ]);
    expect(text).toContain(
      '<dt>Map Run</dt><dd><a href="/console/state-machines/state%2FEach/map-runs/run-1">state/Each / run-1</a>',
    );
    expect(text).toContain(`<dt>Started by</dt><dd><a href="${MACHINE}/executions/was-caught">`);
  });

  test('a Map Run lists its child executions, which link back to it', async () => {
    const source = new StandInSource();
    const mapRunArn = 'arn:aws:states:us-east-1:123456789012:mapRun:state/Each:run-1';
    const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:state:went-well';
    const child = `${executionArn.replace('state:went-well', 'state/Each:child-1')}`;
    const described = source.describeExecution.bind(source);
    source.describeExecution = (arn) => {
      const run = described(executionArn);
      return arn === child && run
        ? { ...run, executionArn: child, name: 'child-1', mapRunArn }
        : described(arn);
    };
    source.runsOf = () => [source.describeExecution(child)].filter((run) => run !== undefined);
    source.describeMapRun = () => ({
      mapRunArn,
      executionArn,
      status: 'SUCCEEDED',
      startDate: new Date(START),
      maxConcurrency: 0,
    });
    const text = await page('/console/state-machines/state%2FEach/map-runs/run-1', source);
    expect(text).toContain(`<a href="${MACHINE}/executions/went-well">state / went-well</a>`);
    const address = '/console/state-machines/state%2FEach/executions/child-1';
    expect(text).toContain(`<a href="${address}"`);
    const childPage = await page(address, source);
    expect(childPage).toContain(
      '<dt>Started by</dt><dd><a href="/console/state-machines/state%2FEach/map-runs/run-1">',
    );
    expect(childPage).not.toContain('/start-again"');
    expect((await get('/console/state-machines/state%2FEach/map-runs/x', new StandInSource())).status).toBe(
      404,
    );
  });

  test('retries, and where in a Map a state ran', async () => {
    const { definition = {}, events = [] } = samples['map-iterations'] ?? {};
    const source = new StandInSource();
    source.addMachine('orders', definition);
    source.addRun('orders', 'two', events, '[1,2]');
    const text = await page('/console/state-machines/orders/executions/two', source);
    expect(text).toContain('<span class="visit-type">Task · Each order, item 2</span>');
    expect(text).toContain('<span>1 retry</span>');
    expect(text).toContain('aria-label="Attempts"');
  });

  describe('payloads', () => {
    const long = JSON.stringify({ text: 'x'.repeat(20_000) });
    const source = new StandInSource();
    const events = history(
      { type: 'ExecutionStarted', input: long },
      { type: 'PassStateEntered', name: 'Test', input: long },
      { type: 'PassStateExited', name: 'Test', output: '{"a":1.0}' },
      { type: 'ExecutionSucceeded', output: '{"a":1.0}' },
    );
    source.addRun('state', 'long', events, long);
    const path = `${MACHINE}/executions/long`;

    test('that are long are cut, with a link to all of it', async () => {
      const text = await page(path, source);
      expect(text.length).toBeLessThan(60_000);
      expect(text).toContain(`data-source="${path}/events/2/input"`);
      expect(text).toContain(
        `The first 8,000 of 20,011 characters. <a href="${path}/events/1/input">Show all</a>`,
      );
      const whole = await get(`${path}/events/2/input`, source);
      expect([whole.headers.get('content-type'), await whole.text()]).toEqual([
        'text/plain; charset=utf-8',
        long,
      ]);
    });

    test.each([
      'events/2/output',
      'events/2/name/x',
      'events/99/input',
      'events/x/input',
      'events/1/__proto__',
    ])('%s is not found', async (member) => {
      expect((await get(`${path}/${member}`, source)).status).toBe(404);
    });

    test('the variables that a state assigned are listed with it', async () => {
      const exited = { type: 'PassStateExited', name: 'A', output: '{}' } as const;
      const events = history(
        { type: 'ExecutionStarted', input: '{}' },
        { type: 'PassStateEntered', name: 'A', input: '{}' },
        { ...exited, assignedVariables: { total: '1.50', lines: '[]' } },
        { type: 'PassStateEntered', name: 'B', input: '{}' },
        { ...exited, name: 'B' },
      );
      source.addRun('state', 'assigns', events, '{}');
      const text = await page(`${MACHINE}/executions/assigns`, source);
      expect(text.match(/Variables assigned<\/h4>/g)).toHaveLength(1);
      expect(text).toContain('&quot;total&quot;: 1.50,\n  &quot;lines&quot;: []');
    });

    test('what a state changed is listed', async () => {
      expect(await page(path, source)).toContain('<summary>2 changes from input to output</summary>');
      expect(await page(`${MACHINE}/executions/was-caught`)).toContain('changes-2');
    });
  });

  describe('downloads', () => {
    test('the history is what get-execution-history prints', async () => {
      const response = await get(`${MACHINE}/executions/was-caught/history.json`);
      expect(response.headers.get('content-disposition')).toContain('attachment; filename="was-caught.json"');
      const text = await response.text();
      expect(text).toMatch(/^\{\n {4}"events": \[\n {8}\{\n {12}"timestamp": "2026-01-02T00:00:00\+00:00",/);
      expect(JSON.parse(text).events).toHaveLength(14);
    });

    test.each([
      [`${MACHINE}/executions/was-caught/diagram.svg`, 'state caught'],
      [`${MACHINE}/diagram.svg`, 'class="state"'],
    ])('%s has its own styles', async (path, part) => {
      const response = await get(path);
      expect(response.headers.get('content-type')).toContain('image/svg+xml');
      const text = await response.text();
      expect(text).toContain('<style>');
      expect(text).toContain(part);
    });

    test.each([
      'nope/diagram.svg',
      'state/executions/nope/diagram.svg',
      'state/executions/nope/history.json',
    ])('%s is not found', async (path) => {
      expect((await get(`/console/state-machines/${path}`)).status).toBe(404);
    });
  });

  test('the page of a running execution updates itself, even without a script', async () => {
    const source = new StandInSource();
    source.addRun('state', 'running', caught.slice(0, 9), '{}');
    const text = await page(`${MACHINE}/executions/running`, source);
    expect(text).toContain('<noscript><meta http-equiv="refresh" content="2"></noscript>');
    expect(text).toContain('data-running');
    expect(text).toContain('<g class="state in-progress" data-state="HandleError">');
  });

  describe('a long execution', () => {
    const source = new StandInSource();
    const item = (index: number, last: EventSpec): EventSpec[] => [
      { type: 'MapIterationStarted', name: 'Each', index, from: 3 },
      { type: 'PassStateEntered', name: 'Look', input: `{"order":"A-${index}"}` },
      last,
    ];
    const exited: EventSpec = { type: 'PassStateExited', name: 'Look', output: '{}' };
    const events = history(
      { type: 'ExecutionStarted', input: '{}' },
      { type: 'MapStateEntered', name: 'Each', input: '{}' },
      { type: 'MapStateStarted', length: 300 },
      ...Array.from({ length: 299 }, (_, i) => item(i, exited)).flat(),
      ...item(299, { type: 'ExecutionFailed', error: 'Boom', cause: '{"errorMessage":"no price"}' }),
    );
    source.addMachine('long', errorHandling);
    source.addRun('long', 'run', events, '{}');
    const shown = async (query: string) => {
      const text = await page(`/console/state-machines/long/executions/run${query}`, source);
      const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
      return {
        text,
        states: count(/<details class="visit/g),
        events: count(/<tr class="(bad)?" id="event/g),
      };
    };

    test('has one row for the items of a large Map, which leads to them page by page', async () => {
      const { text, ...counts } = await shown('');
      expect(counts).toEqual({ states: 1, events: 200 });
      expect(text).toContain('<a href="?inside=2#states">300 items</a>: 299 succeeded, 1 failed');
      expect(text).toContain('<a href="?inside=2#timeline">300 items</a>');
      expect(text).toContain('of each Lambda invocation in the states above');
      expect(text).toContain('<a href="?events=5#events">Last</a>');

      const items = await shown('?inside=2');
      expect(items).toMatchObject({ states: 100, events: 200 });
      expect(items.text).toContain('1–100 of 301');
      expect(items.text).toContain('<a href="?inside=2&amp;states=2#states">Next</a>');
      expect(await shown('?inside=2&states=99')).toMatchObject({ states: 1 });
      expect(await shown('?inside=2&failed=on')).toMatchObject({ states: 2 });
      // An item with its neighbours.
      expect(await shown('?visit=455')).toMatchObject({ states: 100 });
    });

    test('links to the state that failed', async () => {
      const { text } = await shown('');
      expect(text).toContain('<strong>Boom</strong> no price');
      const [, address] = /In the state <a href="([^"]*)">Look<\/a> · Each, item 300/.exec(text) ?? [];
      expect(address).toBe('?visit=902#visit-902');
      expect((await shown('?visit=902')).text).toContain('id="visit-902"');
      expect((await shown('?event=902')).text).toContain('id="event-902"');
    });

    test.each([
      ['?failed=on', 2, 3],
      ['?state=Look&failed=on', 1, 1],
      ['?item=7', 1, 2],
      ['?find=a-29', 11, 21],
      ['?find=nothing', 0, 0],
      ['?find=&state=&item=x&states=-1&visit=0', 1, 200],
    ])('%s shows %i states and %i events', async (query, states, events) => {
      const { text: _, ...counts } = await shown(query);
      expect(counts).toEqual({ states, events });
    });

    test('a filter stays from page to page', async () => {
      expect((await shown('?state=Look')).text).toContain(
        '<a href="?state=Look&amp;states=2#states">Next</a>',
      );
    });
  });

  test('a state of the diagram links to the visit with its status, even if that is not shown at first', async () => {
    const source = new StandInSource();
    const visit = (...after: EventSpec[]): EventSpec[] => [
      { type: 'TaskStateEntered', name: 'Test', input: '{}' },
      ...after,
    ];
    const well = Array.from({ length: 250 }, () =>
      visit({ type: 'TaskStateExited', name: 'Test', output: '{}' }),
    );
    const events = history(
      { type: 'ExecutionStarted', input: '{}' },
      ...well.flat(),
      ...visit({ type: 'ExecutionFailed', error: 'Boom' }),
    );
    source.addRun('state', 'long', events, '{}');
    expect(await page(`${MACHINE}/executions/long`, source)).toMatch(
      /data-state="Test"><a href="\?visit=502#visit-502">/,
    );
  });

  test('each attempt of a state links to the log of its invocation', async () => {
    const text = await page(`${MACHINE}/executions/was-caught`);
    const [, address] = /<a class="lines" href="#([^"]*)">4 lines</.exec(text) ?? [];
    expect(address).toBe('log-00000000-0000-4000-8000-000000000003');
    expect(text).toMatch(
      new RegExp(
        `<details class="invocation" id="${address}" open>\\s*<summary><span class="visit-name">Test<`,
      ),
    );
  });

  test('an invocation without a log says so', async () => {
    const source = new StandInSource();
    source.invocations = () => [
      { requestId: 'r', functionName: 'Test', logGroup: '/aws/lambda/Test', scheduledEventId: 3, events: [] },
    ];
    expect(await page(`${MACHINE}/executions/was-caught`, source)).toContain('Nothing has been logged.');
  });

  describe('many executions', () => {
    const source = new StandInSource();
    source.addMachine('busy', errorHandling);
    for (let i = 1; i <= 60; i++) source.addRun('busy', `run-${i}`, i % 20 === 0 ? failed : success, '{}');
    const rows = async (query: string) =>
      [...(await page(`/console/state-machines/busy${query}`, source)).matchAll(/>(run-\d+)<\/a>/g)].map(
        ([, name]) => name,
      );

    test('are shown page by page, the newest first', async () => {
      expect(await rows('')).toEqual(Array.from({ length: 25 }, (_, i) => `run-${60 - i}`));
      expect((await rows('?page=3')).at(-1)).toBe('run-1');
      const text = await page('/console/state-machines/busy?page=2', source);
      expect(text).toContain('26–50 of 60');
      expect(text).toContain('<a href="?#executions">Newer</a>');
      expect(text).toContain('<a href="?page=3#executions">Older</a>');
    });

    test('have their errors in the list, and in the one of all state machines', async () => {
      const errors = async (path: string) =>
        (await page(path, source)).match(/<code class="error" title="TestError">TestError<\/code>/g);
      expect(await errors('/console/state-machines/busy')).toHaveLength(2);
      expect(await errors('/console/?status=FAILED')).toHaveLength(3);
    });

    test('are shown by status', async () => {
      expect(await rows('?status=FAILED')).toEqual(['run-60', 'run-40', 'run-20']);
      expect(await page('/console/state-machines/busy', source)).toMatch(
        /<a href="\?status=FAILED#executions"\s*>Failed 3<\/a>/,
      );
    });

    test('are found by name, text and time, and the filter stays', async () => {
      const texts: Record<string, object> = {
        'run-7': { input: '{"order":"A-17"}' },
        'run-40': { input: '{}', cause: 'a-17 failed' },
      };
      const names = async (query: string) => {
        source.payloads = (arn) => texts[arn.split(':')[7] ?? ''] ?? {};
        return rows(query);
      };
      expect(await names('?find=a-17')).toEqual(['run-40', 'run-7']);
      expect(await names('?find=RUN-1&page=1')).toEqual([
        ...Array.from({ length: 10 }, (_, i) => `run-${19 - i}`),
        'run-1',
      ]);
      expect(await names('?find=a-17&status=FAILED')).toEqual(['run-40']);
      expect(await names('?from=2026-01-02T00:00&to=2026-01-02T00:01')).toHaveLength(25);
      expect(await names('?from=2026-01-02T00:01')).toEqual([]);
      expect(await names('?to=2026-01-02T00:00&find=x')).toEqual([]);
      const text = await page('/console/state-machines/busy?find=run&from=2026-01-01T00:00', source);
      expect(text).toContain('?find=run&amp;from=2026-01-01T00%3A00&amp;page=2#executions');
      expect(text).toContain('?find=run&amp;from=2026-01-01T00%3A00&amp;status=FAILED#executions');
    });

    test.each([
      '?page=99',
      '?page=-1',
      '?page=x',
      '?status=NOPE',
      '?status=ABORTED',
      '?from=x&to=',
      '?find=',
    ])('an invalid query still shows a page: %s', async (query) => {
      expect((await get(`/console/state-machines/busy${query}`, source)).status).toBe(200);
    });
  });

  test('a failed execution shows the reason at the top', async () => {
    const source = new StandInSource();
    source.addRun('state', 'failed', failed, '{}');
    expect(await page(`${MACHINE}/executions/failed`, source)).toMatch(
      /<div class="problem outcome"><p><strong>TestError<\/strong> .+<\/p>/,
    );
  });

  test('the reason links to the execution, or the child executions, that it is from', async () => {
    const source = new StandInSource();
    const arn = (kind: string, rest: string) => `arn:aws:states:us-east-1:123456789012:${kind}:${rest}`;
    const started = `{"ExecutionArn":"${arn('execution', 'state:went-well')}","StartDate":1}`;
    const call = { resourceType: 'states', resource: 'startExecution.sync:2' };
    const ended = { type: 'ExecutionFailed', error: 'No', cause: 'No' } as const;
    const task = history(
      { type: 'ExecutionStarted', input: '{}' },
      { type: 'TaskStateEntered', name: 'Run', input: '{}' },
      { type: 'TaskScheduled', ...call, region: 'us-east-1', parameters: '{}' },
      { type: 'TaskSubmitted', ...call, output: started },
      { type: 'TaskFailed', ...call, error: 'No', cause: 'No' },
      ended,
    );
    const map = history(
      { type: 'ExecutionStarted', input: '{}' },
      { type: 'MapStateEntered', name: 'Each', input: '{}' },
      { type: 'MapStateStarted', length: 2 },
      { type: 'MapRunStarted', mapRunArn: arn('mapRun', 'state/Each:run-1') },
      { type: 'MapRunFailed', error: 'No', cause: 'No' },
      { type: 'MapStateFailed' },
      ended,
    );
    source.addRun('state', 'task', task, '{}');
    source.addRun('state', 'map', map, '{}');
    const where = async (name: string) =>
      /<p class="where">.*<\/p>/.exec(await page(`${MACHINE}/executions/${name}`, source))?.[0];
    expect(await where('task')).toContain(
      `<a href="${MACHINE}/executions/went-well">The execution that it started</a>`,
    );
    expect(await where('map')).toContain(
      '<a href="/console/state-machines/state%2FEach/map-runs/run-1?status=FAILED#executions">Failed child executions</a>',
    );
  });

  test('an execution can be started with the input of another', async () => {
    expect(await page(`${MACHINE}/executions/was-caught`)).toContain(
      `<a class="button" href="${MACHINE}?like=was-caught#start">Edit input and start</a>`,
    );
    expect(await page(`${MACHINE}?like=was-caught`)).toMatch(
      /<textarea[^>]*>\s*\{&quot;fail&quot;: true\}<\/textarea>/,
    );
    expect(await page(`${MACHINE}?like=nope`)).toMatch(/<textarea[^>]*>\s*\{\}<\/textarea>/);
  });

  test.each([
    ['/console/state-machines/nope', 'The state machine nope does not exist'],
    [`${MACHINE}/executions/nope`, 'The execution nope does not exist'],
    ['/console/state-machines/%3Cb%3E', 'The state machine &lt;b&gt; does not exist'],
    ['/elsewhere', 'The page /elsewhere does not exist'],
  ])('%s is not found', async (path, message) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain(message);
  });

  test('an error of the source is shown without its stack', async () => {
    const source = new StandInSource();
    source.listStateMachines = () => {
      throw new Error('the disk is gone');
    };
    const response = await get('/console/', source);
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(/the disk is gone(?![\s\S]*\.ts:\d)/);
  });
});

describe('two executions are compared', () => {
  const compare = (name: string, query = '') => `${MACHINE}/executions/${name}/compare${query}`;
  const cells = (text: string) =>
    [...text.matchAll(/<tr><th scope="row">(\w+)<[\s\S]*?<\/tr>/g)].map(([row, name]) => [
      name,
      ...[...row.matchAll(/<\/svg>([\w ]+)<|>(not run)</g)].map(([, status, none]) => status ?? none),
    ]);

  test('state by state, and by their data', async () => {
    const text = await page(compare('was-caught', '?with=went-well'));
    expect(cells(text)).toEqual([
      ['Test', 'Caught error', 'Succeeded'],
      ['SuccessState', 'not run', 'Succeeded'],
      ['HandleError', 'Succeeded', 'not run'],
      ['FailState', 'Succeeded', 'not run'],
    ]);
    expect(text).toContain('1 change in the input');
    expect(text).toContain(`<a class="plain" href="${MACHINE}/executions/went-well?visit=2#visit-2">`);
  });

  test('equal ones have no differences', async () => {
    const source = new StandInSource();
    source.addRun('state', 'again', success, '{}');
    expect(await page(compare('went-well', '?with=again'), source)).toContain(
      'Both executions went through the same states with the same data.',
    );
  });

  test('what is compared at first is one that succeeded, and only another one', async () => {
    const source = new StandInSource();
    source.addRun('state', 'failed', failed, '{}');
    source.addRun('state', 'failed-again', failed, '{}');
    const chosen = async (name: string) =>
      /<option value="([^"]+)" selected>/.exec(await page(compare(name), source))?.[1];
    expect(await chosen('failed')).toBe('was-caught');
    expect(await chosen('was-caught')).toBe('failed-again');
    source.addMachine('lonely', errorHandling);
    source.addRun('lonely', 'one', success, '{}');
    expect(await page(compare('one').replace('/state/', '/lonely/'), source)).toContain(
      'The state machine has no other execution.',
    );
    expect((await get(compare('failed', '?with=missing'), source)).status).toBe(404);
  });
});

describe('safety', () => {
  test('names, payloads and logs are text', async () => {
    const source = new StandInSource();
    source.addMachine('<script>', samples['names-escaped']?.definition ?? {});
    const hostile = history(
      { type: 'ExecutionStarted', input: '"</pre><script>x</script>"' },
      { type: 'PassStateEntered', name: "<script>alert('x')</script>", input: '"<img src=x onerror=x>"' },
    );
    source.addRun('<script>', 'run', hostile, '"</pre><script>x</script>"');
    const line = { logGroup: '<b>', logStream: 's', timestamp: 0, message: '</pre><script>x</script>' };
    source.invocations = () => [
      { requestId: '"<b>', functionName: '<b>', logGroup: '<b>', scheduledEventId: 2, events: [line] },
    ];
    for (const path of ['', 'state-machines/%3Cscript%3E', 'state-machines/%3Cscript%3E/executions/run']) {
      const text = await page(`/console/${path}`, source);
      expect(text.match(/<script/g)).toHaveLength(1);
      expect(text).not.toMatch(/<img (?!src="\/console\/assets\/icon\.svg")/);
      expect(text).not.toContain('<b>');
    }
  });

  test('the content security policy allows only the server’s own files, and the pages comply', async () => {
    for (const path of ['/console/', MACHINE, `${MACHINE}/executions/was-caught`]) {
      const response = await get(path);
      const policy = response.headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      const text = await response.text();
      expect(text).not.toMatch(/<style|\sstyle=|\son\w+=|<script>/);
      expect(text.replace(/xmlns="[^"]*"/g, '')).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//);
    }
  });

  test.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another port', { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }],
    ['a page that hides its origin', { origin: 'null' }],
    ['an unknown origin', {}],
  ])('a form from %s starts nothing', async (_, headers) => {
    const source = new StandInSource();
    const response = await post({ input: '{}', name: 'foreign' }, headers as Record<string, string>, source);
    expect(response.status).toBe(403);
    expect(source.listExecutions('::::::state')).toHaveLength(2);
  });
});

describe('starting an execution', () => {
  test('redirects to its page', async () => {
    const source = new StandInSource();
    const response = await post({ input: ' {"fail": true}', name: 'mine' }, undefined, source);
    expect([response.status, response.headers.get('location')]).toEqual([303, `${MACHINE}/executions/mine`]);
    expect(source.listExecutions('::::::state')[0]).toMatchObject({ name: 'mine', input: ' {"fail": true}' });
  });

  test('without a name, AWS generates one', async () => {
    expect((await post({ input: '{}', name: ' ' })).headers.get('location')).toBe(
      `${MACHINE}/executions/made-up`,
    );
  });

  test.each([
    [
      { input: '{"a":\n tru}' },
      'input',
      'The input is not valid JSON: line 2, column 2: expected a value, found &#39;tru&#39;',
    ],
    [
      { input: '{"a": "\t"}' },
      'input',
      'The input is not valid JSON: line 1, column 8: expected a closing quote, found a tab',
    ],
    [{ input: ' ' }, 'input', 'The input is empty: write {} for no input'],
    [{}, 'input', 'The input is empty'],
    [
      { input: JSON.stringify('x'.repeat(262_143)) },
      'input',
      'The input has 262145 bytes; at most 262144 are allowed',
    ],
    [{ input: '{}', name: 'a b' }, 'name', 'A name has at most 80 letters, digits, - and _'],
    [{ input: '{}', name: 'was-caught' }, 'name', 'Execution Already Exists: '],
  ])('%#: a problem is shown at its field, and the input is kept', async (form, field, message) => {
    const response = await post(form as Record<string, string>);
    expect(response.status).toBe(422);
    const text = await response.text();
    expect(text).toContain(`role="alert">${message}`);
    expect(text).toMatch(
      new RegExp(
        `name="${field}"[^>]*aria-invalid="true" aria-describedby="problem"[^>]*>[^<]*(</textarea>)?\\s*<p class="problem"`,
      ),
    );
    if ('name' in form) expect(text).toContain(`value="${form.name}"`);
  });

  test('a form larger than any input is rejected', async () => {
    expect((await post({ input: 'x'.repeat(800_000) })).status).toBe(413);
  });

  test('a body that is not a form is rejected', async () => {
    const response = await createConsole(new StandInSource()).request(`${origin}${MACHINE}/executions`, {
      method: 'POST',
      headers: { origin, 'content-type': 'multipart/form-data; boundary=x' },
      body: 'x',
    });
    expect([response.status, await response.text()]).toEqual([400, 'The form cannot be read']);
  });

  test('a form for a state machine that does not exist', async () => {
    const response = await createConsole(new StandInSource()).request(
      `${origin}/console/state-machines/nope/executions`,
      {
        method: 'POST',
        headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'input={}',
      },
    );
    expect(response.status).toBe(404);
  });
});

describe('an execution', () => {
  const act = (action: string, source: StandInSource, headers: Record<string, string> = { origin }) =>
    createConsole(source).request(`${origin}${MACHINE}/executions/${action}`, { method: 'POST', headers });

  test('is stopped, and its page is shown', async () => {
    const source = new StandInSource();
    source.addRun('state', 'running', caught.slice(0, 9), '{}');
    expect(await page(`${MACHINE}/executions/running`, source)).toContain(
      `action="${MACHINE}/executions/running/stop"`,
    );
    const response = await act('running/stop', source);
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      `${MACHINE}/executions/running`,
    ]);
    const text = await page(`${MACHINE}/executions/running`, source);
    expect(text).toContain('Aborted');
    expect(text).not.toContain('/stop"');
  });

  test('is started again with the same input', async () => {
    const source = new StandInSource();
    const response = await act('was-caught/start-again', source);
    expect(response.headers.get('location')).toBe(`${MACHINE}/executions/made-up`);
    expect(source.listExecutions('::::::state')[0]).toMatchObject({ input: '{"fail": true}' });
    // The stand-in gives every execution the same name.
    const again = await act('was-caught/start-again', source);
    expect(again.status).toBe(409);
    expect(await again.text()).toContain('Execution Already Exists');
  });

  test('is redriven where AWS and the account can do that', async () => {
    const source = new StandInSource();
    source.addRun('state', 'failed', failed, '{}');
    expect(await page(`${MACHINE}/executions/failed`, source)).not.toContain('/redrive"');
    const redriven: string[] = [];
    const able = Object.assign(source, { redriveExecution: (arn: string) => redriven.push(arn) });
    const described = source.describeExecution.bind(source);
    source.describeExecution = (arn) => {
      const run = described(arn);
      return run && { ...run, isRedrivable: run.status === 'FAILED' };
    };
    expect(await page(`${MACHINE}/executions/failed`, able)).toContain('/redrive"');
    expect(await page(`${MACHINE}/executions/went-well`, able)).not.toContain('/redrive"');
    expect((await act('failed/redrive', able)).status).toBe(303);
    expect(redriven).toEqual(['arn:aws:states:us-east-1:123456789012:execution:state:failed']);
  });

  test.each(['was-caught/stop', 'was-caught/start-again', 'was-caught/redrive'])(
    'a form from another site does not: %s',
    async (action) => {
      const source = new StandInSource();
      expect((await act(action, source, { origin: 'https://evil.example' })).status).toBe(403);
      expect(source.listExecutions('::::::state')).toHaveLength(2);
    },
  );

  test('that does not exist cannot be stopped', async () => {
    expect((await act('nope/stop', new StandInSource())).status).toBe(404);
  });
});

test.each([
  ['console.css', 'text/css; charset=utf-8', '.workflow .card'],
  ['console.js', 'text/javascript; charset=utf-8', './live.js'],
  ['live.js', 'text/javascript; charset=utf-8', 'data-live'],
  ['idiomorph.js', 'text/javascript; charset=utf-8', 'export {Idiomorph}'],
  ['icon.svg', 'image/svg+xml', '<svg'],
])('%s is served', async (file, type, part) => {
  const response = await get(`/console/assets/${file}`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
  expect(await response.text()).toContain(part);
});
