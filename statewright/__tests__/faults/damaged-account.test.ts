import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Account } from '../../src/local-aws/account';
import { loadSqlite } from '../../src/local-aws/persistence/database';
import { openStore } from '../../src/local-aws/persistence/store';
import { awsErrorOf } from '../local-aws/context';
import { trust, zipOf } from '../local-aws/http/harness';
import { asIfKilled } from '../local-aws/persistence/killed';

let folder: string;
let executionArn: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'damaged-'));
  const store = await openStore(folder);
  const account = new Account({ openTable: store.openTable });
  const { Role } = account.iam.createRole({
    RoleName: 'r',
    AssumeRolePolicyDocument: trust('states.amazonaws.com'),
  });
  const { stateMachineArn } = account.states.createStateMachine({
    name: 'state',
    definition: JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } }),
    roleArn: Role.Arn,
  });
  executionArn = account.states.startExecution({ stateMachineArn, input: '{"n":1}' }).executionArn;
  await account.states.executionEnded(executionArn);
  await account.close();
  store.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Uses the account, and closes it again. */
async function withAccount<T>(work: (account: Account) => T | Promise<T>, place = folder): Promise<T> {
  const store = await openStore(place);
  try {
    return await work(new Account({ openTable: store.openTable }));
  } finally {
    store.close();
  }
}

const file = () => join(folder, 'account.db');

/** Changes the database with another program. */
async function change(sql: string): Promise<void> {
  const database = (await loadSqlite())(file());
  database.exec(sql);
  database.close();
}

test.each<[string, () => void, RegExp]>([
  ['emptied', () => truncateSync(file(), 0), /account\.db cannot be read: it does not hold an account/],
  ['cut off', () => truncateSync(file(), 4096 * 3 + 100), /account\.db cannot be read/],
  [
    'of another kind',
    () => writeFileSync(file(), 'x'.repeat(10_000)),
    /account\.db cannot be read: .*not a database/,
  ],
  [
    'with other bytes in its middle',
    () => {
      const bytes = readFileSync(file());
      for (let page = 1; page < bytes.length / 4096; page++) bytes.fill(0xff, page * 4096, page * 4096 + 200);
      writeFileSync(file(), bytes);
    },
    /account\.db cannot be read/,
  ],
])('a database file that was %s is refused, and does not change', async (_, damage, message) => {
  damage();
  // Except for the header, which SQLite changes when it opens the file.
  const records = () => readFileSync(file()).subarray(100);
  const before = records();
  const error = await withAccount(() => undefined).catch((thrown) => thrown);
  expect([error.name, error.message]).toEqual(['DamagedAccountError', expect.stringMatching(message)]);
  expect(error.hint).toMatch(/^It was left as it is\./);
  expect(records().equals(before)).toBe(true);
});

test.each(['lock.db', 'account.db'])('a folder in the place of %s is refused', async (name) => {
  rmSync(join(folder, name));
  mkdirSync(join(folder, name));
  await expect(withAccount(() => undefined)).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringMatching(/db cannot be opened\.$/),
  });
});

test.each([
  ['a record that is null', `UPDATE "iam.roles" SET value = 'null'`],
  ['a record that was edited', `UPDATE "states.machines" SET value = replace(value, 'Pass', 'Fail')`],
  ['a record under another key', `UPDATE "iam.roles" SET key = 'other'`],
  ['a missing column', `ALTER TABLE "iam.roles" DROP COLUMN checksum`],
  ['a newer format', 'PRAGMA user_version = 99'],
])('%s is refused', async (_, sql) => {
  await change(sql);
  await expect(withAccount(() => undefined)).rejects.toMatchObject({ name: 'DamagedAccountError' });
});

test.each([
  ['record is null', `UPDATE "states.executions" SET value = 'null'`],
  ['details are missing', 'DELETE FROM "states.execution-details"'],
  ['details were changed', `UPDATE "states.execution-details" SET value = '{}'`],
])('an execution whose %s says so, and the others work', async (_, sql) => {
  await change(sql);
  await withAccount(async (account) => {
    for (const read of [account.states.describeExecution, account.states.getExecutionHistory]) {
      expect(await awsErrorOf(() => read({ executionArn }))).toMatch(/^StorageFailure: /);
    }
    expect(account.states.listStateMachines().stateMachines).toHaveLength(1);
  });
});

test('a partly written change is lost as a whole; all before it is kept', async () => {
  const store = await openStore(folder);
  const table = store.openTable<string>('notes');
  table.set('kept', 'whole');
  table.set('torn', 'x'.repeat(900));
  const copy = asIfKilled(folder);
  store.close();
  const log = join(copy, 'account.db-wal');
  truncateSync(log, readFileSync(log).length - 10);

  const reopened = await openStore(copy);
  expect([...reopened.openTable<string>('notes').values()]).toEqual(['whole']);
  reopened.close();
  rmSync(copy, { recursive: true });
});

test('a code package that has changed or is missing is not run, until it is uploaded again', async () => {
  const request = { FunctionName: 'f' };
  await withAccount((account) => {
    account.iam.createRole({ RoleName: 'f', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
    account.lambda.createFunction({
      ...request,
      Role: `arn:aws:iam::${account.accountId}:role/f`,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf('') },
    });
  });
  const packages = join(folder, 'lambda.packages');
  const [name = ''] = readdirSync(packages);
  writeFileSync(join(packages, name), 'other');
  const failure = /^StorageFailure: The code package [0-9a-f]{64} is missing or damaged\.$/;
  await withAccount(async (account) => {
    expect(await awsErrorOf(() => account.lambda.getCode(request))).toMatch(failure);
    account.lambda.updateFunctionCode({ ...request, ZipFile: zipOf('') });
    expect(Buffer.compare(account.lambda.getCode(request), zipOf(''))).toBe(0);
    rmSync(join(packages, name));
    expect(await awsErrorOf(() => account.lambda.invoke(request))).toMatch(failure);
    await account.close();
  });
});
