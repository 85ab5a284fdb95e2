import { existsSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { awsSource, createConsole } from '../../src/console';
import { Account } from '../../src/local-aws/account';
import { type RunningServer, startServer } from '../../src/local-aws/server';
import { type OpenBrowser, openBrowser } from '../console/browser';
import { trust, zipOf } from '../local-aws/http/harness';
import { sharedFolder } from '../local-aws/lambda/support';
import { describeWith } from '../support/tools';

// What holds without an access key has to hold by the guard alone.
describeWith(['chromium'], 'a page of another port of this machine', () => {
  let folder: string;
  let account: Account;
  let server: RunningServer;
  let foreign: Server;
  let browser: OpenBrowser;

  beforeAll(async () => {
    folder = sharedFolder('hostile-page-');
    account = new Account();
    const pages = createConsole(awsSource(account));
    server = await startServer(account, { pages: (request) => pages.fetch(request) });
    foreign = createServer((_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<a href="${server.url}/console">console</a>`),
    );
    await new Promise<void>((ready) => foreign.listen(0, ready));
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await new Promise((closed) => foreign?.close(closed));
    await server?.close();
    await account?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const address = (host: string) => `http://${host}:${(foreign.address() as AddressInfo).port}`;

  test.each(['localhost', '127.0.0.1', 'app.localhost'])(
    'of %s: makes no role, runs no code, reads and embeds nothing',
    async (host) => {
      const proof = join(folder, 'proof');
      const page = await browser.context.newPage();
      await page.goto(address(host));
      const source = `require('fs').writeFileSync(${JSON.stringify(proof)}, ''); exports.handler = async () => 1;`;
      const role = {
        Action: 'CreateRole',
        Version: '2010-05-08',
        RoleName: 'hostile',
        AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      };
      const code = {
        FunctionName: 'hostile',
        Role: 'arn:aws:iam::000000000000:role/hostile',
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Code: { ZipFile: Buffer.from(zipOf(source)).toString('base64') },
      };
      const read = await page.evaluate(
        async ({ url, form, code }) => {
          // A form and plain text need no preflight.
          const post = (path: string, body: string | URLSearchParams) =>
            fetch(url + path, { method: 'POST', mode: 'no-cors', body });
          await post('/', new URLSearchParams(form));
          await post('/2015-03-31/functions', code);
          await post('/2015-03-31/functions/hostile/invocations', '{}');
          return fetch(`${url}/console/`).then(
            (response) => response.text(),
            () => 'nothing',
          );
        },
        { url: server.url, form: role, code: JSON.stringify(code) },
      );
      expect(read).toBe('nothing');
      expect(account.iam.listRoles({}).Roles).toEqual([]);
      expect(account.lambda.listFunctions({}).Functions).toEqual([]);
      expect(existsSync(proof)).toBe(false);

      const embedded = page.waitForResponse(`${server.url}/console/`);
      await page.setContent(`<iframe src="${server.url}/console/"></iframe>`);
      expect((await embedded).status()).toBe(403);
      await page.close();
    },
  );

  test.each(['localhost', '127.0.0.1'])('of %s: its link to the console opens it', async (host) => {
    const page = await browser.context.newPage();
    await page.goto(address(host));
    await page.getByRole('link').click();
    await page.waitForURL(`${server.url}/console`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('State machines');
    await page.close();
  });

  test('with an access key: its link opens the console of a person who has the key, and of nobody else', async () => {
    const pages = createConsole(awsSource(account));
    const locked = await startServer(account, {
      accessKeyOf: () => 'LOCAL0123456789ABCDEF0123456789ABCDEF',
      pages: (request) => pages.fetch(request),
    });
    const page = await browser.context.newPage();
    const follow = async () => {
      await page.goto(address('localhost'));
      const answer = page.waitForResponse(`${locked.url}/console`);
      await page.setContent(`<a href="${locked.url}/console">console</a>`);
      await page.getByRole('link').click();
      return (await answer).status();
    };
    expect(await follow()).toBe(403);
    await page.goto(locked.consoleUrl);
    expect(page.url()).toBe(`${locked.url}/console`);
    expect(await follow()).toBe(200);
    await page.close();
    await locked.close();
  });
});
