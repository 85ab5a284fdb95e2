import { awsEditing, awsSource, createConsole, Recordings } from '../../src/console';
import { editorScript } from '../../src/console/assets';
import { Account } from '../../src/local-aws/account';
import { success } from '../history/histories';
import { trust } from '../local-aws/http/harness';
import { chain } from '../machines';

const origin = 'http://127.0.0.1:4566';
const EDIT = '/console/state-machines/orders/edit';
const CREATE = '/console/create-state-machine';
const DELETE = '/console/state-machines/orders/delete';
const DEPLOYED = '{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":3600,"End":true}}}';
const passing = (more: object = {}) =>
  JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } }, ...more }, undefined, 2);
const calling = (...functions: string[]) =>
  JSON.stringify({
    StartAt: 'f0',
    States: Object.fromEntries(
      functions.map((name, i) => [
        `f${i}`,
        {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: name },
          ...(i + 1 < functions.length ? { Next: `f${i + 1}` } : { End: true }),
        },
      ]),
    ),
  });

let account: Account;
let pages: ReturnType<typeof createConsole>;
let orders: string;
beforeEach(() => {
  account = new Account();
  const { Role } = account.iam.createRole({
    RoleName: 'deployed',
    AssumeRolePolicyDocument: trust('states.amazonaws.com'),
  });
  account.iam.createRole({ RoleName: 'lambda', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
  orders = account.states.createStateMachine({
    name: 'orders',
    roleArn: Role.Arn,
    definition: DEPLOYED,
  }).stateMachineArn;
  pages = createConsole({ ...awsSource(account), editing: awsEditing(account) });
});
afterEach(() => account.close());

const describe_ = (stateMachineArn = orders) => account.states.describeStateMachine({ stateMachineArn });
const arnOf = (name: string) => orders.replace(/orders$/, name);
const get = async (path: string) => (await pages.request(`${origin}${path}`)).text();

async function post(
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = { origin },
) {
  const response = await pages.request(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(form).toString(),
  });
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
}

/** The revision that a page was opened with. */
const revision = async () => /name="revision" value="([^"]+)"/.exec(await get(EDIT))?.[1] ?? '';
const save = async (definition: string, opened?: string, more: Record<string, string> = {}) =>
  post(EDIT, { definition, revision: opened ?? (await revision()), ...more });

/** The problems that a page lists: `12:5 CODE message`. */
const problems = (text: string) =>
  [
    ...text.matchAll(
      /<li class="\w+" (?:data-line="(\d+)" data-column="(\d+)")?>[\s\S]*?class="message">([^<]*)<[\s\S]*?<code>(\w+)/g,
    ),
  ].map(([, line = '', column = '', message, code]) => `${line}:${column} ${code} ${message}`);

test('the page has the deployed definition over lines, and says what saving does', async () => {
  const text = await get(EDIT);
  expect(text).toContain('&quot;StartAt&quot;: &quot;Wait&quot;,\n');
  expect(text).toContain('its next deployment with another definition replaces yours');
  expect(text).toContain('data-state="Wait"');
  expect(await get('/console/state-machines/orders')).toContain(`href="${EDIT}"`);
});

test('a saved definition is the state machine’s; a running execution keeps its own', async () => {
  const { executionArn } = account.states.startExecution({ stateMachineArn: orders });
  expect(await save(passing().replaceAll('\n', '\r\n'))).toMatchObject({
    status: 303,
    location: `${EDIT}?saved`,
  });
  expect(describe_().definition).toBe(passing());
  expect(account.states.describeStateMachineForExecution({ executionArn }).definition).toBe(DEPLOYED);
  expect(await get(`${EDIT}?saved`)).toContain(
    'Saved. Executions that start from now on use this definition.',
  );
});

test('a definition with errors is refused with their lines, and nothing is saved', async () => {
  const typed = passing().replace('"End": true', '"Next": "B"');
  const { status, text } = await save(typed);
  expect(status).toBe(422);
  expect(text).toContain('Nothing was saved: the definition has 2 errors.');
  expect(problems(text)).toEqual([
    '6:7 MISSING_TRANSITION_TARGET Missing &#39;Next&#39; target: B',
    ': MISSING_END_STATE Workflow has no terminal state',
  ]);
  expect(text).toContain('&quot;Next&quot;: &quot;B&quot;');
  expect(describe_().definition).toBe(DEPLOYED);
});

test('text that is not valid JSON is marked where it stops being JSON', async () => {
  const { text } = await save('{\n  "StartAt": "A",\n  "States": {]\n}');
  expect(problems(text)).toEqual([
    expect.stringMatching(/^3:14 INVALID_JSON_DESCRIPTION Unexpected character \(&#39;]&#39; [^\n]*$/),
  ]);
});

test('warnings do not prevent saving', async () => {
  const warned = calling('f').replace('"FunctionName":"f"', '"FunctionName":"f","Payload":{"a":"$.a"}');
  const { text } = await save(warned, undefined, { check: 'yes' });
  expect(problems(text)).toEqual([expect.stringContaining('NO_DOLLAR')]);
  expect(text).toContain('1 warning');
  expect((await save(warned)).status).toBe(303);
});

describe('a state machine that was changed meanwhile', () => {
  test.each([
    [
      'by an update',
      () => account.states.updateStateMachine({ stateMachineArn: orders, definition: calling('g') }),
    ],
    [
      'by a new deployment',
      () => {
        const { roleArn } = describe_();
        account.states.deleteStateMachine({ stateMachineArn: orders });
        account.clock.now = () => Date.now() + 1000;
        account.states.createStateMachine({ name: 'orders', roleArn, definition: calling('g') });
      },
    ],
  ])('%s: nothing is saved without a choice', async (_, change) => {
    const opened = await revision();
    change();
    const { status, text } = await save(passing(), opened);
    expect(status).toBe(409);
    expect(text).toContain(
      'Nothing was saved: the state machine was changed or deployed after you opened it.',
    );
    expect(text).toContain('<code>$.States.A</code>');
    expect(describe_().definition).toBe(calling('g'));
    // The text and the revision stay: saving again is refused again.
    expect(text).toContain('&quot;Type&quot;: &quot;Pass&quot;');
    const [, over = ''] = /name="over" value="([^"]+)"/.exec(text) ?? [];
    expect((await save(passing(), opened, { over })).status).toBe(303);
    expect(describe_().definition).toBe(passing());
  });

  test('and changed again before the choice is refused again', async () => {
    const opened = await revision();
    await save(calling('g'), opened);
    const { text } = await save(passing(), opened);
    const [, over = ''] = /name="over" value="([^"]+)"/.exec(text) ?? [];
    await save(calling('h'));
    expect((await save(passing(), opened, { over })).status).toBe(409);
    expect(describe_().definition).toBe(calling('h'));
  });
});

test('a definition that only has other lines stays as it was deployed', async () => {
  expect((await save(JSON.stringify(JSON.parse(DEPLOYED), undefined, 4))).status).toBe(303);
  expect(describe_()).toMatchObject({ definition: DEPLOYED });
  expect(describe_().revisionId).toBeUndefined();
});

describe('YAML', () => {
  test('is saved as JSON', async () => {
    await save('StartAt: A\nStates:\n  A:\n    Type: Pass\n    End: true\n');
    expect(describe_().definition).toBe(passing());
  });

  test.each([
    ['errors have their lines', 'StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n', '5:5 '],
    [
      'a fault is at its line',
      'StartAt: A\nStates: [\n',
      '3:1 INVALID_JSON_DESCRIPTION The definition is not valid YAML',
    ],
    [
      'a tag of a template is refused',
      'StartAt: !Ref A\n',
      '1:15 INVALID_JSON_DESCRIPTION The definition has the tag !Ref',
    ],
  ])('%s', async (_, typed, expected) => {
    const { status, text } = await save(typed);
    expect(status).toBe(422);
    expect(problems(text)[0]).toContain(expected);
  });
});

describe('while it is typed', () => {
  const typed = (definition: string, type = 'STANDARD') => post('/console/diagnostics', { definition, type });

  test('a valid definition is answered with its diagram, any other with its problems', async () => {
    const { text } = await typed(passing());
    expect(text).toContain('The definition is valid.');
    expect(text).toContain('data-state="A"');
    const broken = await typed('{}');
    expect(problems(broken.text).length).toBeGreaterThan(0);
    expect(broken.text).toContain('<div id="live-diagram"></div>');
  });

  test('the type decides what is valid', async () => {
    const waits = calling('f')
      .replace('invoke', 'invoke.waitForTaskToken')
      .replace('"f"', '"f","Payload.$":"$$.Task"');
    expect(problems((await typed(waits)).text)).toEqual([]);
    expect(problems((await typed(waits, 'EXPRESS')).text)).toEqual([
      expect.stringContaining('Express state machine does not support'),
    ]);
  });

  test('a long definition has its lines too, and one that is too long is refused', async () => {
    const long = JSON.stringify(chain(300), undefined, 2).replace('"Next": "Step 200"', '"Next": "nowhere"');
    const lines = problems((await typed(long)).text).map((each) => Number.parseInt(each, 10));
    const line = long.slice(0, long.indexOf('"nowhere"')).split('\n').length;
    expect(lines).toContain(line);
    const { text } = await typed(passing({ Comment: 'x'.repeat(1_100_000) }));
    expect(problems(text)).toEqual([expect.stringContaining('less than or equal to 1048576')]);
    expect((await typed('x'.repeat(4_000_000))).status).toBe(413);
    expect(problems((await typed('['.repeat(50_000))).text)).toHaveLength(1);
    expect(problems((await typed(`{"StartAt":${'['.repeat(5_000)}${']'.repeat(5_000)}}`)).text)).toHaveLength(
      1,
    );
  });
});

describe('create', () => {
  const create = (form: Record<string, string>) =>
    post(CREATE, { name: 'fresh', type: 'STANDARD', role: '', definition: passing(), ...form });
  const policy = (name: string) => {
    const RoleName = describe_(arnOf(name)).roleArn.split('/')[1] ?? '';
    const { PolicyNames } = account.iam.listRolePolicies({ RoleName });
    return PolicyNames.map(
      (PolicyName) => account.iam.getRolePolicy({ RoleName, PolicyName }).PolicyDocument,
    ).join();
  };

  test('makes a state machine with a role that may do what it calls, also after an edit', async () => {
    expect(await get('/console/')).toContain(`href="${CREATE}"`);
    expect(await get(CREATE)).toContain('data-state="Hello"');
    const made = await create({ definition: calling('one', 'two:live'), type: 'EXPRESS' });
    expect(made).toMatchObject({ status: 303, location: '/console/state-machines/fresh#start' });
    expect(describe_(arnOf('fresh'))).toMatchObject({
      type: 'EXPRESS',
      definition: calling('one', 'two:live'),
    });
    expect(policy('fresh')).toMatch(/function:one".*function:two:live"/);
    expect(policy('fresh')).not.toContain('"*"');

    const path = '/console/state-machines/fresh/edit';
    const [, opened = ''] = /name="revision" value="([^"]+)"/.exec(await get(path)) ?? [];
    await post(path, { definition: calling('three'), revision: opened });
    expect(policy('fresh')).toMatch(/function:three"/);
    expect(policy('fresh')).not.toMatch(/function:one"/);
  });

  test('its executions run with that role', async () => {
    await save(passing());
    await create({
      definition: JSON.stringify({
        StartAt: 'Start',
        States: {
          Start: {
            Type: 'Task',
            Resource: 'arn:aws:states:::states:startExecution.sync:2',
            Parameters: { StateMachineArn: orders, Input: {} },
            End: true,
          },
        },
      }),
    });
    const { executionArn } = account.states.startExecution({ stateMachineArn: arnOf('fresh') });
    expect(await account.states.executionEnded(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('or with a chosen role: one that Step Functions may assume', async () => {
    const text = await get(CREATE);
    expect(text).toContain('>deployed</option>');
    expect(text).not.toContain('>lambda</option>');
    const { roleArn } = describe_();
    await create({ role: roleArn });
    expect(describe_(arnOf('fresh')).roleArn).toBe(roleArn);
  });

  test.each([
    ['a name that exists', { name: 'orders' }, 'A state machine with the name orders exists.'],
    ['an invalid name', { name: 'two words' }, 'A name has at most 80 letters, digits, - and _'],
    ['a definition with errors', { definition: '{}' }, 'Nothing was saved: the definition has'],
    [
      'a role that cannot be assumed',
      { role: 'arn:aws:iam::000000000000:role/lambda' },
      'authorized to assume the provided role',
    ],
  ])('refuses %s, and keeps what was entered', async (_, form, message) => {
    const { status, text } = await create({ type: 'EXPRESS', ...form });
    expect(status).toBe(422);
    expect(text).toContain(message);
    expect(text).toContain('<option value="EXPRESS" selected>');
    expect(account.states.listStateMachines({}).stateMachines).toHaveLength(1);
    expect(account.iam.listRoles({}).Roles).toHaveLength(2);
  });
});

test('a copy begins with the definition and the role of another state machine', async () => {
  const link = '/console/create-state-machine?like=orders';
  expect(await get('/console/state-machines/orders')).toContain(`href="${link}"`);
  const text = await get(link);
  expect(text).toContain('&quot;Seconds&quot;: 3600');
  expect(text).toContain('<option value="arn:aws:iam::000000000000:role/deployed" selected>');
  expect(text).toContain('data-state="Wait"');
  expect(await get('/console/create-state-machine?like=missing')).toContain('&quot;Hello&quot;');
});

describe('delete', () => {
  test('deletes a state machine, and shows the others', async () => {
    expect(await get('/console/state-machines/orders')).toContain(`action="${DELETE}"`);
    expect(await post(DELETE, {})).toMatchObject({ status: 303, location: '/console/' });
    expect(account.states.listStateMachines({}).stateMachines).toEqual([]);
    expect((await post(DELETE, {})).status).toBe(404);
  });

  test('while an execution runs, the page says that it is being deleted', async () => {
    account.states.startExecution({ stateMachineArn: orders });
    await post(DELETE, {});
    const text = await get('/console/state-machines/orders');
    expect(text).toContain('Deleting, until its last execution has ended');
    expect(text).not.toContain(DELETE);
  });
});

test('forms of other sites do nothing', async () => {
  const opened = await revision();
  const headers = { origin: 'https://evil.example' };
  for (const path of [EDIT, CREATE, DELETE, '/console/diagnostics']) {
    const form = { definition: passing(), revision: opened, name: 'x', type: 'STANDARD', role: '' };
    expect((await post(path, form, headers)).status).toBe(403);
  }
  expect(describe_().definition).toBe(DEPLOYED);
});

test('a recorded state machine, and a console that cannot change any, have no editor', async () => {
  const recordings = new Recordings(() => []);
  const source = awsSource(account);
  recordings.add(source, [
    { name: 'one', stateMachine: 'old', type: 'STANDARD', definition: DEPLOYED, events: success },
  ]);
  pages = createConsole(recordings.in({ ...source, editing: awsEditing(account) }));
  const recorded = '/console/state-machines/old%20(recorded)';
  expect(await get(recorded)).not.toContain('/edit');
  expect((await post(`${recorded}/edit`, { definition: passing(), revision: '' })).status).toBe(404);
  expect((await post(`${recorded}/delete`, {})).status).toBe(404);
  pages = createConsole(source);
  expect(await get('/console/')).not.toContain(CREATE);
  expect(await get('/console/state-machines/orders')).not.toContain('/edit');
  expect((await post(EDIT, { definition: passing(), revision: '' })).status).toBe(404);
});

test('the editor is one script with the licenses of its libraries, and pages allow no inline style for it', async () => {
  const { content } = editorScript();
  expect(content.match(/\bfrom ?"[^"]+"/g)).toEqual(['from"./diagram.js"']);
  expect(content).toMatch(/^\/\*![\s\S]*@codemirror\/view[\s\S]*MIT License[\s\S]*Marijn Haverbeke/);
  const response = await pages.request(`${origin}${EDIT}`);
  expect(response.headers.get('content-security-policy')).toContain("style-src 'self';");
});
