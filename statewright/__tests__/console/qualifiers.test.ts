import { awsQualifiers, awsSource, createConsole } from '../../src/console';
import { Account } from '../../src/local-aws/account';
import { trust } from '../local-aws/http/harness';

const origin = 'http://127.0.0.1:4566';
const MACHINE = '/console/state-machines/orders';
const returning = (result: string) =>
  JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', Result: result, End: true } } });

let account: Account;
let pages: ReturnType<typeof createConsole>;
let stateMachineArn: string;

beforeAll(() => {
  account = new Account();
  const { Role } = account.iam.createRole({
    RoleName: 'orders',
    AssumeRolePolicyDocument: trust('states.amazonaws.com'),
  });
  ({ stateMachineArn } = account.states.createStateMachine({
    name: 'orders',
    roleArn: Role.Arn,
    definition: returning('first'),
  }));
  pages = createConsole({ ...awsSource(account), qualifiers: awsQualifiers(account) });
});

afterAll(() => account.close());

const page = async () => (await pages.request(`${origin}${MACHINE}`)).text();
const start = (qualifier: string, name: string) =>
  pages.request(`${origin}${MACHINE}/executions`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
    body: new URLSearchParams({ input: '{}', name, qualifier }).toString(),
  });

test('a state machine without versions has no choice of one', async () => {
  expect(await page()).not.toMatch(/Versions and aliases|name="qualifier"/);
});

test('versions and aliases are listed, and executions are started with them', async () => {
  account.states.publishStateMachineVersion({ stateMachineArn });
  account.states.updateStateMachine({ stateMachineArn, definition: returning('second'), publish: true });
  account.states.createStateMachineAlias({
    name: 'live',
    routingConfiguration: [
      { stateMachineVersionArn: `${stateMachineArn}:2`, weight: 90 },
      { stateMachineVersionArn: `${stateMachineArn}:1`, weight: 10 },
    ],
  });
  const text = await page();
  expect([...text.matchAll(/<option value="(\w*)" >([^<]+)</g)].map(([, , label]) => label)).toEqual([
    'alias live → version 2 (90 %), version 1 (10 %)',
    'version 2',
    'version 1',
  ]);
  expect(text).toContain(`<code class="arn">${stateMachineArn}:live</code>`);

  expect((await start('1', 'old')).status).toBe(303);
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:old`;
  await account.states.executionEnded(executionArn);
  expect(account.states.describeExecution({ executionArn })).toMatchObject({
    output: '"first"',
    stateMachineVersionArn: `${stateMachineArn}:1`,
  });
  expect(await (await pages.request(`${origin}${MACHINE}/executions/old`)).text()).toContain(
    '<dt>Version</dt><dd>1</dd>',
  );

  const missing = await start('9', 'none');
  expect([missing.status, await missing.text()]).toEqual([422, expect.stringContaining('class="problem"')]);
});
