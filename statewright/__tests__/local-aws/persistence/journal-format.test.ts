import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Account } from '../../../src/local-aws/account';
import { openStore } from '../../../src/local-aws/persistence/store';

/** An account that version 0.1.0 wrote, and that was killed while its execution `order-4` was running. */
const journalAccount = join(__dirname, 'journal-account');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  cpSync(journalAccount, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:orders';
const executionArn = (name: string) => `arn:aws:states:us-east-1:000000000000:execution:orders:${name}`;
const contents = () =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

test('an account of version 0.1.0 is converted once, with all that it had', async () => {
  for (const converted of [join(folder, 'journal-format'), undefined]) {
    const store = await openStore(folder);
    expect(store.converted).toBe(converted);
    const account = new Account({ openTable: store.openTable });
    const { states, lambda, iam, logs } = account;
    expect(
      states.listExecutions({ stateMachineArn }).executions.map(({ name, status }) => [name, status]),
    ).toEqual([
      ['order-4', 'FAILED'],
      ['order-3', 'SUCCEEDED'],
      ['order-2', 'FAILED'],
      ['order-1', 'SUCCEEDED'],
    ]);
    expect(states.describeExecution({ executionArn: executionArn('order-1') })).toMatchObject({
      input: '{"seconds":0,"amount":7}',
      output: '{"charged":7}',
      stateMachineAliasArn: `${stateMachineArn}:live`,
    });
    expect(states.getExecutionHistory({ executionArn: executionArn('order-1') }).events).toHaveLength(11);
    expect(states.listLambdaInvocations({ executionArn: executionArn('order-1') })).toHaveLength(1);
    const ranWith = (name: string) =>
      JSON.parse(states.describeStateMachineForExecution({ executionArn: executionArn(name) }).definition);
    expect(Object.keys(ranWith('order-1').States)).toContain('Done');
    expect(Object.keys(ranWith('order-3').States)).toContain('Charged');
    expect(states.listStateMachineVersions({ stateMachineArn }).stateMachineVersions).toHaveLength(2);
    expect(iam.listRoles({}).Roles.map(({ RoleName }) => RoleName)).toEqual(['function', 'machine']);
    expect(logs.filterLogEvents({ logGroupName: '/aws/lambda/Charge' }).events.length).toBeGreaterThan(5);
    const answer = await lambda.invoke({
      FunctionName: 'Charge',
      Qualifier: '1',
      Payload: '{"amount":3}',
    });
    expect(String(answer.Payload)).toBe('{"charged":3}');
    await account.close();
    store.close();
  }
  // The old files are still found, unchanged.
  const aside = join(folder, 'journal-format');
  expect(readdirSync(aside)).toEqual(readdirSync(journalAccount));
  for (const name of readdirSync(aside)) {
    expect(readFileSync(join(aside, name))).toEqual(readFileSync(join(journalAccount, name)));
  }
});

test('a last line without its end is left out', async () => {
  const journal = join(folder, 'journal-2.jsonl');
  writeFileSync(journal, `${readFileSync(journal, 'utf8')}{"table":"iam.roles","key":"machine"`);
  const store = await openStore(folder);
  expect(new Account({ openTable: store.openTable }).iam.listRoles({}).Roles).toHaveLength(2);
  store.close();
});

test.each<[string, () => void, RegExp]>([
  [
    'a journal without its snapshot',
    () => rmSync(join(folder, 'snapshot-2.jsonl')),
    /journal-2\.jsonl cannot be read: the file snapshot-2\.jsonl, which it belongs to, is missing\./,
  ],
  ...['null', '7', 'x', '{}', '{"table":"iam.roles","key":"r","value":null}'].map(
    (line): [string, () => void, RegExp] => [
      `the line ${line}`,
      () => writeFileSync(join(folder, 'journal-2.jsonl'), `${line}\n`),
      /journal-2\.jsonl cannot be read: line 1 is not an entry of a journal\./,
    ],
  ),
  [
    'an execution without its members',
    () =>
      writeFileSync(
        join(folder, 'journal-2.jsonl'),
        '{"table":"states.executions","key":"arn","value":{"status":"SUCCEEDED"}}\n',
      ),
    /journal-2\.jsonl cannot be read/,
  ],
])('%s is refused with the reason, and nothing is changed', async (_, damage, message) => {
  damage();
  const before = contents();
  const error = await openStore(folder).catch((thrown) => thrown);
  expect([error.name, error.message]).toEqual(['DamagedAccountError', expect.stringMatching(message)]);
  const after = contents();
  delete after['lock.db'];
  expect(after).toEqual(before);
});

test('an account that version 0.1.0 has open is not touched', async () => {
  const script = 'exec 3<"$0"; echo open; read line';
  const other = spawn('sh', ['-c', script, join(folder, 'journal-2.jsonl')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exit = once(other, 'exit');
  try {
    await once(other.stdout, 'data');
    writeFileSync(join(folder, 'lock'), String(other.pid));
    const before = contents();
    await expect(openStore(folder)).rejects.toThrow(`is in use by process ${other.pid}.`);
    expect(contents()).toEqual(before);
  } finally {
    other.stdin.end();
  }
  await exit;
  (await openStore(folder)).close();
});

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('the number of its process keeps nobody out when another process has it now', async () => {
  writeFileSync(join(folder, 'lock'), '1');
  (await openStore(folder)).close();
});
