import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { copyProject, STACK } from '../../../fixture/synthesize';
import { describeWith } from '../../../support/tools';
import { cli, run } from '../../shell';
import { Project, realState } from '../project';

const root = resolve(__dirname, '../../../../..');
const cdktf = join(root, 'node_modules/.bin/cdktf');

let project: Project;
beforeEach(async () => {
  project = await Project.start();
});
afterEach(() => project.close());

describeWith(['terraform'], 'a CDKTF project with two stacks', () => {
  test('has a local state for each, and its own states do not change', async () => {
    project.write({
      'cdktf.json': JSON.stringify({
        language: 'typescript',
        app: 'node main.js',
        projectId: 'two',
        sendCrashReports: 'false',
      }),
      'main.js': `
        const { App, DataResource, TerraformStack } = require('cdktf');
        const app = new App();
        for (const name of ['one', 'two']) {
          const stack = new TerraformStack(app, name);
          new DataResource(stack, 'made', { input: name });
        }
        app.synth();`,
      'terraform.one.tfstate': realState('one'),
      'terraform.two.tfstate': realState('two'),
    });
    symlinkSync(join(root, 'node_modules'), join(project.folder, 'node_modules'));
    const own = () => [project.read('terraform.one.tfstate'), project.read('terraform.two.tfstate')];
    const before = own();
    const list = (name: string) =>
      project.succeed('terraform state list', { below: `cdktf.out/stacks/${name}` });

    const deployed = await project.succeed(`'${cdktf}' deploy one two --auto-approve; '${cdktf}' diff one`);
    expect(deployed).toContain('No changes.');
    await project.succeed(`'${cdktf}' synth; '${cdktf}' destroy two --auto-approve`);
    expect([await list('one'), await list('two')]).toEqual(['terraform_data.made\n', '']);
    expect(own()).toEqual(before);
  });
});

describeWith(['terraformProviders'], 'a CDKTF project that is deployed with exec', () => {
  test('reaches only the local AWS, and its own state is neither read nor written', async () => {
    copyProject(project.folder);
    const stack = join(project.folder, 'cdktf.out/stacks', STACK);
    mkdirSync(stack, { recursive: true });
    // Without a registry, this pins the versions of a mirror.
    const override = process.env.TERRAFORM_OVERRIDE;
    if (override) copyFileSync(override, join(stack, 'override.tf.json'));
    // Not a state: reading it fails.
    project.write({ [`terraform.${STACK}.tfstate`]: 'real' });

    const deploy = async (command: string) => {
      const args = [
        ...cli,
        'exec',
        '--port',
        new URL(project.url).port,
        '--',
        cdktf,
        command,
        '--auto-approve',
      ];
      const { HTTPS_PROXY = '', https_proxy = HTTPS_PROXY } = process.env;
      const env = { ...project.environment(), HTTPS_PROXY, https_proxy };
      const { exitCode, stdout, stderr } = await run(process.execPath, args, { cwd: project.folder, env });
      expect({ exitCode, output: exitCode === 0 ? '' : stdout + stderr }).toEqual({
        exitCode: 0,
        output: '',
      });
    };
    await deploy('deploy');
    expect(project.requests).toContain('AWSStepFunctions.CreateStateMachine');
    await deploy('destroy');
    expect(project.requests).toContain('AWSStepFunctions.DeleteStateMachine');
    expect(project.read(`terraform.${STACK}.tfstate`)).toBe('real');
  });
});
