import { awsSource, createConsole } from '../../src/console';
import { Account } from '../../src/local-aws/account';

const origin = 'http://127.0.0.1:4566';
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

let account: Account;
let pages: ReturnType<typeof createConsole>;
beforeEach(() => {
  account = new Account();
  account.iam.createRole({ RoleName: 'role', AssumeRolePolicyDocument: trust });
  pages = createConsole(awsSource(account), {
    names: () => account.regions.map(({ region }) => region),
    source: (region) => awsSource(account.in(region)),
  });
});
afterEach(() => account.close());

const addMachine = (region: string, name: string) =>
  account.in(region).states.createStateMachine({
    name,
    roleArn: 'arn:aws:iam::000000000000:role/role',
    definition: JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } }),
  });
const page = async (path: string, init?: RequestInit) => pages.request(`${origin}${path}`, init);
const text = async (path: string) => (await page(path)).text();

test('with one region, the header only names it', async () => {
  addMachine('us-east-1', 'alpha');
  expect(await text('/console')).toContain('<span>us-east-1</span>');
});

test('the header leads to every region that holds something, and its pages are about that region', async () => {
  addMachine('us-east-1', 'alpha');
  addMachine('eu-west-1', 'beta');
  const home = await text('/console');
  expect(home).toContain('<a href="/console/" aria-current="true">us-east-1</a>');
  expect(home).toContain('<a href="/console/regions/eu-west-1/" >eu-west-1</a>');
  expect(home).not.toContain('beta');

  const other = await text('/console/regions/eu-west-1/');
  expect(other).toContain('<a href="/console/regions/eu-west-1/" aria-current="true">eu-west-1</a>');
  expect(other).toContain('href="/console/regions/eu-west-1/state-machines/beta"');
  expect(other).not.toContain('alpha');
});

test('an execution is started in the region of its page', async () => {
  addMachine('eu-west-1', 'beta');
  const started = await page('/console/regions/eu-west-1/state-machines/beta/executions', {
    method: 'POST',
    headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ input: '{}', name: 'first' }),
  });
  expect([started.status, started.headers.get('location')]).toEqual([
    303,
    '/console/regions/eu-west-1/state-machines/beta/executions/first',
  ]);
  expect(await text('/console/regions/eu-west-1/state-machines/beta/executions/first')).toContain(
    'arn:aws:states:eu-west-1:000000000000:execution:beta:first',
  );
});

test('a region without anything has no page', async () => {
  expect((await page('/console/regions/sa-east-1/')).status).toBe(404);
});
