import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** A browser with an empty profile of its own. */
export interface OpenBrowser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** A group of tests in a browser; where there is none, it is reported as skipped, with the reason. */
export function describeInBrowser(title: string, tests: () => void): void {
  if (existsSync(CHROMIUM)) describe(title, tests);
  else {
    const reason = `no browser at ${CHROMIUM}: install Debian's chromium, or name one by CHROMIUM_PATH`;
    // Jest names no skipped test unless it is asked to.
    process.stderr.write(`Skipped: ${title}: ${reason}\n`);
    describe(title, () => test.skip(reason, () => {}));
  }
}

export async function openBrowser(): Promise<OpenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'console-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
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
