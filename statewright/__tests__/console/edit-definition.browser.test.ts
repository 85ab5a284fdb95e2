import type { BrowserContext, Page } from 'playwright-core';
import { awsEditing, awsSource, createConsole } from '../../src/console';
import { Account } from '../../src/local-aws/account';
import { type RunningServer, startServer } from '../../src/local-aws/server';
import { trust } from '../local-aws/http/harness';
import { describeWith } from '../support/tools';
import { type OpenBrowser, openBrowser, screenshotOf, seriousFindings } from './browser';

const DEPLOYED = {
  StartAt: 'Check',
  States: {
    Check: {
      Type: 'Choice',
      Choices: [{ Variable: '$.total', NumericGreaterThan: 100, Next: 'Review' }],
      Default: 'Ship',
    },
    Review: { Type: 'Wait', Seconds: 3600, Next: 'Ship' },
    Ship: { Type: 'Pass', Result: 'shipped', End: true },
  },
};

const PASTED = `Comment: From a file
StartAt: Greet
States:
  Greet:
    Type: Pass
    Result: hello
    Next: Don
  Done:
    Type: Succeed
`;

describeWith(['chromium'], 'the editor of definitions', () => {
  let account: Account;
  let server: RunningServer;
  let browser: OpenBrowser;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    account = new Account();
    const { Role } = account.iam.createRole({
      RoleName: 'orders',
      AssumeRolePolicyDocument: trust('states.amazonaws.com'),
    });
    account.states.createStateMachine({
      name: 'orders',
      roleArn: Role.Arn,
      definition: JSON.stringify(DEPLOYED),
    });
    const pages = createConsole({ ...awsSource(account), editing: awsEditing(account) });
    server = await startServer(account, { pages: (request) => pages.fetch(request) });
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await account?.close();
  });

  beforeEach(async () => {
    page = await newPage(browser.context);
    faults = [];
  });

  afterEach(async () => {
    await page.close();
    expect(faults).toEqual([]);
  });

  /** A page whose errors are noted; an answer with a 4xx status, which the browser also reports, is none. */
  async function newPage(context: BrowserContext): Promise<Page> {
    const opened = await context.newPage();
    opened.on(
      'console',
      (message) =>
        message.type() === 'error' && !/status of 4\d\d/.test(message.text()) && faults.push(message.text()),
    );
    opened.on('pageerror', (error) => faults.push(error.message));
    return opened;
  }

  const editor = (on = page) => on.getByRole('textbox', { name: 'Definition' });
  const problems = (on = page) => on.locator('#diagnostics li');
  const outcome = (on = page) => on.locator('#outcome');
  const definition = (name: string) =>
    account.states.describeStateMachine({
      stateMachineArn: `arn:aws:states:us-east-1:${account.accountId}:stateMachine:${name}`,
    }).definition;

  async function open(path: string, on = page): Promise<void> {
    await on.goto(`${server.url}/console/${path}`);
    await on.locator('#diagnostics .valid').waitFor();
  }

  /** Finds a text with the editor's search, and types another one over it. */
  async function replace(found: string, typed: string, on = page): Promise<void> {
    await editor(on).focus();
    await on.keyboard.press('Control+Home');
    await on.keyboard.press('Control+f');
    await on.keyboard.type(found);
    await on.keyboard.press('Enter');
    await on.keyboard.press('Escape');
    await on.keyboard.insertText(typed);
  }

  test('with the keyboard: an error is marked at its line, refused, fixed, saved and run', async () => {
    await page.goto(`${server.url}/console/state-machines/orders`);
    await page.getByRole('link', { name: 'Edit definition' }).press('Enter');
    await page.locator('#diagnostics .valid').waitFor();

    await replace('"Result": "shipped"', '"Result": "sent"');
    await replace('"Default": "Ship"', '"Default": "Shop"');
    await problems().first().waitFor();
    expect(await problems().allTextContents()).toEqual([
      expect.stringMatching(/^Error\s+line 13, column 7 Missing 'Next' target: Shop/),
    ]);
    const marker = page.locator('.cm-lint-marker-error');
    const line = page.locator('.cm-lineNumbers .cm-gutterElement', { hasText: /^13$/ });
    const [at, of] = [await marker.boundingBox(), await line.boundingBox()];
    expect(Math.abs((at?.y ?? 0) - (of?.y ?? 0))).toBeLessThan(of?.height ?? 0);
    expect(await page.locator('.cm-lintRange-error').textContent()).toBe('"Default"');
    expect(await page.locator('.diagram.outdated').count()).toBe(1);
    expect(await page.locator('.unsaved').textContent()).toBe('Unsaved changes');
    await page.keyboard.press('Control+s');
    await outcome().getByText('Nothing was saved: the definition has 1 error.').waitFor();
    expect(definition('orders')).toBe(JSON.stringify(DEPLOYED));

    await page.keyboard.press('Control+z');
    await page.locator('#diagnostics .valid').waitFor();
    await replace('"Review": {', '"Approve": {');
    await replace('"Next": "Review"', '"Next": "Approve"');
    await page.locator('.diagram:not(.outdated) [data-state="Approve"]').waitFor();
    await page.keyboard.press('Control+s');
    await outcome().getByText('Saved.').waitFor();
    expect(await page.locator('.unsaved').textContent()).toBe('');
    expect(JSON.parse(definition('orders')).States.Ship.Result).toBe('sent');

    await outcome().getByRole('link', { name: 'Start an execution' }).press('Enter');
    await page.getByLabel('Input').fill('{"total": 1}');
    await page.getByRole('button', { name: 'Start execution' }).press('Enter');
    await page.locator('h1 .badge.succeeded').waitFor();
    expect(await page.locator('main').textContent()).toContain('"sent"');
    expect(await page.locator('.diagram [data-state="Approve"]').count()).toBe(1);
  });

  test('with the mouse: a problem leads to its line, and parts fold', async () => {
    await open('state-machines/orders/edit');
    await replace('"Type": "Pass"', '"Type": "Paß"');
    await problems().locator('a').first().click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    const selected = await page.evaluate<string>(
      "document.querySelector('[data-editor] > div:not([class])').shadowRoot.querySelector('.cm-activeLine').textContent",
    );
    expect(selected).toContain('Paß');
    await page.locator('.cm-lint-marker-error').first().hover();
    await page.locator('.cm-tooltip-lint').waitFor();
    await screenshotOf(page, 'edit-error');
    await page.locator('.cm-foldGutter [title="Fold line"]').nth(1).click();
    await page.locator('.cm-foldPlaceholder').waitFor();
    await page.getByRole('button', { name: 'Find' }).click();
    await page.locator('.cm-search').waitFor();
    await screenshotOf(page, 'edit-find');
  });

  test('changes that are not saved are asked about before the page is left', async () => {
    await open('state-machines/orders/edit');
    await page.getByRole('link', { name: 'Close' }).click();
    await page.waitForURL('**/state-machines/orders');
    await open('state-machines/orders/edit');
    await replace('"total"', '"sum"');
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.dismiss();
    });
    await page.getByRole('link', { name: 'Close' }).click();
    expect(asked).toEqual(['beforeunload']);
    await page.locator('.unsaved', { hasText: 'Unsaved changes' }).waitFor();
    expect(await editor().textContent()).toContain('"sum"');
    await page.keyboard.press('Control+z');
    await page.locator('.unsaved', { hasText: /^$/ }).waitFor({ state: 'attached' });
  });

  test('what was changed meanwhile is not overwritten without a choice', async () => {
    const other = await newPage(browser.context);
    await open('state-machines/orders/edit');
    await open('state-machines/orders/edit', other);
    await replace('3600', '7', other);
    await other.getByRole('button', { name: 'Save' }).click();
    await outcome(other).getByText('Saved.').waitFor();
    await other.close();

    await replace('3600', '9');
    await page.getByRole('button', { name: 'Save' }).click();
    await outcome().getByText('the state machine was changed or deployed').waitFor();
    await outcome().locator('summary').click();
    expect(await outcome().locator('ul').textContent()).toMatch(/\.Seconds.*7.*9/);
    await screenshotOf(page, 'edit-conflict');
    expect(await seriousFindings(page)).toEqual([]);
    expect(definition('orders')).toContain('"Seconds": 7');
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await outcome().getByText('Saved.').waitFor();
    expect(definition('orders')).toContain('"Seconds": 9');
  });

  test('a state machine is created from pasted YAML', async () => {
    await page.goto(`${server.url}/console`);
    await page.getByRole('link', { name: 'Create state machine' }).click();
    await page.locator('#diagnostics .valid').waitFor();
    await page.getByLabel('Name').fill('pasted');
    await page.getByLabel('Type').selectOption('Express');
    await editor().click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(PASTED);
    await problems().first().waitFor();
    expect(await problems().first().textContent()).toMatch(/line 7, column 5 Missing 'Next' target: Don/);
    await replace('Next: Don', 'Next: Done');
    await page.locator('#diagnostics .valid').waitFor();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.waitForURL('**/state-machines/pasted');
    await page.getByRole('button', { name: 'Start execution' }).click();
    await page.locator('h1 .badge.succeeded').waitFor();
    expect(JSON.parse(definition('pasted'))).toMatchObject({ Comment: 'From a file', StartAt: 'Greet' });
  });

  test('without scripts, the same form checks and saves', async () => {
    const quiet = await browser.context.browser()?.newContext({ javaScriptEnabled: false });
    if (!quiet) throw new Error('the browser is gone');
    const still = await quiet.newPage();
    await still.goto(`${server.url}/console/state-machines/pasted/edit`);
    const text = still.getByLabel('Definition');
    const typed = await text.inputValue();
    await text.fill(typed.replace('"Done"', '"Don"'));
    await still.getByRole('button', { name: 'Check' }).click();
    expect(await problems(still).first().textContent()).toContain('line 8, column 7');
    expect(await text.inputValue()).toContain('"Don"');
    await screenshotOf(still, 'edit-without-script');
    await text.fill(typed.replace('hello', 'good day'));
    await still.getByRole('button', { name: 'Save' }).click();
    expect(await outcome(still).textContent()).toContain('Saved.');
    expect(definition('pasted')).toContain('good day');
    await quiet.close();
  });

  test.each(['light', 'dark'] as const)('axe-core finds no serious problems: %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    for (const path of ['state-machines/orders/edit', 'create-state-machine']) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await open(path);
      await replace('"End": true', '"Next": "B"');
      await problems().first().waitFor();
      await page.getByRole('button', { name: 'Find' }).click();
      await page.locator('.cm-search').waitFor();
      for (const width of [1280, 400]) {
        await page.setViewportSize({ width, height: 900 });
        expect([path, width, await seriousFindings(page)]).toEqual([path, width, []]);
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
        await screenshotOf(page, `edit-${colorScheme}-${width}-${path.split('/')[0]}`);
      }
    }
  });
});
