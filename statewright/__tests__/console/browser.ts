import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { type ConsoleSource, createConsole } from '../../src/console';
import { chromiumPath } from '../support/tools';

/** A browser with its own empty profile. */
export interface OpenBrowser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<OpenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'console-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    viewport: { width: 1280, height: 900 },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** The console on a port of this machine. */
export interface ServedConsole {
  readonly address: string;
  close(): Promise<void>;
}

export async function serveConsole(source: ConsoleSource): Promise<ServedConsole> {
  const app = createConsole(source);
  const server = await new Promise<ServerType>((resolve) => {
    const started = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve(started));
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      // The browser keeps connections open for the next page.
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}

/** Writes a screenshot to the folder SCREENSHOTS, if set. */
export async function screenshotOf(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/**
 * The serious accessibility problems that axe-core finds in a page, by rule.
 * @param rules what is looked at (default: everything)
 */
export async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  const isLoaded = await page.evaluate<boolean>("'axe' in globalThis");
  if (!isLoaded) await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(
          options: object,
        ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run({ resultTypes: ['violations'], ...(runOnly && { runOnly }) });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }, rules);
}

/**
 * Expects no serious accessibility problem, and nothing that scrolls sideways, at 1280 and 400 px, in the light and the
 * dark.
 * @param name of the screenshots
 */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  for (const width of [1280, 400]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await screenshotOf(page, `${name}-light-${width}`);
  }
  // The dark changes the colours alone.
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await seriousFindings(page, ['color-contrast'])).toEqual([]);
  await screenshotOf(page, `${name}-dark-400`);
  await page.setViewportSize({ width: 1280, height: 900 });
}
