import type { Page } from 'playwright-core';
import type { Problem } from '../../src/console';
import { caught, failed, success } from '../history/histories';
import { errorHandling, samples } from '../machines';
import { describeWith } from '../support/tools';
import {
  expectAccessible,
  type OpenBrowser,
  openBrowser,
  type ServedConsole,
  screenshotOf,
  serveConsole,
} from './browser';
import { StandInSource } from './stand-in';

/** The console in a real browser. Screenshots are written to the folder SCREENSHOTS, if set. */
describeWith(['chromium'], 'the console in a browser', () => {
  let source: StandInSource;
  let served: ServedConsole;
  let browser: OpenBrowser;
  let address: string;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser?.close());

  beforeEach(async () => {
    source = new StandInSource();
    served = await serveConsole(source);
    address = served.address;
    page = await browser.context.newPage();
    faults = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
  });

  afterEach(async () => {
    await page.close();
    await served.close();
  });

  const state = (name: string) => page.locator(`.diagram [data-state="${name}"]`);
  const fill = (name: string) =>
    page.evaluate<string>(`getComputedStyle(document.querySelector('[data-state="${name}"] .card')).fill`);

  const screenshot = (name: string) => screenshotOf(page, name);

  test('from the list to an execution whose error was caught', async () => {
    await page.goto(address);
    await screenshot('state-machines');
    await page.locator('#live-machines').getByRole('link', { name: 'state' }).click();
    await screenshot('state-machine');
    await page.getByRole('link', { name: 'was-caught' }).click();
    await screenshot('execution-caught');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/was-caught\s+Succeeded/);
    expect(await Promise.all(['Test', 'HandleError', 'FailState', 'SuccessState'].map(fill))).toEqual([
      'rgb(253, 243, 225)',
      'rgb(237, 247, 238)',
      'rgb(237, 247, 238)',
      'rgb(255, 255, 255)',
    ]);
    expect(await page.getByText('called error_handler').isVisible()).toBe(true);
    expect(faults).toEqual([]);
  });

  test('a state of the diagram links to its details', async () => {
    await page.goto(`${address}/console/state-machines/state/executions/was-caught`);
    await state('Test').locator('a').click();
    const details = page.locator('#visit-2');
    expect(await details.getByText('the test failed').first().isVisible()).toBe(true);
  });

  test('starting an execution and following it to its end', async () => {
    await page.goto(`${address}/console/state-machines/state`);
    await page.getByLabel('Input').fill('{"fail": true}');
    await page.getByLabel('Name').fill('from-browser');
    await page.getByRole('button', { name: 'Start execution' }).click();
    await page.waitForURL('**/executions/from-browser');
    expect(await state('Test').getAttribute('class')).toBe('state in-progress');
    await screenshot('execution-running');
    await page.locator('#visit-2 > summary').click();

    source.advance('state', 'from-browser', caught.slice(4));
    await page.locator('.diagram .state.caught[data-state="Test"]').waitFor();
    await page.locator('main:not([data-running])').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/Succeeded/);
    expect(await state('FailState').getAttribute('class')).toBe('state succeeded');
    expect(await page.locator('#visit-2').getAttribute('open')).not.toBeNull();
    expect(await page.locator('.events tbody tr').count()).toBe(14);
    expect(faults).toEqual([]);
  });

  test('input that is not valid JSON is rejected in the form', async () => {
    await page.goto(`${address}/console/state-machines/state`);
    await page.getByLabel('Input').fill('{"fail": tru}');
    await page.getByRole('button', { name: 'Start execution' }).click();
    expect(await page.getByRole('alert').textContent()).toMatch(
      /^The input is not valid JSON: line 1, column 10/,
    );
    expect(await page.locator(':focus').getAttribute('id')).toBe('input');
    expect(await page.getByLabel('Input').inputValue()).toBe('{"fail": tru}');
    await screenshot('input-refused');
  });

  test('everything works with the keyboard', async () => {
    await page.goto(`${address}/console/state-machines/state/executions/was-caught`);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
    const test = state('Test').locator('a');
    await test.focus();
    await page.keyboard.press('Enter');
    const summary = page.locator('#visit-7 > summary');
    await summary.focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#visit-7').getAttribute('open')).not.toBeNull();
    expect(await page.locator('#visit-2').getAttribute('open')).not.toBeNull();
  });

  test('reading works without scripts', async () => {
    source.addRun('state', 'running', caught.slice(0, 9), '{}');
    const quiet = await browser.context.browser()?.newContext({ javaScriptEnabled: false });
    if (!quiet) throw new Error('the browser is gone');
    const still = await quiet.newPage();
    await still.goto(`${address}/console/state-machines/state/executions/running`);
    const refreshed = still.waitForEvent('framenavigated');
    source.advance('state', 'running', caught.slice(9));
    await refreshed;
    await still.locator('h1 .badge.succeeded').waitFor();
    await still.locator('#visit-2 > summary').click();
    expect(await still.locator('#visit-2 pre').first().isVisible()).toBe(true);
    await quiet.close();
  });

  test('a state named <script> is text', async () => {
    source.addMachine('hostile', samples['names-escaped']?.definition ?? {});
    await page.goto(`${address}/console/state-machines/hostile`);
    expect(await page.locator('.diagram .name').first().innerHTML()).toContain('&lt;script&gt;');
    expect(await page.locator('.diagram script').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test.each([
    '',
    'state-machines/state',
    'state-machines/nope',
    'state-machines/orders/executions/two',
    'state-machines/state/executions/was-caught/compare',
    'state-machines/busy',
  ])('axe-core finds no serious problems, in the light and the dark, at /%s', async (path) => {
    source.addMachine('busy', errorHandling);
    for (let i = 0; i < 30; i++) source.addRun('busy', `run-${i}`, i % 2 === 0 ? failed : success, '{}');
    const { definition = {}, events = [] } = samples['map-iterations'] ?? {};
    source.addMachine('orders', definition);
    source.addRun('orders', 'two', events, '[1,2]');
    await page.goto(`${address}/console/${path}`);
    await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
    await expectAccessible(page, path.replaceAll('/', '-') || 'home');
  });

  test('errors of a project that is being edited are on top of an open page until they are fixed', async () => {
    let problems: readonly Problem[] = [];
    source.problems = () => problems;
    await page.goto(`${address}/console/state-machines/state`);
    const banner = page.locator('#problems');
    expect(await banner.locator('section').count()).toBe(0);

    const file = `src/${'a-very-long-folder-name/'.repeat(6)}definition.ts`;
    const error = `${file}(12,34): error TS2322: Type '"Shipp"' is not assignable to type '"Ship" | "Pack"'.`;
    problems = [
      { title: 'Types', text: Array.from({ length: 20 }, () => error).join('\n') },
      {
        title: 'Deployment',
        text: 'MISSING_TRANSITION_TARGET: Missing Next target: Shipp\n→ Did you mean "Ship"?',
      },
    ];
    await banner.getByRole('region', { name: 'Deployment' }).waitFor();
    await expectAccessible(page, 'problems');
    // Twenty errors leave space for the page, and the keyboard scrolls them.
    expect((await banner.boundingBox())?.height).toBeLessThan(450);
    const list = banner.locator('pre').first();
    await list.focus();
    const scrolled = list.evaluate(
      (element) => new Promise((resolve) => element.addEventListener('scroll', resolve)),
    );
    await page.keyboard.press('End');
    await scrolled;

    problems = problems.slice(1);
    await banner.getByRole('region', { name: 'Types' }).waitFor({ state: 'detached' });
    expect(await banner.textContent()).toContain('Did you mean "Ship"?');
    problems = [];
    await banner.locator('section').waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
  });

  test('a narrow screen does not scroll sideways', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    for (const path of ['', 'state-machines/state', 'state-machines/state/executions/was-caught']) {
      await page.goto(`${address}/console/${path}`);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect([path, width]).toEqual([path, 390]);
    }
    await screenshot('narrow');
  });
});
