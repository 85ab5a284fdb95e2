import { readFileSync } from 'node:fs';
import { describeWith } from '../../../support/tools';
import { Project, realState, resource } from '../project';

let project: Project;
beforeEach(async () => {
  project = await Project.start();
});
afterEach(() => project.close());

const backend = (type: string, settings = '') => `
terraform {
  backend "${type}" {
    ${settings}
  }
}
`;

/** Everything that a user does with a configuration, up to destroy. */
const wholeLife = `
  terraform init -input=false
  terraform apply -auto-approve -input=false
  terraform plan -input=false -detailed-exitcode
  terraform state list
  echo terraform_data.made.input | terraform console
  terraform destroy -auto-approve -input=false
`;

describeWith(
  ['terraform'],
  'the state of real resources, in a shell with the exports, does not change',
  () => {
    afterEach(() => expect(project.asked).toEqual([]));

    test.each<[string, Readonly<Record<string, string>>]>([
      ['no backend', { 'main.tf': resource, 'terraform.tfstate': realState('a') }],
      [
        'no backend, in JSON, with a selected workspace',
        {
          'main.tf.json': JSON.stringify({ resource: { terraform_data: { made: { input: 'x' } } } }),
          'terraform.tfstate.d/prod/terraform.tfstate': realState('a'),
          '.terraform/environment': 'prod',
        },
      ],
      ['a local backend', { 'main.tf': resource + backend('local'), 'terraform.tfstate': realState('a') }],
      [
        'a local backend with path and workspace_dir, and other states in the folder',
        {
          'main.tf': resource + backend('local', 'path = "states/real.tfstate"\n workspace_dir = "states"'),
          'terraform.tfstate': realState('a'),
          'terraform.tfstate.d/prod/terraform.tfstate': realState('b'),
          'states/real.tfstate': realState('c'),
          'states/prod/terraform.tfstate': realState('d'),
          '.terraform/environment': 'prod',
        },
      ],
      [
        'a local backend that an override file puts in the place of another',
        {
          'main.tf': resource + backend('http', 'address = "http://127.0.0.1:1"'),
          'local_override.tf.json': '{"terraform": {"backend": {"local": {}}}}',
          'terraform.tfstate': realState('a'),
        },
      ],
    ])('%s', async (_, files) => {
      project.write(files);
      const before = project.files();
      const output = await project.succeed(wholeLife);
      expect(output).toContain('terraform_data.made\n');
      expect(output).toContain('Destroy complete! Resources: 1 destroyed.');
      expect(project.files()).toEqual(before);
    });

    test('a folder that was initialized without the exports, with its lock file and provider settings', async () => {
      project.write({ 'main.tf': resource + backend('local', 'path = "real.tfstate"') });
      await project.real('terraform init && terraform apply -auto-approve && terraform workspace new prod');
      project.write({ '.terraform.lock.hcl': '# The lock file of this folder.\n' });
      const before = project.files();
      expect(Object.keys(before)).toEqual(
        expect.arrayContaining(['.terraform/terraform.tfstate', '.terraform/environment', 'real.tfstate']),
      );

      await project.succeed('terraform init && terraform init -reconfigure && terraform apply -auto-approve');
      expect(await project.succeed('terraform output -raw made')).toBe('statewright');
      expect(await project.succeed('echo terraform_data.made.output | terraform console')).toBe(
        '"statewright"\n',
      );
      expect(project.files()).toEqual(before);
      expect(await project.real('terraform workspace select default >&2; terraform output -raw made')).toBe(
        'default',
      );
    });

    test('a folder that is initialized without the exports after a local deployment: nothing local is copied', async () => {
      project.write({ 'main.tf': resource + backend('local', 'path = "real.tfstate"') });
      await project.succeed('terraform init && terraform apply -auto-approve');
      expect(await project.real('terraform init -input=false')).toContain(
        'Successfully configured the backend "local"!',
      );
      expect(await project.real('terraform workspace list')).toBe('* default\n\n');
    });

    test.each([
      ['use_lockfile', 'use_lockfile = true'],
      ['a DynamoDB table', 'dynamodb_table = "locks"'],
      [
        'its own settings',
        `use_lockfile = true
       encrypt = true
       profile = "company"
       allowed_account_ids = ["123456789012"]
       shared_config_files = ["/nonexistent"]
       endpoints = { s3 = "https://elsewhere.invalid" }
       assume_role = { role_arn = "arn:aws:iam::123456789012:role/real" }`,
      ],
    ])('an S3 backend with %s: the local AWS keeps the state', async (_, settings) => {
      const where = 'bucket = "company"\n key = "a/state"\n region = "eu-west-1"\n';
      project.write({
        'main.tf': resource + backend('s3', where + settings),
        '.terraform/environment': 'prod',
      });
      const before = project.files();
      expect(await project.succeed(wholeLife)).toContain('Destroy complete! Resources: 1 destroyed.');
      expect(project.files()).toEqual(before);
      expect(project.requests).toContain('PUT /company/env%3A/statewright/a/state');
    });

    test('an S3 backend whose settings are on the command line', async () => {
      project.write({
        'main.tf': resource + backend('s3'),
        'real.tfbackend': 'bucket = "company"\nprofile = "company"\n',
      });
      const env = { TF_CLI_ARGS_init: '-backend-config=region=eu-west-1 -backend-config="key=a/state"' };
      await project.succeed('terraform init -backend-config=real.tfbackend; terraform apply -auto-approve', {
        env,
      });
      expect(project.requests).toContain('PUT /company/env%3A/statewright/a/state');
    });

    test('an S3 state is locked while it is in use', async () => {
      const kinds = [
        ['use_lockfile = true', 'PreconditionFailed'],
        ['dynamodb_table = "locks"', 'ConditionalCheckFailedException'],
      ] as const;
      for (const [settings, lock] of kinds) {
        const where = `bucket = "company"\n key = "${lock}"\n region = "eu-west-1"\n`;
        project.write({ [`${lock}/main.tf`]: resource + backend('s3', where + settings) });
        // While terraform waits for an answer, it holds the lock.
        const script = `
        terraform init -input=false >&2
        mkfifo answer
        terraform apply <answer >first &
        exec 3>answer
        until grep -q 'Only .yes. will be accepted' first; do sleep 0.1; done
        terraform apply -auto-approve -no-color >second 2>&1 && echo 'not locked'
        echo yes >&3; wait $!
        cat first second`;
        const output = await project.succeed(script, { below: lock });
        expect(output).toContain('Error acquiring the state lock');
        expect(output).toContain(lock);
        expect(output).toContain('Apply complete!');
      }
    });

    test('two stacks in folders of one project, and a second checkout, have separate states', async () => {
      const folders = ['checkout/one', 'checkout/two', 'again/one'];
      for (const folder of folders) project.write({ [`${folder}/main.tf`]: resource });
      for (const folder of folders) await project.succeed(`terraform -chdir=${folder} apply -auto-approve`);
      await project.succeed('terraform -chdir=checkout/one destroy -auto-approve');
      expect(await project.succeed('terraform -chdir=checkout/one state list')).toBe('');
      expect(await project.succeed('terraform -chdir=checkout/two state list')).toBe('terraform_data.made\n');
      expect(await project.succeed('terraform state list', { below: 'again/one' })).toBe(
        'terraform_data.made\n',
      );
    });

    test('terraform test and a saved plan', async () => {
      project.write({
        'main.tf': resource,
        'terraform.tfstate': realState('a'),
        'made.tftest.hcl':
          'run "made" {\n  assert {\n    condition = output.made == "statewright"\n    error_message = "other"\n  }\n}\n',
      });
      const before = project.files();
      expect(await project.succeed('terraform init && terraform test')).toContain('1 passed, 0 failed');
      await project.succeed(
        'terraform plan -out=.terraform-local/plan && terraform apply .terraform-local/plan',
      );
      expect(
        await project.succeed(
          'terraform plan -out=.terraform-local/plan >&2; terraform show .terraform-local/plan',
        ),
      ).toContain('No changes.');
      expect(project.files()).toEqual(before);
    });

    test('a saved plan of the real state is refused', async () => {
      project.write({ 'main.tf': resource });
      await project.real('terraform init && terraform plan -out=plan');
      const before = project.files();
      const { exitCode, stderr } = await project.shell('terraform apply plan');
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining('made for the workspace "default"')]);
      for (const command of ['show plan', 'plan -out=plan', 'graph -plan=plan', 'apply -- plan']) {
        expect((await project.shell(`terraform ${command}`)).stderr).toContain('terraform was not run');
      }
      expect(project.files()).toEqual(before);
    });
  },
);

describeWith(['terraformProviders'], 'a dependency lock file', () => {
  /** Providers are installed as usual. */
  const { HTTPS_PROXY = '', https_proxy = HTTPS_PROXY } = process.env;
  const registry = { env: { HTTPS_PROXY, https_proxy } };

  const providers = (...names: string[]) => {
    const { required_providers: pinned = {} } = JSON.parse(
      process.env.TERRAFORM_OVERRIDE
        ? readFileSync(process.env.TERRAFORM_OVERRIDE, 'utf8')
        : '{"terraform": {}}',
    ).terraform;
    const required = names.map((name) => [name, pinned[name] ?? { source: `hashicorp/${name}` }]);
    return JSON.stringify({ terraform: { required_providers: Object.fromEntries(required) } });
  };

  test('that exists does not change', async () => {
    project.write({ 'main.tf.json': providers('archive') });
    await project.real('terraform init');
    const before = project.files();
    expect(before['.terraform.lock.hcl']).toBeDefined();
    await project.succeed('terraform init && terraform apply -auto-approve', registry);
    for (const command of ['terraform init -upgrade', 'terraform providers lock']) {
      const { exitCode, stderr } = await project.shell(command, registry);
      expect([exitCode, stderr]).toEqual([
        1,
        expect.stringContaining(`${command} would change .terraform.lock.hcl.`),
      ]);
    }
    expect(project.files()).toEqual(before);
  });

  test('that a local deployment has created follows the configuration, until something else changes it', async () => {
    project.write({ 'main.tf.json': providers() });
    await project.succeed('terraform init', registry);
    project.write({ 'main.tf.json': providers('archive') });
    await project.succeed('terraform init && terraform plan && terraform init -upgrade', registry);
    expect(project.read('.terraform.lock.hcl')).toContain('hashicorp/archive');

    await project.succeed('terraform plan', registry);
    project.write({ '.terraform.lock.hcl': `# Mine\n${project.read('.terraform.lock.hcl')}` });
    const { stderr } = await project.shell('terraform init -upgrade', registry);
    expect(stderr).toContain('would change .terraform.lock.hcl');
  });
});
