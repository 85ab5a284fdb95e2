import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { awsSource, createConsole } from '../../src/console';
import { Account } from '../../src/local-aws/account';
import { deployTerraformJson } from '../../src/local-aws/deployment';
import { type RunningServer, startServer } from '../../src/local-aws/server';
import { synthesize } from '../fixture/synthesize';
import { trust } from '../local-aws/http/harness';
import { describeWith } from '../support/tools';
import { type OpenBrowser, openBrowser } from './browser';

describeWith(['chromium'], 'the workflow, deployed to the local AWS, in its console', () => {
  let folder: string;
  let account: Account;
  let server: RunningServer;
  let browser: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'console-local-'));
    account = new Account({ region: 'us-east-1' });
    await deployTerraformJson(account, synthesize(folder), {});
    const pages = createConsole(awsSource(account));
    server = await startServer(account, { pages: (request) => pages.fetch(request) });
    browser = await openBrowser();
    page = await browser.context.newPage();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await account?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts an execution with the form and waits for its end. */
  async function run(input: string): Promise<void> {
    await page.goto(`${server.url}/`);
    await page.getByRole('link', { name: 'error-handling', exact: true }).click();
    await page.getByLabel('Input').fill(input);
    await page.getByRole('button', { name: 'Start execution' }).click();
    await page.waitForURL('**/executions/*');
    await page.locator('h1 .badge.succeeded').waitFor();
  }

  const statuses = async () =>
    Object.fromEntries(
      await Promise.all(
        ['Test', 'SuccessState', 'HandleError', 'FailState'].map(async (name) => {
          const state = page.locator(`.diagram [data-state="${name}"]`);
          return [name, (await state.getAttribute('class'))?.replace('state ', '')];
        }),
      ),
    );

  test('without an error', async () => {
    await run('{}');
    expect(await statuses()).toEqual({
      Test: 'succeeded',
      SuccessState: 'succeeded',
      HandleError: 'not-run',
      FailState: 'not-run',
    });
    expect(await page.locator('.events tbody tr').count()).toBe(9);
    expect(await page.getByText('called error_handler').count()).toBe(0);
  });

  test('with an error that is caught', async () => {
    await run('{"fail": true}');
    expect(await statuses()).toEqual({
      Test: 'caught',
      SuccessState: 'not-run',
      HandleError: 'succeeded',
      FailState: 'succeeded',
    });
    expect(await page.locator('.events tbody tr').count()).toBe(14);
    expect(await page.getByRole('group', { name: 'Log of /aws/lambda/Error' }).textContent()).toContain(
      'called error_handler',
    );
  });

  test('overlapping executions have separate log lines', async () => {
    const machine = account.states.listStateMachines().stateMachines[0]?.stateMachineArn ?? '';
    const inputs = ['{}', '{"fail": true}', '{"fail": true, "n": 2}'];
    const started = inputs.map((input) => account.states.startExecution({ stateMachineArn: machine, input }));
    const requests: string[][] = [];
    for (const { executionArn } of started) {
      await account.states.executionEnded(executionArn);
      await page.goto(
        `${server.url}/console/state-machines/error-handling/executions/${executionArn.split(':')[7]}`,
      );
      const logs = await page.locator('.invocation').allTextContents();
      const own = logs.map((text) => /request ([\da-f-]+)/.exec(text)?.[1] ?? '');
      // Each block has only the lines of its own request.
      for (const [i, text] of logs.entries()) {
        expect([...new Set(text.match(/(?<=RequestId: )[\da-f-]+/g))]).toEqual([own[i]]);
      }
      requests.push(own);
    }
    expect(requests.map((own) => own.length)).toEqual([1, 2, 2]);
    expect(new Set(requests.flat()).size).toBe(5);
  });

  test('a state links to the log of its invocation', async () => {
    await run('{"fail": true}');
    await page.locator('.diagram [data-state="HandleError"] a').click();
    await page.locator('.visit[open] a.lines').click();
    const log = page.locator('.invocation:target');
    expect(await log.textContent()).toMatch(/HandleError[\s\S]*called error_handler/);
  });

  describe('a state machine that waits', () => {
    const definition = JSON.stringify({
      StartAt: 'Hour',
      States: { Hour: { Type: 'Wait', Seconds: 3600, End: true } },
    });

    /** Creates it, and opens its page. */
    async function open(type: 'STANDARD' | 'EXPRESS'): Promise<void> {
      const { Role } = account.iam.createRole({
        RoleName: `wait-${type}`,
        AssumeRolePolicyDocument: trust('states.amazonaws.com'),
      });
      account.states.createStateMachine({ name: `wait-${type}`, type, definition, roleArn: Role.Arn });
      await page.goto(`${server.url}/console/state-machines/wait-${type}`);
    }

    test.each(['STANDARD', 'EXPRESS'] as const)(
      '%s: start, stop, start again, edit the input',
      async (type) => {
        await open(type);
        await page.getByLabel('Input').fill('{"n": 1}');
        await page.getByRole('button', { name: 'Start execution' }).press('Enter');
        await page.locator('h1 .badge.in-progress').waitFor();
        await page.getByRole('button', { name: 'Stop' }).press('Enter');
        await page.locator('h1 .badge.aborted').waitFor();
        expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0);
        expect(await page.locator('.events').textContent()).toContain('ExecutionAborted');

        const first = page.url();
        await page.getByRole('button', { name: 'Start again' }).click();
        await page.locator('h1 .badge.in-progress').waitFor();
        expect(page.url()).not.toBe(first);
        await page.getByRole('button', { name: 'Stop' }).click();
        await page.locator('h1 .badge.aborted').waitFor();

        await page.getByRole('link', { name: 'Edit input and start' }).click();
        expect(await page.getByLabel('Input').inputValue()).toBe('{"n": 1}');
        const runs = page.getByRole('region', { name: 'Executions', exact: true }).locator('tbody tr');
        expect(await runs.count()).toBe(2);
        await runs.first().getByRole('link').click();
        await page.locator('h1 .badge.aborted').waitFor();
      },
    );
  });

  test('the role’s permissions are the deployed ones', async () => {
    await page.goto(`${server.url}/console/state-machines/error-handling`);
    const row = page.getByRole('row', { name: /lambda:InvokeFunction/ });
    expect(await row.textContent()).toMatch(/function:Test.*function:Error/);
  });
});
