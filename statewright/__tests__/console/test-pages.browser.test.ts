import type { Page } from 'playwright-core';
import { awsSource } from '../../src/console';
import { Account } from '../../src/local-aws/account';
import { trust } from '../local-aws/http/harness';
import { describeWith } from '../support/tools';
import {
  type OpenBrowser,
  openBrowser,
  type ServedConsole,
  screenshotOf,
  seriousFindings,
  serveConsole,
} from './browser';

const definition = JSON.stringify({
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Pass', Assign: { 'customer.$': '$.customer' }, Next: 'Each order' },
    'Each order': {
      Type: 'Map',
      ItemsPath: '$.orders',
      ItemProcessor: {
        StartAt: 'Look up',
        States: {
          'Look up': {
            Type: 'Task',
            Resource: 'arn:aws:lambda:us-east-1:000000000000:function:price',
            Parameters: { 'sku.$': '$.sku', 'for.$': '$customer' },
            ResultPath: '$.found',
            Catch: [{ ErrorEquals: ['NoPrice'], Next: 'No price' }],
            End: true,
          },
          'No price': { Type: 'Pass', End: true },
        },
      },
      End: true,
    },
  },
});

describeWith(['chromium'], 'a state and an expression are tested in a browser', () => {
  let account: Account;
  let served: ServedConsole;
  let browser: OpenBrowser;
  let page: Page;
  let faults: string[];
  /** How often the function was called. */
  let calls = 0;

  beforeAll(async () => {
    account = new Account({
      region: 'us-east-1',
      lambdaInvoker: () => ({
        invoke: async () => ({ StatusCode: 200, ExecutedVersion: '1', Payload: `{"price":${++calls}}` }),
      }),
    });
    const { Role } = account.iam.createRole({
      RoleName: 'machine',
      AssumeRolePolicyDocument: trust('states.amazonaws.com'),
    });
    account.iam.putRolePolicy({
      RoleName: 'machine',
      PolicyName: 'calls',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' },
      }),
    });
    const { stateMachineArn } = account.states.createStateMachine({
      name: 'orders',
      definition,
      roleArn: Role.Arn,
    });
    const { executionArn } = account.states.startExecution({
      stateMachineArn,
      name: 'run',
      input: '{"customer":"Ada","orders":[{"sku":"A"},{"sku":"B"}]}',
    });
    await account.states.executionEnded(executionArn);
    served = await serveConsole(awsSource(account));
    browser = await openBrowser();
    page = await browser.context.newPage();
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
  });

  beforeEach(() => {
    faults = [];
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
    await account?.close();
  });

  const open = (path: string) => page.goto(`${served.address}/console/state-machines/${path}`);
  const result = () => page.locator('#test-result');
  const field = (name: string) => page.getByRole('textbox', { name });

  test('from a visit with the keyboard: the mock, the result, and a mistake', async () => {
    await open('orders/executions/run');
    const visit = page.locator('.visit[data-name="Look up"]').last();
    await visit.locator('summary').first().press('Enter');
    await visit.getByRole('link', { name: 'this state' }).press('Enter');
    await page.waitForURL('**/test-state?execution=run&visit=*');
    expect(JSON.parse(await field('Input').inputValue())).toEqual({ sku: 'B' });
    expect(JSON.parse(await field('Result').inputValue())).toEqual({ price: 2 });
    await page.locator('#more > summary').press('Enter');
    expect(JSON.parse(await field('Variables').inputValue())).toEqual({ customer: 'Ada' });
    await field('Input').fill('{"sku": "C"}');
    await field('Input').press('Control+Enter');
    await result().getByText('Succeeded').waitFor();
    expect(await result().getByRole('group', { name: 'Output' }).textContent()).toMatch(
      /"C"[\s\S]*"price": 2/,
    );
    expect(await result().locator('.changes').textContent()).toContain('1 change from the visit’s output');
    expect(await page.locator('#test-status').textContent()).toBe('Succeeded');
    expect(await page.locator('#more').getAttribute('open')).toBe('');
    expect(await page.evaluate('document.activeElement.id')).toBe('input');

    await page.getByLabel('Mock a result').press('ArrowRight');
    expect(await page.getByLabel('Mock an error').isChecked()).toBe(true);
    expect(await field('Result').isVisible()).toBe(false);
    await field('Error').press('Control+Enter');
    await page.getByText('The error needs a name').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('error');
    expect(await seriousFindings(page)).toEqual([]);
    await field('Error').fill('NoPrice');
    await field('Error').press('Enter');
    await result().getByText('Caught error').waitFor();
    expect(await result().textContent()).toMatch(/Next state\s*No price[\s\S]*Catch\[0\]/);
    expect(calls).toBe(2);
    // What is refused is the answer of a request, which the browser reports.
    expect(faults).toEqual([expect.stringContaining('422')]);
  });

  test('from the diagram with the mouse: the function is called, and a changed state is tested', async () => {
    await open('orders');
    await page.locator('.diagram [data-state="Look up"] a').click();
    await page.getByText('Data of a recent visit').click();
    expect(await page.locator('.recent-visits li').allTextContents()).toEqual([
      expect.stringMatching(/Succeeded\s+run · Each order, item/),
      expect.stringMatching(/Succeeded\s+run · Each order, item/),
    ]);
    expect(await page.getByLabel('Call price').isChecked()).toBe(true);
    await field('Input').fill('{"sku": "C"}');
    await page.getByText('Variables, context object and retries').click();
    await field('Variables').fill('{"customer": "Bob"}');
    await page.getByRole('button', { name: 'Test state' }).click();
    await result().getByText('Succeeded').waitFor();
    expect(await result().getByRole('group', { name: 'Result' }).first().textContent()).toMatch(/"price": 3/);
    expect(calls).toBe(3);

    await page.locator('select[name="state"]').selectOption('No price');
    await page.waitForURL('**/test-state?state=No+price');
    await page.getByText('Definition of the state').click();
    await field('Definition').fill('{"Type": "Pass", "Result": [1.5], "End": true}');
    await page.getByRole('button', { name: 'Test state' }).click();
    await result().getByText('Succeeded').waitFor();
    expect(await result().getByRole('group', { name: 'Output' }).textContent()).toMatch(/^\[\s*1\.5\s*\]$/);
    expect(faults).toEqual([]);
  });

  test('expressions: JSONPath and JSONata on the data of a visit', async () => {
    await open('orders/executions/run');
    const visit = page.locator('.visit[data-name="Look up"]').first();
    await visit.locator('summary').first().click();
    await visit.getByRole('link', { name: 'an expression' }).click();
    await field('Expression').fill("States.Format('{} for {}', $.sku, $customer)");
    await field('Expression').press('Control+Enter');
    expect(await result().getByRole('group', { name: 'Value' }).textContent()).toBe('"A for Ada"');
    await page.getByLabel('JSONPath').press('ArrowRight');
    await field('Expression').fill('$states.result.price + $states.context.Map.Item.Index');
    await page.getByRole('button', { name: 'Evaluate' }).press('Enter');
    await result().getByText('1', { exact: true }).waitFor();
    await field('Expression').fill('$states.input.nothing');
    await page.getByRole('button', { name: 'Evaluate' }).click();
    await result().getByText('States.QueryEvaluationError').waitFor();
    expect(faults).toEqual([]);
  });

  test('without scripts, the form is sent and the page has the result', async () => {
    const quiet = await browser.context.browser()?.newContext({ javaScriptEnabled: false });
    const still = await quiet?.newPage();
    await still?.goto(`${served.address}/console/state-machines/orders/test-state?state=Prepare`);
    await still?.getByRole('textbox', { name: 'Input' }).fill('{"customer": "Eve"}');
    await still?.getByRole('button', { name: 'Test state' }).click();
    expect(await still?.locator('#test-result').textContent()).toMatch(/Succeeded[\s\S]*"customer": "Eve"/);
    await quiet?.close();
  });

  test('axe-core finds no serious problems, and nothing is wider than the page', async () => {
    await open('orders/executions/run');
    await page.locator('.visit[data-name="Look up"] > summary').first().click();
    const links = page.locator('.visit[open]').getByRole('link', { name: /this state|an expression/ });
    const addresses = await links.evaluateAll((found) =>
      found.map((link) => (link as unknown as { href: string }).href),
    );
    for (const address of addresses) {
      await page.goto(address);
      await page.getByRole('button', { name: /Test state|Evaluate/ }).click();
      await result().locator('.payload').first().waitFor();
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1280, 400]) {
          await page.setViewportSize({ width, height: 900 });
          expect(await seriousFindings(page)).toEqual([]);
          expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
          const [, kind = ''] = /test-(\w+)/.exec(address) ?? [];
          await screenshotOf(page, `test-${kind}-${colorScheme}-${width}`);
        }
      }
    }
    expect([addresses.length, faults]).toEqual([2, []]);
  });
});
