import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyProject } from '../../fixture/synthesize';
import { describeWith } from '../../support/tools';
import { realSettings } from '../real-settings';
import { LocalAws, plainSettings } from '../running-local';
import { cli, run } from '../shell';

let folder: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aws-cli-'));
  copyProject(folder);
  env = plainSettings(folder);
});
afterEach(() => {
  LocalAws.killAll();
  rmSync(folder, { recursive: true });
});

describeWith(['aws'], 'the AWS CLI with the exports', () => {
  test('calls the local AWS, whatever the settings of its user are', async () => {
    const local = await LocalAws.start(['--quiet', '--deploy'], { cwd: folder, env });
    const { stdout: exports } = await run(process.execPath, [...cli, 'env', '--port', local.port], {
      cwd: folder,
      env,
    });
    const settings = realSettings(folder);
    const aws = async (...args: string[]) => {
      const script = ['-ec', `${exports}\naws "$@"`, 'aws', ...args];
      const { exitCode, stdout, stderr } = await run('sh', script, { cwd: folder, env: settings });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      return JSON.parse(stdout);
    };
    const { stateMachines } = await aws('stepfunctions', 'list-state-machines');
    expect(stateMachines).toMatchObject([{ name: 'error-handling' }]);
    expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: '000000000000' });

    const trust = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    };
    const role = ['--role-name', 'express', '--assume-role-policy-document', JSON.stringify(trust)];
    const { Role } = await aws('iam', 'create-role', ...role);
    const { stateMachineArn } = await aws(
      'stepfunctions',
      'create-state-machine',
      ...['--name', 'express', '--type', 'EXPRESS', '--role-arn', Role.Arn],
      ...['--definition', '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}'],
    );
    const execution = ['--state-machine-arn', stateMachineArn, '--input', '{"a": 1}'];
    expect(await aws('stepfunctions', 'start-sync-execution', ...execution)).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"a": 1}',
    });
    await local.stop('SIGTERM');
  });
});
