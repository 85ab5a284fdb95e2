import type { Page } from 'playwright-core';
import type { EventSpec } from '../history/histories';
import { history } from '../history/histories';
import { chain, errorHandling, samples } from '../machines';
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

/** A Map of many items, the last but one of which fails. */
const ITEMS = 1_200;
const item = (index: number): EventSpec[] => {
  const entered = 2 + 3 * index + 2;
  return [
    { type: 'MapIterationStarted', name: 'Each', index, from: 3 },
    { type: 'PassStateEntered', name: 'Look', input: `{"order":"A-${index}"}` },
    { type: 'PassStateExited', name: 'Look', output: `${entered}` },
  ];
};
const manyItems = history(
  { type: 'ExecutionStarted', input: '{}' },
  { type: 'MapStateEntered', name: 'Each', input: '{}' },
  { type: 'MapStateStarted', length: ITEMS },
  ...Array.from({ length: ITEMS - 1 }, (_, i) => item(i)).flat(),
  ...item(ITEMS - 1).slice(0, 2),
  {
    type: 'ExecutionFailed',
    error: 'NoPrice',
    cause: '{"errorType":"NoPrice","errorMessage":"A-1199 has no price"}',
  },
);

describeWith(['chromium'], 'an execution in a browser', () => {
  let source: StandInSource;
  let served: ServedConsole;
  let browser: OpenBrowser;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    browser = await openBrowser();
    source = new StandInSource();
    const { definition = {}, events = [] } = samples['map-iterations'] ?? {};
    source.addMachine('orders', definition);
    source.addRun('orders', 'two', events, '[1,2]');
    source.addMachine('chain', chain(60));
    source.addMachine('many', errorHandling);
    source.addRun('many', 'items', manyItems, '{}');
    served = await serveConsole(source);
    page = await browser.context.newPage();
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
  });

  beforeEach(() => {
    faults = [];
  });

  afterEach(() => expect(faults).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  const open = (path: string) => page.goto(`${served.address}/console/state-machines/${path}`);
  const row = (key: string) => page.locator(`.timeline tr[data-key="${key}"]`);
  const firstBar = () => page.locator('.timeline td.axis > svg').first().getAttribute('viewBox');

  test('the timeline has a row for each state visit, with items, attempts and invocations in it', async () => {
    await open('state/executions/was-caught');
    expect(await page.locator('.timeline tbody tr').allTextContents()).toEqual([
      expect.stringMatching(/Test\s+Task\s+Caught error\s+TestError/),
      expect.stringMatching(/Lambda\s+Test/),
      expect.stringMatching(/HandleError\s+Task\s+Succeeded/),
      expect.stringMatching(/Lambda\s+Error/),
      expect.stringMatching(/FailState\s+Pass\s+Succeeded/),
    ]);
    await open('orders/executions/two');
    const labels = await page.locator('.timeline .row-name').allTextContents();
    expect(
      labels.map((text) =>
        text
          .trim()
          .split(/\s{2,}|\n/)[0]
          ?.trim(),
      ),
    ).toEqual(expect.arrayContaining(['Item 1', 'Item 2', 'Attempt 1', 'Attempt 2']));
    await screenshotOf(page, 'timeline');
  });

  test('rows are folded with the mouse and the keyboard, and stay folded', async () => {
    await open('orders/executions/two');
    const all = await page.locator('.timeline tbody tr:visible').count();
    const toggle = page.locator('.timeline .toggle').first();
    await toggle.click();
    expect(await page.locator('.timeline tbody tr:visible').count()).toBeLessThan(all);
    await toggle.press('Enter');
    expect(await page.locator('.timeline tbody tr:visible').count()).toBe(all);
    await page.getByRole('button', { name: 'Collapse all' }).press('Enter');
    expect(await toggle.getAttribute('aria-expanded')).toBe('false');
    await page.getByRole('button', { name: 'Expand all' }).press('Enter');
    expect(await page.locator('.timeline tbody tr:visible').count()).toBe(all);
  });

  test('the axis is zoomed with buttons, the wheel and by dragging', async () => {
    await open('state/executions/was-caught');
    const whole = await firstBar();
    const spanOf = async () => Number((await firstBar())?.split(' ')[2]);
    const span = await spanOf();
    await page.getByRole('button', { name: 'Zoom in' }).press('Enter');
    expect(await spanOf()).toBe(span / 2);
    await page.getByRole('button', { name: 'Later' }).click();
    expect(await firstBar()).toBe(`${span / 2} 0 ${span / 2} 20`);
    await page.getByRole('button', { name: 'Fit the whole execution' }).click();
    expect(await firstBar()).toBe(whole);

    const box = await page.locator('.timeline tbody td.axis').first().boundingBox();
    if (!box) throw new Error('the axis is not visible');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.25, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, y);
    await page.mouse.up();
    expect(await spanOf()).toBeLessThan(span * 0.6);
    const dragged = await firstBar();
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, 500);
    await page.keyboard.up('Control');
    // The browser handles the wheel when it draws.
    await page.locator(`.timeline tbody tr:first-child td.axis > svg:not([viewBox="${dragged}"])`).waitFor();
    expect(await spanOf()).toBeGreaterThan(Number(dragged?.split(' ')[2]));
  });

  test('a state that is chosen anywhere is shown everywhere, and has an address', async () => {
    await open('state/executions/was-caught');
    const selected = () =>
      page.evaluate<string[]>(
        "[...document.querySelectorAll('.selected')].map((element) => element.tagName.toLowerCase()).sort()",
      );
    await row('v-7').getByRole('link').first().press('Enter');
    expect(new URL(page.url()).hash).toBe('#visit-7');
    expect(await page.locator('#visit-7').getAttribute('open')).not.toBeNull();
    // The state in the diagram and in the list, its two rows in the timeline, and its five events.
    expect(await selected()).toEqual(['details', 'g', ...Array(7).fill('tr')]);
    await page.locator('.diagram [data-state="Test"] a').click();
    expect(await row('v-2').getAttribute('class')).toContain('selected');
    await page.locator('#visit-12 > summary').click();
    expect(new URL(page.url()).hash).toBe('#visit-12');
    expect(await page.locator('.diagram .selected').getAttribute('data-state')).toBe('FailState');
    await page.locator('#event-2').getByRole('link').click();
    expect(new URL(page.url()).hash).toBe('#visit-2');
    await screenshotOf(page, 'selection');
  });

  test('a payload is a tree, with JSON inside strings unfolded, and is copied whole or in part', async () => {
    await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()');
    await open('state/executions/was-caught#visit-7');
    const input = page.locator('#visit-7 .payload').first();
    await input.getByRole('button', { name: 'Copy Input' }).click();
    await input.getByText('Copied').waitFor();
    expect(JSON.parse(await clipboard())).toMatchObject({ Error: 'TestError' });

    await input.getByRole('button', { name: 'Tree Input' }).press('Enter');
    const tree = input.getByRole('group', { name: 'Input as a tree' });
    expect(await tree.textContent()).toContain('JSON in a string');
    expect(await tree.getByText('"the test failed"').isVisible()).toBe(true);
    await tree.getByRole('button', { name: 'Copy $.Cause.errorMessage' }).focus();
    await page.keyboard.press('Enter');
    await tree.getByText('Copied').waitFor();
    expect(await clipboard()).toBe('the test failed');
    await screenshotOf(page, 'tree');
    await input.getByRole('button', { name: 'Tree Input' }).press('Enter');
    expect(await input.locator('pre').isVisible()).toBe(true);

    await page.locator('#changes-7 > summary').press('Enter');
    expect(await page.locator('#changes-7 li').allTextContents()).toEqual([
      expect.stringMatching(/changed \$ before \{"Error".* after "handled"/),
    ]);
  });

  test('the history and the diagram are downloaded', async () => {
    await open('state/executions/was-caught');
    for (const [name, file] of [
      ['History as JSON', 'was-caught.json'],
      ['SVG', 'was-caught.svg'],
    ] as const) {
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name }).click();
      expect((await download).suggestedFilename()).toBe(file);
    }
  });

  test('a large diagram is zoomed, fitted, moved and surveyed', async () => {
    await page.goto(`${served.address}/console/state-machines/chain`);
    const box = (selector: string) => page.locator(selector).boundingBox();
    const height = async () => (await box('.drawing > svg'))?.height ?? 0;
    const scrolled = () => page.evaluate<number>("document.querySelector('.diagram').scrollTop");
    const frame = page.locator('.diagram');
    const whole = await height();

    await page.getByRole('button', { name: 'Zoom the diagram in' }).press('Enter');
    expect(await height()).toBeCloseTo(whole * 1.25, 0);
    await frame.focus();
    await page.keyboard.press('-');
    expect(await height()).toBeCloseTo(whole, 0);
    await page.keyboard.press('0');
    expect(await height()).toBeLessThanOrEqual((await frame.boundingBox())?.height ?? 0);
    expect(await page.locator('.overview').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Reset the zoom' }).click();
    expect(await height()).toBeCloseTo(whole, 0);

    const place = await frame.boundingBox();
    if (!place) throw new Error('the diagram is not visible');
    await page.mouse.move(place.x + 40, place.y + 400);
    await page.mouse.down();
    await page.mouse.move(place.x + 40, place.y + 100, { steps: 4 });
    await page.mouse.up();
    expect(await scrolled()).toBe(300);
    const overview = await page.locator('.overview').boundingBox();
    await page.locator('.overview').click({ position: { x: 5, y: (overview?.height ?? 0) - 5 } });
    expect(await page.locator('.diagram [data-state]').last().isVisible()).toBe(true);
    expect(await scrolled()).toBeGreaterThan(whole * 0.7);
    await screenshotOf(page, 'diagram');
  });

  test('the events and the executions can be read on a phone', async () => {
    await page.setViewportSize({ width: 400, height: 900 });
    await open('state/executions/was-caught');
    const table = page.locator('#live-events .scroll');
    const fits = () => table.evaluate((region) => region.scrollWidth <= region.clientWidth);
    expect(await fits()).toBe(true);
    source.addRun(
      'chain',
      '0b57b0a2-3c1d-4e5f-8a9b-0123456789ab',
      history({ type: 'ExecutionStarted', input: '{}' }),
      '{}',
    );
    await page.goto(`${served.address}/console/state-machines/chain`);
    const name = await page.getByRole('link', { name: '0b57b0a2' }).boundingBox();
    expect(name?.height).toBeLessThan(30);
    await screenshotOf(page, 'phone');
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test('the failure of one of more than a thousand states is one click away', async () => {
    const response = await open('many/executions/items');
    expect((await response?.body())?.length).toBeLessThan(1_000_000);
    expect(await page.locator('.outcome').textContent()).toContain('A-1199 has no price');
    // The items are one row of the states, and one of the timeline.
    expect(await page.locator('details.visit').count()).toBe(1);
    expect(await page.locator('.fold').textContent()).toBe(
      '1,200 items: 1,199 succeeded, 1 failed (failed only)',
    );
    expect(await page.locator('.timeline tbody tr').count()).toBe(2);
    await screenshotOf(page, 'folded');
    await page.locator('.outcome').getByRole('link', { name: 'Look' }).click();
    const failed = page.locator('details.visit:target');
    expect(await failed.getAttribute('class')).toContain('failed');
    expect(await failed.locator('pre').last().textContent()).toContain('A-1199');
    // An address that somebody passes on, without the page that it is on.
    await open('many/executions/items#visit-2000');
    await page.locator('#visit-2000[open]').waitFor();

    await page.getByLabel('Failed only').check();
    await page.waitForURL('**failed=on**');
    expect(await page.locator('details.visit').count()).toBe(2);
    await page.getByLabel('Failed only').uncheck();
    await page.waitForURL((url) => !url.search.includes('failed'));
    await page.getByRole('spinbutton', { name: 'Item' }).fill('17');
    await page.getByRole('spinbutton', { name: 'Item' }).press('Enter');
    await page.waitForURL('**item=17**');
    expect(await page.locator('details.visit').count()).toBe(1);
    await page.getByRole('link', { name: 'Clear' }).click();
    await page.getByLabel('Find', { exact: true }).fill('"a-24');
    await page.getByLabel('Find', { exact: true }).press('Enter');
    await page.waitForURL('**find=**');
    expect(await page.locator('.found').textContent()).toBe('11 of 1,201 states');
  });

  test('without a script the timeline is a table', async () => {
    const quiet = await browser.context.browser()?.newContext({ javaScriptEnabled: false });
    if (!quiet) throw new Error('the browser is gone');
    const still = await quiet.newPage();
    await still.goto(`${served.address}/console/state-machines/orders/executions/two`);
    const table = still.locator('table.timeline');
    expect(await table.locator('thead th').allTextContents()).toEqual([
      'State',
      'Status',
      'Started after',
      'Duration',
      expect.stringContaining('Time'),
    ]);
    expect(await table.locator('tbody tr:visible').count()).toBe(await table.locator('tbody tr').count());
    expect(await still.getByRole('button', { name: 'Zoom in' }).count()).toBe(0);
    await table.getByRole('link').first().click();
    expect(await still.locator('details.visit:target').count()).toBe(1);
    await quiet.close();
  });

  test.each([
    'orders/executions/two',
    'many/executions/items?find=A-1199',
    'state/executions/was-caught#visit-2',
  ])(
    'axe-core finds no serious problems in the light and the dark, at 1280 and 400 px, where nothing scrolls sideways: %s',
    async (path) => {
      await open(path);
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      await page.locator('details.visit').first().locator('[data-payload="tree"]').first().click();
      await expectAccessible(page, `execution-${path.split('/')[0]}`);
    },
  );
});
