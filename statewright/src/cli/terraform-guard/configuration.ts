import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformError } from '../../terraform/errors';
import { UserError } from '../../user-error';
import { type Block, type Body, membersOf, parseHclConfiguration, plainText } from './body';
import { parseJsonConfiguration } from './json-configuration';

/** The parts of a folder's configuration that decide where states are and where providers send their requests. */
export interface Configuration {
  /** Whether the folder has a Terraform file. */
  readonly exists: boolean;
  /** The backend, `cloud` for a `cloud` block; undefined without a block: the state is in the folder. */
  readonly backend: { readonly type: string; readonly body: Body } | undefined;
  /** The blocks `data "terraform_remote_state" NAME`. */
  readonly remoteStates: readonly Block[];
  readonly variables: readonly Block[];
  /** The blocks `provider "aws"`, and those of other names for that provider. */
  readonly awsProviders: readonly Block[];
}

/**
 * Reads a folder's configuration as Terraform does: a `backend` or `cloud` block of an override file replaces
 * any other (Terraform documentation, "Override Files").
 *
 * @param tofu also reads `.tofu` files, each instead of a `.tf` file of the same name (OpenTofu 1.8)
 * @throws UserError for a file that cannot be read: the backend is then not known
 */
export function readConfiguration(folder: string, tofu: boolean): Configuration {
  const names = configurationFiles(folder, tofu);
  const isOverride = (name: string) => /(?:^|_)override\.(?:tf|tofu)(?:\.json)?$/.test(name);
  const inOrder = [...names.filter((name) => !isOverride(name)), ...names.filter(isOverride)];
  const blocks = inOrder.flatMap((name) => readFile(join(folder, name)).blocks);

  const settings = blocks.filter(({ type }) => type === 'terraform').flatMap(({ body }) => body.blocks);
  const backend = settings.findLast(({ type }) => type === 'backend' || type === 'cloud');
  return {
    exists: names.length > 0,
    backend: backend && {
      type: backend.type === 'cloud' ? 'cloud' : (backend.labels[0] ?? ''),
      body: backend.body,
    },
    remoteStates: blocks.filter(
      ({ type, labels }) => type === 'data' && labels[0] === 'terraform_remote_state',
    ),
    variables: blocks.filter(({ type }) => type === 'variable'),
    awsProviders: awsProviders(blocks),
  };
}

function awsProviders(blocks: readonly Block[]): readonly Block[] {
  const required = blocks
    .filter(({ type }) => type === 'terraform')
    .flatMap(({ body }) => body.blocks)
    .filter(({ type }) => type === 'required_providers')
    .flatMap(({ body }) => [...body.attributes]);
  const names = required.flatMap(([name, value]) => {
    const source = plainText(membersOf(value)?.get('source')) ?? '';
    return /(?:^|\/)aws(?:cc)?$/i.test(source) ? [name] : [];
  });
  return blocks.filter(
    ({ type, labels }) => type === 'provider' && ['aws', 'awscc', ...names].includes(labels[0] ?? ''),
  );
}

/** Sorted by name, without those that Terraform ignores: hidden files and editors' backups. */
function configurationFiles(folder: string, tofu: boolean): readonly string[] {
  const names = filesIn(folder);
  const pattern = tofu ? /\.(?:tf|tofu)(?:\.json)?$/ : /\.tf(?:\.json)?$/;
  const replaced = (name: string) => tofu && names.includes(name.replace(/\.tf(?=$|\.json$)/, '.tofu'));
  return names.filter(
    (name) =>
      pattern.test(name) &&
      !/^\.|~$|^#.*#$/.test(name) &&
      (!/\.tf(?:\.json)?$/.test(name) || !replaced(name)),
  );
}

/** The names of the files in a folder, sorted; empty if it cannot be read. */
export function filesIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

/** Reads a file of blocks and arguments. @throws UserError */
export function readFile(file: string): Body {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(`${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    return file.endsWith('.json') ? parseJsonConfiguration(text, file) : parseHclConfiguration(text, file);
  } catch (error) {
    const { message } = error as Error;
    throw unreadable(error instanceof TerraformError ? message : `${file}: ${message}`);
  }
}

const unreadable = (message: string) =>
  new UserError(
    `The backend of this configuration is not known. ${message}`,
    'Fix the file; `terraform fmt` shows what is wrong with it.',
  );
