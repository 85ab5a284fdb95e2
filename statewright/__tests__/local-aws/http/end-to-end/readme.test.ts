import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { accessKeyOf } from '../../../../src/cli/access-key';
import { Account } from '../../../../src/local-aws/account';
import { type RunningServer, startServer } from '../../../../src/local-aws/server';
import { copyProject, STACK } from '../../../fixture/synthesize';
import { eventLine, seedCases } from '../../../seed-cases';
import { describeWith } from '../../../support/tools';

const repository = resolve(__dirname, '../../../../..');
const readme = readFileSync(join(repository, 'README.md'), 'utf8');

/** The fixture has the example's names, except the state machine's. */
const STATE_MACHINE = 'error-handling';

/** The README's commands for a second shell next to `npm run local`, from the exports to `destroy`. */
const [exportsLine = '', ...commands] = (
  /^```\n(eval "\$\(npm -s run local:env\)"\n[^`]*cdktf destroy[^`]*)^```$/m.exec(readme)?.[1] ?? ''
)
  .trim()
  .split('\n');

describeWith(['aws', 'terraformProviders'], "the README's commands against a local AWS", () => {
  let folder: string;
  let account: Account;
  let server: RunningServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'readme-'));
    copyProject(folder);
    for (const name of ['package.json', 'statewright'])
      symlinkSync(join(repository, name), join(folder, name));
    const stack = join(folder, 'cdktf.out/stacks', STACK);
    mkdirSync(stack, { recursive: true });
    // Without access to the registry, this pins the versions of the local mirror.
    const override = process.env.TERRAFORM_OVERRIDE;
    if (override) copyFileSync(override, join(stack, 'override.tf.json'));
    account = new Account();
    // As a user does: with an access key, which the commands read from its file.
    process.env.XDG_STATE_HOME = join(folder, 'state');
    server = await startServer(account, { accessKeyOf });
  });
  afterAll(async () => {
    await server.close();
    await account.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs a command after the exports; it must succeed. Returns its output. */
  function type(commandOfExample: string): Promise<string> {
    const command = commandOfExample.replace(/:state\b/, `:${STATE_MACHINE}`);
    const { port } = new URL(server.url);
    const script = `${exportsLine.replace('local:env', `local:env -- --port ${port}`)}\n${command}`;
    const options = { cwd: folder, maxBuffer: 1e8, env: { ...process.env } };
    return new Promise((done, failed) => {
      execFile('sh', ['-ec', script], options, (error, stdout, stderr) =>
        error ? failed(new Error(`${command}\n${stdout}${stderr}`)) : done(stdout),
      );
    });
  }

  test('work as described, in this order', async () => {
    const printed = new Map<string, string>();
    for (const command of commands) {
      const answer = await type(command);
      const [, operation = command] = /^aws \w+ ([\w-]+)/.exec(command) ?? [];
      printed.set(operation, answer);
      if (operation === 'start-execution')
        await account.states.executionEnded(JSON.parse(answer).executionArn);
    }
    const read = (operation: string) => JSON.parse(printed.get(operation) ?? '');
    expect(read('list-state-machines').stateMachines).toMatchObject([{ name: STATE_MACHINE }]);
    const { events } = read('get-execution-history');
    expect(events.map(eventLine)).toEqual(seedCases[1]?.events);
    expect(events.at(-1).executionSucceededEventDetails.output).toBe('"handled error"');
    const messages = read('filter-log-events').events.map(({ message }: { message: string }) => message);
    expect(messages).toContainEqual(expect.stringContaining('called error_handler'));

    expect(account.states.listStateMachines().stateMachines).toEqual([]);
    expect(account.lambda.listFunctions().Functions).toEqual([]);
    expect(account.iam.listRoles().Roles).toEqual([]);
    expect(account.logs.describeLogGroups().logGroups).toEqual([]);
  });
});
