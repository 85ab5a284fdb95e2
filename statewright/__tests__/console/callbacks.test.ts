import { awsCallbacks, awsSource, createConsole } from '../../src/console';
import { Account } from '../../src/local-aws/account';
import { trust } from '../local-aws/http/harness';

const origin = 'http://127.0.0.1:4566';
const EXECUTION = '/console/state-machines/asks/executions/one';

let account: Account;
let stateMachineArn: string;
let pages: ReturnType<typeof createConsole>;
let executionArn: string;

beforeEach(async () => {
  // The answer of the queue has an id, too, which is not a token.
  const sent = { output: '{"MessageId":"00000000-0000-4000-8000-000000000000"}' };
  account = new Account({ standIns: [{ resource: '*sqs*', invoke: () => sent }] });
  const { Role } = account.iam.createRole({
    RoleName: 'asks',
    AssumeRolePolicyDocument: trust('states.amazonaws.com'),
  });
  const definition = JSON.stringify({
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: {
          QueueUrl: 'q',
          MessageBody: {
            order: '11111111-1111-4111-8111-111111111111',
            'input.$': '$',
            'token.$': '$$.Task.Token',
          },
        },
        End: true,
      },
    },
  });
  ({ stateMachineArn } = account.states.createStateMachine({
    name: 'asks',
    roleArn: Role.Arn,
    definition,
  }));
  ({ executionArn } = account.states.startExecution({ stateMachineArn, name: 'one' }));
  pages = createConsole({ ...awsSource(account), callbacks: awsCallbacks(account) });
});

afterEach(() => account.close());

const page = async (path = EXECUTION) => (await pages.request(`${origin}${path}`)).text();
const tokenIn = (text: string) => /name="token" value="([^"]+)"/.exec(text)?.[1];
/** The token, once the Task waits for it. */
async function token(path = EXECUTION): Promise<string> {
  for (let i = 0; i < 100; i++) {
    const found = tokenIn(await page(path));
    if (found !== undefined) return found;
  }
  throw new Error('The Task does not wait for a token.');
}
const answer = async (form: Record<string, string>, from = origin) =>
  pages.request(`${origin}${EXECUTION}/answer`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: from },
    body: new URLSearchParams(form).toString(),
  });

test('a Task that waits for its token is answered with an output', async () => {
  const response = await answer({ answer: 'success', token: await token(), output: '{"ok": true}' });
  expect([response.status, response.headers.get('location')]).toEqual([303, EXECUTION]);
  await account.states.executionEnded(executionArn);
  expect(account.states.describeExecution({ executionArn })).toMatchObject({ output: '{"ok": true}' });
  expect(tokenIn(await page())).toBeUndefined();
});

test('or with an error', async () => {
  await answer({ answer: 'failure', token: await token(), error: 'Refused', cause: 'by a person' });
  await account.states.executionEnded(executionArn);
  expect(account.states.describeExecution({ executionArn })).toMatchObject({
    error: 'Refused',
    cause: 'by a person',
  });
});

test('the token of another execution, which the Task passes on, is not its own', async () => {
  const input = JSON.stringify({ former: await token() });
  const second = account.states.startExecution({ stateMachineArn, name: 'two', input });
  const own = await token('/console/state-machines/asks/executions/two');
  account.states.sendTaskSuccess({ taskToken: own, output: '{}' });
  await account.states.executionEnded(second.executionArn);
  expect(account.states.describeExecution({ executionArn }).status).toBe('RUNNING');
});

test('what AWS would reject is refused, and forms of other sites do nothing', async () => {
  const wrong = await answer({ answer: 'success', token: await token(), output: '{' });
  expect([wrong.status, await wrong.text()]).toEqual([409, expect.stringContaining('Invalid Output')]);
  const form = { answer: 'success', token: await token(), output: '{}' };
  expect((await answer(form, 'https://evil.example')).status).toBe(403);
  expect(account.states.describeExecution({ executionArn }).status).toBe('RUNNING');
});
