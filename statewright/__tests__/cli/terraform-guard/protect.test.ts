import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
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
  ])('the options of %j with %j', (args, env) => {
    write({ 'main.tf': '' });
    expect(() => call(args, { env })).toThrow(/^(?:Option -|TF_CLI_ARGS has|terraform workspace delete)/);
  });

  test.each([
    [{ TF_WORKSPACE: '' }, 'TF_WORKSPACE or TF_DATA_DIR, which keep states apart, has changed'],
    [{ TF_WORKSPACE: 'default' }, 'TF_WORKSPACE or TF_DATA_DIR, which keep states apart, has changed'],
    [{ TF_DATA_DIR: '.terraform' }, 'TF_WORKSPACE or TF_DATA_DIR, which keep states apart, has changed'],
    [{ AWS_ENDPOINT_URL: 'https://s3.amazonaws.com' }, 'AWS_ENDPOINT_URL would bypass the local AWS'],
    [{ AWS_ENDPOINT_URL: '' }, 'AWS_ENDPOINT_URL is not set'],
    [{ AWS_ENDPOINT_URL_S3: 'https://s3.amazonaws.com' }, 'AWS_ENDPOINT_URL_S3 would bypass the local AWS'],
    [{ AWS_S3_ENDPOINT: 'https://s3.amazonaws.com' }, 'AWS_S3_ENDPOINT would bypass the local AWS'],
  ])('exports that were changed to %j', (env, message) => {
    expect(() => call(['plan'], { env })).toThrow(message);
  });

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
    expect(() => call(['apply', 'plan'])).toThrow('The backend of the plan');
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

  test('init -backend=false, with the lock file unchanged', () => {
    write({ 'main.tf': backend('http'), '.terraform.lock.hcl': '' });
    expect(call(['init', '-backend=false'])).toEqual(['init', '-backend=false', '-lockfile=readonly']);
  });

  test('everything in a folder without a configuration, and writes nothing there', () => {
    write({ 'note.txt': '', '.hidden.tf': backend('http'), 'a.tf~': backend('http') });
    expect(call(['plan'])).toEqual(['plan']);
    expect(existsSync(join(folder, '.terraform-local'))).toBe(false);
  });
});
