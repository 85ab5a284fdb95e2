import { awsFunctions, awsSource, createConsole } from '../../src/console';
import { Account } from '../../src/local-aws/account';
import { trust, zipOf } from '../local-aws/http/harness';

const GROUP = '/aws/lambda/greet';
const MINUTE = 60_000;

let account: Account;
let page: (path: string) => Promise<string>;

beforeAll(() => {
  account = new Account();
  const pages = createConsole({ ...awsSource(account), functions: awsFunctions(account) });
  page = async (path) => (await pages.request(`http://127.0.0.1:4566/console${path}`)).text();
});

afterAll(() => account.close());

function createFunction(): void {
  const { Role } = account.iam.createRole({
    RoleName: 'greet',
    AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
  });
  account.lambda.createFunction({
    FunctionName: 'greet',
    Role: Role.Arn,
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Timeout: 7,
    Environment: { Variables: { API_KEY: 'secret value' } },
    Code: { ZipFile: zipOf('exports.handler = async () => 1') },
  });
}

test('an account without functions and activities', async () => {
  expect(await page('/functions')).toContain('No Lambda functions yet');
  expect(await page('/activities')).toContain('No activities yet');
  expect(await page('/functions/missing')).toContain('The function missing does not exist in this account');
  expect(await page('/functions/no%20name')).toContain('The function no name does not exist in this account');
});

test('the functions are listed, and each has a page with its configuration', async () => {
  createFunction();
  expect(await page('/functions')).toContain('<a href="/console/functions/greet">greet</a>');
  const text = await page('/functions/greet');
  expect(text).toMatch(/<dt>Timeout<\/dt><dd>7 s<\/dd>/);
  expect(text).toContain('arn:aws:lambda:us-east-1:000000000000:function:greet');
  expect(text).toContain('<dt>Environment variables</dt><dd>API_KEY</dd>');
  expect(text).not.toContain('secret value');
  expect(text).toContain('Nothing has been logged.');
});

test('the log of a function is that of all its streams, in the order of time, and can be searched', async () => {
  account.logs.createLogGroup({ logGroupName: GROUP });
  const now = Date.now() - MINUTE;
  const put = (logStreamName: string, lines: readonly (readonly [at: number, message: string])[]) => {
    account.logs.createLogStream({ logGroupName: GROUP, logStreamName });
    const logEvents = lines.map(([at, message]) => ({ timestamp: now + at, message }));
    account.logs.putLogEvents({ logGroupName: GROUP, logStreamName, logEvents });
  };
  put('one', [
    [1, 'first'],
    [3, 'third <b>'],
  ]);
  put('two', [[2, 'second']]);
  const lines = async (query: string) =>
    [...(await page(`/functions/greet${query}`)).matchAll(/<\/span> (.+)\n<\/span>/g)].map(
      ([, line]) => line,
    );
  expect(await lines('')).toEqual(['first', 'second', 'third &lt;b&gt;']);
  expect(await lines('?find=SECOND')).toEqual(['second']);
  expect(await page('/functions/greet?find=nothing')).toContain('No such lines.');
});

test('the activities are listed', async () => {
  const { activityArn } = account.states.createActivity({ name: 'approve' });
  expect(await page('/activities')).toContain(`<code class="arn">${activityArn}</code>`);
});

test('the header leads to the lists, and marks the one that the page is in', async () => {
  expect(await page('/functions/greet')).toContain(
    '<a href="/console/functions" aria-current="true">Functions</a>',
  );
  expect(await page('/')).toContain('<a href="/console/" aria-current="true">State machines</a>');
});
