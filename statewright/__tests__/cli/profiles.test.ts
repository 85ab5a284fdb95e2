import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { addProfiles, awsFiles, isAwsFile, noAwsFiles } from '../../src/cli/aws-files';
import { localEnvironment } from '../../src/cli/local-environment';
import { profilesIn } from '../../src/cli/terraform-guard/profiles';
import { protect } from '../../src/cli/terraform-guard/protect';

const address = { url: 'http://127.0.0.1:4567', accessKeyId: `LOCAL${'0'.repeat(32)}` };

let folder: string;
const before = process.env.XDG_STATE_HOME;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'profiles-test-'));
  process.env.XDG_STATE_HOME = join(folder, 'state');
});
afterEach(() => {
  process.env.XDG_STATE_HOME = before;
  if (before === undefined) delete process.env.XDG_STATE_HOME;
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
const profilesOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/^\[(.+)\]$/gm)].map(([, name]) => name);

describe('the files', () => {
  test('have the default profile and the named ones, with the access key of the local AWS', () => {
    const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = awsFiles(address, ['dev', 'default']);
    expect(readFileSync(AWS_CONFIG_FILE, 'utf8')).toBe(
      '[default]\nendpoint_url = http://127.0.0.1:4567\n\n[profile dev]\nendpoint_url = http://127.0.0.1:4567\n',
    );
    const credentials = `aws_access_key_id = ${address.accessKeyId}\naws_secret_access_key = local\n`;
    expect(readFileSync(AWS_SHARED_CREDENTIALS_FILE, 'utf8')).toBe(
      `[default]\n${credentials}\n[dev]\n${credentials}`,
    );
    expect(statSync(AWS_SHARED_CREDENTIALS_FILE).mode & 0o777).toBe(0o600);
    expect(isAwsFile(AWS_CONFIG_FILE)).toBe(true);
  });

  test('keep the profiles of other shells', () => {
    awsFiles(address, ['dev']);
    const { AWS_SHARED_CREDENTIALS_FILE } = awsFiles(address, ['prod']);
    expect(profilesOf(AWS_SHARED_CREDENTIALS_FILE)).toEqual(['default', 'dev', 'prod']);
  });

  test('a name that no profile can have', () => {
    expect(() => awsFiles(address, ['a]\n[b'])).toThrow('cannot be the name of a profile');
  });

  test('files of the user are never written', () => {
    write({ 'aws-config-4567': 'mine' });
    const file = join(folder, 'aws-config-4567');
    addProfiles({ AWS_CONFIG_FILE: file, AWS_ENDPOINT_URL: address.url }, ['dev']);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(isAwsFile(file)).toBe(false);
    addProfiles({ ...noAwsFiles, AWS_ENDPOINT_URL: address.url }, ['dev']);
  });
});

describe('the profiles of a configuration', () => {
  test('those of its providers, in HCL and JSON', () => {
    write({
      'main.tf':
        'provider "aws" {\n  profile = "dev"\n}\nprovider "aws" {\n  alias = "x"\n  profile = "other"\n}\n',
      'more.tf.json': '{"provider": {"aws": [{"alias": "y", "profile": "json"}]}}',
    });
    expect(profilesIn(folder, {})).toEqual(['dev', 'other', 'json']);
  });

  test('those of a variable: its default, its values in files and in the environment', () => {
    write({
      'main.tf': 'variable "p" {\n  default = "dev"\n}\nprovider "aws" {\n  profile = var.p\n}\n',
      'terraform.tfvars': 'p = "tfvars"\n',
    });
    expect(profilesIn(folder, { TF_VAR_p: 'variable' })).toEqual(['dev', 'tfvars', 'variable']);
  });

  test('those of synthesized CDKTF stacks', () => {
    write({ 'cdktf.out/stacks/a/cdk.tf.json': '{"provider": {"aws": [{"profile": "cdktf"}]}}' });
    expect(profilesIn(folder, {})).toEqual(['cdktf']);
  });

  test('none of a configuration that cannot be read, or has none', () => {
    write({ 'main.tf': 'provider "aws" {' });
    expect(profilesIn(folder, {})).toEqual([]);
    expect(profilesIn(join(folder, 'state'), {})).toEqual([]);
  });
});

test('the guard adds the profiles of the configuration that Terraform will read', () => {
  const files = awsFiles(address, []);
  write({ 'main.tf': 'provider "aws" {\n  profile = "late"\n}\n' });
  protect(
    [`-chdir=${folder}`, 'plan'],
    { ...localEnvironment(address.url, address.accessKeyId, undefined, files) },
    false,
  );
  expect(profilesOf(files.AWS_SHARED_CREDENTIALS_FILE)).toEqual(['default', 'late']);
  expect(profilesOf(files.AWS_CONFIG_FILE)).toEqual(['default', 'profile late']);
});
