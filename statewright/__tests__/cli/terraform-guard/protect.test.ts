import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { localEnvironment } from '../../../src/cli/local-environment';
import { protect } from '../../../src/cli/terraform-guard/protect';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'protect-test-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const environment = localEnvironment('http://127.0.0.1:4566');

/** The arguments that the guard passes to Terraform in the test's folder. */
function call(
  args: readonly string[],
  { env = {}, tofu = false }: { env?: NodeJS.ProcessEnv; tofu?: boolean } = {},
) {
  return protect([`-chdir=${folder}`, ...args], { ...environment, ...env }, tofu).slice(1);
}

const backend = (type: string, settings = '') =>
  `terraform {\n  backend "${type}" {\n    ${settings}\n  }\n}\n`;

describe('refuses before Terraform runs', () => {
  test.each(['http', 'remote', 'azurerm', 'gcs', 'consul', 'kubernetes', 'pg', 'oss', 'cos', 'new'])(
    'a backend "%s"',
    (type) => {
      write({ 'main.tf': backend(type) });
      for (const command of ['init', 'plan', 'apply', 'destroy', 'output', 'state', 'console', 'providers']) {
        expect(() => call([command])).toThrow(`keeps its state in another place (the backend "${type}")`);
      }
      expect(existsSync(join(folder, '.terraform-local'))).toBe(false);
    },
  );

  test.each([
    ['a cloud block', { 'main.tf': 'terraform {\n  cloud {\n  }\n}' }, 'HCP Terraform'],
    [
      'a cloud block in JSON',
      { 'main.tf.json': '{"terraform": [{"cloud": {"organization": "x"}}]}' },
      'HCP Terraform',
    ],
    [
      'a backend in an override file',
      { 'main.tf': backend('local'), 'x_override.tf': backend('http') },
      '"http"',
    ],
    [
      'a cloud block in the last override file',
      { 'a_override.tf': backend('local'), 'override.tf.json': '{"terraform": {"cloud": {}}}' },
      'HCP Terraform',
    ],
    [
      'a file that cannot be read',
      { 'main.tf': 'terraform {' },
      'The backend of this configuration is not known.',
    ],
    [
      'a backend that a second "terraform" in JSON hides',
      { 'main.tf.json': '{"terraform": {"backend": {"http": {}}}, "terraform": {}}' },
      '"terraform" appears twice',
    ],
    [
      'a backend that a second "backend" in JSON hides',
      { 'main.tf.json': '{"terraform": {"backend": {"http": {}}, "\\u0062ackend": null}}' },
      '"backend" appears twice',
    ],
    [
      'a backend in a list, in JSON',
      { 'main.tf.json': '[{"terraform": [{"backend": {"http": {}}}]}]' },
      '"http"',
    ],
    ['JSON that cannot be read', { 'main.tf.json': '{' }, 'The backend of this configuration is not known.'],
  ])('%s', (_, files, message) => {
    write(files as Readonly<Record<string, string>>);
    expect(() => call(['plan'])).toThrow(message);
  });

  test('a backend in a .tofu file, for OpenTofu', () => {
    write({ 'main.tf': backend('local'), 'main.tofu': backend('http') });
    expect(() => call(['plan'], { tofu: true })).toThrow('"http"');
    expect(call(['plan'])).toEqual(['plan']);
  });

  test.each([
    [['apply', '-state=x'], {}],
    [['state', 'mv', '-state-out', 'x', 'a', 'b'], {}],
    [['plan'], { TF_CLI_ARGS: '-no-color -state="a b"' }],
    [['apply'], { TF_CLI_ARGS_apply: "--backup 'x'" }],
    [['state', 'list'], { TF_CLI_ARGS_state_list: '-state=x' }],
    [['init', '-migrate-state'], {}],
    [['init', '-force-copy'], {}],
    [['init'], { TF_CLI_ARGS_init: '-migrate-state=true' }],
    [['init'], { TF_CLI_ARGS_init: '-reconfigure' }],
    [['init', '-from-module=x'], {}],
    [['workspace', 'delete', 'prod'], {}],
    [['workspace', 'delete ', 'prod'], {}],
    [['plan', '-state=x', '--', '-h'], {}],
    [['plan', '-state=x', '-h'], { TF_CLI_ARGS: '--' }],
    [['plan', '-state=x', '-help=true'], {}],
    [['', 'plan', '-state=x'], {}],
    [[], { TF_CLI_ARGS: 'apply' }],
  ])('the options of %j with %j', (args, env) => {
    write({ 'main.tf': '' });
    expect(() => call(args, { env })).toThrow(/^(?:Option -|TF_CLI_ARGS has|terraform workspace delete)/);
  });

  test.each([
    [['plan', '-out=terraform.tfstate'], {}],
    [['plan', '-out', '.terraform.lock.hcl'], {}],
    [['plan'], { TF_CLI_ARGS_plan: '-out=terraform.tfstate' }],
    [['plan', '-out=states/prod.json'], {}],
    [['plan', '-out=code.zip'], {}],
    [['plan', '-out=link'], {}],
    [['plan', '-out=.terraform/environment'], {}],
    [['plan', '-generate-config-out=states/prod.json'], {}],
    [['test', '-junit-xml=states/prod.json'], {}],
    [['test', '-json-into=link'], {}],
  ])('a file that %j with %j would overwrite', (args, env) => {
    write({
      'main.tf': '',
      'terraform.tfstate': '{}',
      '.terraform.lock.hcl': '',
      'states/prod.json': '{"version": 4, "lineage": "x"}',
      'code.zip': 'PK\u0003\u0004',
    });
    symlinkSync('.terraform.lock.hcl', join(folder, 'link'));
    expect(() => call(args, { env })).toThrow('would write to');
    expect(call(['plan', '-out=new'])).toEqual(['plan', '-out=new']);
    expect(call(['plan', '-out='])).toEqual(['plan', '-out=']);
  });

  test('a log in a state', () => {
    write({ 'main.tf': '', 'prod.json': '{"version": 4, "lineage": "x"}', log: '' });
    for (const name of ['prod.json', 'terraform.tfstate', '.terraform.lock.hcl']) {
      const env = { TF_LOG_PATH: join(folder, name) };
      expect(() => call(['plan'], { env })).toThrow('TF_LOG_PATH would');
      expect(() => call(['version'], { env })).toThrow('TF_LOG_PATH would');
    }
    expect(call(['plan'], { env: { TF_LOG_PATH: join(folder, 'log') } })).toEqual(['plan']);
  });

  test('a state that a command would read', () => {
    write({ 'main.tf': '', 'real.tfstate': '{"version": 4, "lineage": "x"}' });
    expect(() => call(['show', '-json', 'real.tfstate'])).toThrow('not a saved plan');
    expect(() => call(['show'], { env: { TF_CLI_ARGS_show: 'real.tfstate' } })).toThrow('not a saved plan');
    expect(() => call(['graph', '-plan=real.tfstate'])).toThrow('not a saved plan');
    expect(() => call(['state', 'push', 'real.tfstate'])).toThrow('terraform state push would read');
    expect(() => call(['state', 'push ', 'real.tfstate'])).toThrow('terraform state push would read');
    expect(call(['show', '-json'])).toEqual(['show', '-json']);
  });

  test('init whose last -backend is not false', () => {
    write({ 'main.tf': backend('http') });
    const env = { TF_CLI_ARGS: '-backend=true', TF_CLI_ARGS_init: '-backend=false' };
    expect(() => call(['init'], { env })).toThrow('"http"');
    expect(() => call(['init', '-backend=false', '-backend=true'])).toThrow('"http"');
    expect(() => call(['output', '--', '-backend=false'])).toThrow('"http"');
  });

  test.each([
    [{ TF_WORKSPACE: '' }, 'TF_WORKSPACE or TF_DATA_DIR has changed. They keep local and real states apart'],
    [
      { TF_WORKSPACE: 'default' },
      'TF_WORKSPACE or TF_DATA_DIR has changed. They keep local and real states apart',
    ],
    [
      { TF_DATA_DIR: '.terraform' },
      'TF_WORKSPACE or TF_DATA_DIR has changed. They keep local and real states apart',
    ],
    [{ AWS_ENDPOINT_URL: 'https://s3.amazonaws.com' }, 'AWS_ENDPOINT_URL would bypass the local AWS'],
    [{ AWS_ENDPOINT_URL: '' }, 'AWS_ENDPOINT_URL is not set'],
    [{ AWS_ENDPOINT_URL_S3: 'https://s3.amazonaws.com' }, 'AWS_ENDPOINT_URL_S3 would bypass the local AWS'],
    [{ AWS_S3_ENDPOINT: 'https://s3.amazonaws.com' }, 'AWS_S3_ENDPOINT would bypass the local AWS'],
    [{ AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000' }, 'AWS_ENDPOINT_URL_S3 would bypass the local AWS'],
    [
      { AWS_ENDPOINT_URL_KMS: 'https://kms.amazonaws.com' },
      'AWS_ENDPOINT_URL_KMS would bypass the local AWS',
    ],
    [{ TF_AWS_S3_ENDPOINT: 'https://s3.amazonaws.com' }, 'TF_AWS_S3_ENDPOINT would bypass the local AWS'],
    ...[
      ...['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'],
      ...['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_WEB_IDENTITY_TOKEN_FILE'],
    ].map((name) => [{ [name]: 'true' }, `${name} would bypass the local AWS.`] as const),
    ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'].map(
      (name) => [{ [name]: 'AKIAIOSFODNN7EXAMPLE' }, `${name} is not that of the local AWS.`] as const,
    ),
  ] as readonly (readonly [NodeJS.ProcessEnv, string])[])(
    'exports that were changed to %j',
    (env, message) => {
      expect(() => call(['plan'], { env })).toThrow(message);
    },
  );

  test.each([
    ['of another backend', 'backend = "http"'],
    ['of a local backend', 'backend = "local"\n config = { path = "x" }'],
    ['in S3, as another role', 'backend = "s3"\n config = { bucket = "b", role_arn = "x" }'],
    ['in an unknown place', 'backend = "s3"\n config = var.config'],
    ['of an unknown backend', 'backend = var.backend'],
  ])('a remote state %s, also in a module', (_, settings) => {
    const data = `data "terraform_remote_state" "x" {\n ${settings}\n}\n`;
    write({ 'main.tf': data });
    expect(() => call(['plan'])).toThrow('data.terraform_remote_state.x would read a state that is not');
    write({
      'main.tf': '',
      'm/main.tf': data,
      '.terraform-local/modules/modules.json': '{"Modules":[{"Key":"","Dir":"."},{"Key":"m","Dir":"m"}]}',
    });
    expect(() => call(['plan'])).toThrow('data.terraform_remote_state.x would read a state that is not');
  });

  test('a provider that bypasses the local AWS', () => {
    const provider = (url: string) => `provider "aws" {\n  endpoints {\n    sfn = "${url}"\n  }\n}\n`;
    write({ 'main.tf': provider('http://localhost:4566') });
    expect(call(['plan'])).toEqual(['plan']);
    write({ 'main.tf': provider('https://states.us-east-1.amazonaws.com') });
    expect(() => call(['plan'])).toThrow('would bypass the local AWS: sfn');
    const endpoints = [{ sfn: 'https://states.us-east-1.amazonaws.com' }];
    write({ 'main.tf': '', 'cdk.tf.json': JSON.stringify({ provider: { aws: [{ endpoints }] } }) });
    expect(() => call(['plan'])).toThrow('would bypass the local AWS: sfn');
  });

  test.each([
    'endpoints {\n sfn = var.url\n}',
    'endpoints {\n sfn = "http://127.0.0.1:9000"\n}',
    'dynamic "endpoints" {\n for_each = [1]\n content {\n sfn = "https://elsewhere.invalid"\n}\n}',
    'access_key = "AKIAIOSFODNN7EXAMPLE"',
    'access_key = var.key',
    'shared_config_files = ["x"]',
    'use_fips_endpoint = var.fips',
    'assume_role_with_web_identity {\n}',
  ])('a provider with %j, also under another name, in a module and in a test', (settings) => {
    const provider = `provider "aws" {\n ${settings}\n}\n`;
    write({ 'main.tf': provider });
    expect(() => call(['plan'])).toThrow('The provider "aws" would bypass the local AWS');
    const source = 'terraform {\n required_providers {\n x = { source = "hashicorp/aws" }\n}\n}\n';
    write({ 'main.tf': source + provider.replace('aws', 'x') });
    expect(() => call(['plan'])).toThrow('The provider "x" would bypass the local AWS');
    write({ 'main.tf': '', 'tests/a.tftest.hcl': provider });
    expect(() => call(['test'])).toThrow('The provider "aws" would bypass the local AWS');
    write({
      '.terraform-local/modules/m/main.tf': provider,
      '.terraform-local/modules/modules.json': '{"Modules":[{"Key":"m","Dir":".terraform-local/modules/m"}]}',
    });
    expect(() => call(['plan'])).toThrow('The provider "aws" would bypass the local AWS');
  });

  test('a state that terraform init would copy to an S3 backend', () => {
    write({ 'main.tf': backend('s3'), 'terraform.tfstate': '{}' });
    expect(() => call(['init'])).toThrow('would copy');
    write({ 'terraform.tfstate': '' });
    expect(call(['init'])).toContain('-backend-config=.terraform-local/s3.tfbackend');
  });

  test('a run of terraform test that keeps its state in a backend', () => {
    write({ 'main.tf': '', 'tests/a.tftest.hcl': 'run "x" {\n  backend "s3" {\n  }\n}\n' });
    expect(() => call(['test'])).toThrow('The run "x"');
  });

  test('a file that looks like a saved plan but is not valid', () => {
    write({ 'main.tf': '', plan: 'PK\u0003\u0004' });
    expect(() => call(['apply', 'plan'])).toThrow('is not a saved plan');
    expect(() => call(['apply'], { env: { TF_CLI_ARGS_apply: 'plan' } })).toThrow('is not a saved plan');
    expect(() => call(['apply', 'plan', '-no-color'])).toThrow('is not a saved plan');
    expect(() => call(['apply', '--', 'plan'])).toThrow('is not a saved plan');
  });
});

describe('a workspace', () => {
  test.each([
    ['no backend', '', 'terraform.tfstate.d'],
    ['a local backend', backend('local', 'workspace_dir = "states"'), 'states'],
  ])('that already has a state is refused: %s', (_, text, directory) => {
    write({ 'main.tf': text, [`${directory}/statewright/terraform.tfstate`]: '{}' });
    expect(() => call(['plan'])).toThrow('The workspace "statewright" already has a state');
    expect(call(['plan'], { env: { TF_WORKSPACE: 'mine' } })).toEqual(['plan']);
    expect(readFileSync(join(folder, directory, 'statewright/terraform.tfstate'), 'utf8')).toBe('{}');
  });

  test('with the state of a local deployment is used again', () => {
    write({ 'main.tf': '' });
    call(['apply']);
    write({ 'terraform.tfstate.d/statewright/terraform.tfstate': '{}' });
    expect(call(['apply'])).toEqual(['apply']);
  });
});

describe('lets Terraform do', () => {
  test.each([[[]], [['version']], [['fmt']], [['plan', '-help']], [['-help']], [['login']]])(
    '%j anywhere',
    (args) => {
      write({ 'main.tf': backend('http') });
      expect(call(args, { env: { TF_WORKSPACE: '' } })).toEqual(args);
    },
  );

  test.each([[['validate']], [['test']], [['get']]])('%j without a backend', (args) => {
    write({ 'main.tf': backend('http') });
    expect(call(args)).toEqual(args);
  });

  test('a provider that stays in the local AWS', () => {
    const content = 'content {\n sfn = "http://localhost:4566"\n}';
    const settings = `access_key = "test"\n use_fips_endpoint = false\n token = null\n profile = "x"`;
    const endpoints = `dynamic "endpoints" {\n for_each = var.x\n ${content}\n}`;
    write({ 'main.tf': `provider "aws" {\n ${settings}\n ${endpoints}\n}\n` });
    expect(call(['plan'])).toEqual(['plan']);
  });

  test('init -backend=false, with the lock file unchanged', () => {
    write({ 'main.tf': backend('http'), '.terraform.lock.hcl': '' });
    expect(call(['init', '-backend=false'])).toEqual(['init', '-backend=false', '-lockfile=readonly']);
  });

  test('everything in a folder without a configuration, and writes nothing there', () => {
    mkdirSync(join(folder, 'x_override.tf'));
    write({ 'note.txt': '', '.hidden.tf': backend('http'), 'a.tf~': backend('http') });
    expect(call(['plan'])).toEqual(['plan']);
    expect(existsSync(join(folder, '.terraform-local'))).toBe(false);
  });
});
