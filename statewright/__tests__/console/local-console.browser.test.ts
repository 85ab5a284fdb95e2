import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { awsFunctions, awsSource, createConsole } from '../../src/console';
import { Account } from '../../src/local-aws/account';
import { deployTerraformJson } from '../../src/local-aws/deployment';
import { type RunningServer, startServer } from '../../src/local-aws/server';
import { synthesize } from '../fixture/synthesize';
import { trust, zipOf } from '../local-aws/http/harness';
import { describeWith } from '../support/tools';
import { expectAccessible, type OpenBrowser, openBrowser } from './browser';

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
    const pages = createConsole({ ...awsSource(account), functions: awsFunctions(account) });
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
    await page.locator('#live-machines').getByRole('link', { name: 'error-handling' }).click();
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
    // The log's head leads to the function, whose page has the end of its whole log.
    await log.getByRole('link', { name: '/aws/lambda/Error' }).click();
    const whole = page.getByRole('group', { name: 'Log of /aws/lambda/Error' });
    expect((await whole.textContent())?.match(/called error_handler/g)?.length).toBeGreaterThan(1);
    expect(await whole.evaluate((pre) => pre.scrollTop)).toBeGreaterThan(0);
    await expectAccessible(page, 'function');
    await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Functions' }).click();
    expect(await page.locator('tbody th').allTextContents()).toEqual(['Error', 'Test']);
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

  describe('what runs is followed', () => {
    /** A state machine of one Task, with a role for it. */
    function create(name: string, Resource: string): string {
      const { Role } = account.iam.createRole({
        RoleName: name,
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: ['states', 'lambda'].map((service) => ({
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: `${service}.amazonaws.com` },
          })),
        }),
      });
      account.iam.putRolePolicy({
        RoleName: name,
        PolicyName: 'calls',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: ['lambda:InvokeFunction', 'logs:*'], Resource: '*' },
        }),
      });
      const definition = JSON.stringify({
        StartAt: 'Call',
        States: { Call: { Type: 'Task', Resource, End: true } },
      });
      account.states.createStateMachine({ name, definition, roleArn: Role.Arn });
      return Role.Arn;
    }

    test('the log of a function that runs, at its end', async () => {
      const functionArn = `arn:aws:lambda:us-east-1:${account.accountId}:function:talks`;
      const Role = create('talking', functionArn);
      const talking = `arn:aws:states:us-east-1:${account.accountId}:stateMachine:talking`;
      account.logs.createLogGroup({ logGroupName: '/aws/lambda/talks' });
      const source = `exports.handler = async () => {
        for (let i = 1; i <= 60; i++) console.log('line ' + i);
        await new Promise((resolve) => setTimeout(resolve, 400));
        console.log('still here');
        await new Promise((resolve) => setTimeout(resolve, 50_000));
      };`;
      account.lambda.createFunction({
        FunctionName: 'talks',
        Role,
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Timeout: 60,
        Code: { ZipFile: zipOf(source) },
      });
      await page.goto(`${server.url}/console/state-machines/talking`);
      await page.getByRole('button', { name: 'Start execution' }).click();
      const log = page.getByRole('group', { name: 'Log of /aws/lambda/talks' });
      await log.getByText('still here').waitFor();
      expect(await page.locator('h1 .badge').textContent()).toBe('Running');
      const rest = await log.evaluate((pre) => pre.scrollHeight - pre.clientHeight - pre.scrollTop);
      expect(Math.round(rest)).toBe(0);
      // Who reads further up stays there. The page notices when it draws.
      await log.evaluate((pre) => pre.scrollTo(0, 0));
      expect(await page.locator('.timeline').textContent()).toMatch(/Lambda\s+talks\s+cold start/);
      account.states.listExecutions({ stateMachineArn: talking }).executions.forEach(({ executionArn }) => {
        void account.states.stopExecution({ executionArn });
      });
      await page.locator('h1 .badge.aborted').waitFor();
      expect(await log.evaluate((pre) => pre.scrollTop)).toBe(0);
    });

    test('the home page and the page of a state machine show new executions by themselves', async () => {
      create('failing', `arn:aws:lambda:us-east-1:${account.accountId}:function:missing`);
      const stateMachineArn = `arn:aws:states:us-east-1:${account.accountId}:stateMachine:failing`;
      await page.goto(`${server.url}/console`);
      const row = page.locator('#live-machines tr', { has: page.getByRole('link', { name: 'failing' }) });
      expect(await row.textContent()).toMatch(/–\s*0/);
      const { executionArn } = account.states.startExecution({ stateMachineArn, name: 'first' });
      await account.states.executionEnded(executionArn);
      await row.getByText('Failed').waitFor();
      await page.locator('#live-recent').getByRole('link', { name: 'first' }).waitFor();
      await row.getByRole('link', { name: 'failing' }).click();
      await page.getByLabel('Input').fill('{"kept": true}');
      account.states.startExecution({ stateMachineArn, name: 'second' });
      await page.locator('#live-executions').getByRole('link', { name: 'second' }).waitFor();
      expect(await page.getByLabel('Input').inputValue()).toBe('{"kept": true}');
      expect(await page.locator('.permissions > summary').textContent()).toMatch(
        /failing\s+with 1 statement in 1 policy/,
      );
    });

    test('an execution that is redriven continues in its page', async () => {
      await page.goto(`${server.url}/console/state-machines/failing/executions/first`);
      await page.getByRole('button', { name: 'Redrive' }).press('Enter');
      await page.locator('#live-events').getByText('ExecutionRedriven').waitFor();
      await page.locator('.facts').getByText('Redrives').waitFor();
      await page.locator('h1 .badge.failed').waitFor();
    });

    test('executions are found by what is in them', async () => {
      const stateMachineArn = `arn:aws:states:us-east-1:${account.accountId}:stateMachine:error-handling`;
      for (const input of ['{"order": "A-17"}', '{"order": "A-18"}']) {
        account.states.startExecution({ stateMachineArn, input });
      }
      await page.goto(`${server.url}/console/state-machines/error-handling`);
      const names = page.locator('#live-executions tbody tr');
      await page.getByLabel('Find', { exact: true }).fill('a-17');
      await page.getByLabel('Find', { exact: true }).press('Enter');
      await page.waitForURL('**find=**');
      expect(await names.count()).toBe(1);
      await page.getByRole('link', { name: 'Clear' }).click();
      await page.waitForURL((url) => !url.search.includes('find'));
      expect(await names.count()).toBeGreaterThan(1);
    });
  });

  test('the role’s permissions are the deployed ones', async () => {
    await page.goto(`${server.url}/console/state-machines/error-handling`);
    await page.locator('.permissions > summary').press('Enter');
    const row = page.getByRole('row', { name: /lambda:InvokeFunction/ });
    expect(await row.textContent()).toMatch(/function:Test.*function:Error/);
  });
});
