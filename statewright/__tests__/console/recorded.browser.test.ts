import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readRecording, recordingsOf } from '../../src/cli/recorded-console';
import { Recordings } from '../../src/console';
import { toAwsHistoryJson } from '../../src/history/aws-history';
import { deployDefinition, functionArn, returns } from '../../src/testing';
import { describeWith } from '../support/tools';
import { type OpenBrowser, openBrowser, type ServedConsole, seriousFindings, serveConsole } from './browser';
import { StandInSource } from './stand-in';

/** A loop with a call: five states, eight events, until the history is full. */
const definition = {
  StartAt: 'Call',
  States: {
    Call: { Type: 'Task', Resource: functionArn('call'), Next: 'Again' },
    Again: {
      Type: 'Choice',
      Choices: [{ Variable: '$.done', BooleanEquals: true, Next: 'Done' }],
      Default: 'Pause',
    },
    Pause: { Type: 'Wait', Seconds: 1, Next: 'Call' },
    Done: { Type: 'Succeed' },
  },
};

describeWith(['chromium'], 'recorded executions in the console', () => {
  let browser: OpenBrowser;
  let served: ServedConsole;
  let recordings: Recordings;
  let page: Page;
  let file: string;

  beforeAll(async () => {
    browser = await openBrowser();
    const workflow = await deployDefinition(definition);
    workflow.replace('call', returns({ done: false, text: 'x'.repeat(200) }));
    const { events } = await workflow.run();
    expect(events).toHaveLength(25_000);
    file = join(mkdtempSync(join(tmpdir(), 'recorded-')), 'long.json');
    writeFileSync(file, toAwsHistoryJson(events));
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    recordings = new Recordings(readRecording);
    served = await serveConsole(recordings.in(new StandInSource()));
    page = await browser.context.newPage();
  });
  afterEach(async () => {
    await page.close();
    await served.close();
  });

  test('a file with 25,000 events that is dropped on the home page is shown like a local execution', async () => {
    await page.goto(served.address);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByLabel(/get-execution-history/).setInputFiles(file);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.waitForURL(/recorded/);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/^long\s+Failed/);
    await page.locator('.diagram [data-state="Call"]').waitFor();
    expect(await page.locator('.diagram [data-state]').count()).toBe(3);
    expect(await page.locator('#live-status').textContent()).toContain('25,000');
    expect(await page.locator('.timeline').count()).toBeGreaterThan(0);
    expect(await page.getByRole('button', { name: 'Start again' }).count()).toBe(0);
  });

  test('with its definition, all states are in the diagram', async () => {
    const events = (
      await (await deployDefinition({ StartAt: 'A', States: { A: { Type: 'Succeed' } } })).run()
    ).events;
    const both = { StartAt: 'A', States: { A: { Type: 'Succeed' }, B: { Type: 'Succeed' } } };
    const source = new StandInSource();
    const arn = recordings.add(source, recordingsOf({ name: 'short.json', events }, JSON.stringify(both)));
    await page.goto(
      `${served.address}/console/state-machines/history%20(recorded)/executions/${arn.split(':')[7]}`,
    );
    expect(await page.locator('.diagram [data-state]').count()).toBe(2);
  });

  test('a file dropped anywhere is opened; one that is not a history is refused with the reason', async () => {
    await page.goto(served.address);
    // As text: it runs in the page.
    const drop = (text: string) =>
      page.evaluate(`
        const transfer = new DataTransfer();
        transfer.items.add(new File([${JSON.stringify(text)}], 'dropped.json'));
        document.body.dispatchEvent(
          new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
        );`);
    await drop('{"not": "a history"}');
    await page.getByText('dropped.json has no execution history').waitFor();
  });
});
