import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../user-error';

/** Folders without the user's own sources: dependencies, generated files, hidden folders. */
const SKIPPED = /^(?:\..*|node_modules|cdktf\.out|cdk\.out|dist|build|coverage)$/;

const DEFINITION = /\.asl(?:\.(?:json|ya?ml))?$|^states\.json$/i;
const TEMPLATE = /\.(?:ya?ml|json|template)$/i;
const STACK = /^cdk\.tf\.json$/;
/** Only a template with a state machine is read. */
const MACHINE = /AWS::(?:StepFunctions|Serverless)::StateMachine/;
/** Templates are smaller than this (CloudFormation quotas: 1 MB); lock files and data need not be read. */
const MAX_TEMPLATE_BYTES = 2 * 1024 * 1024;

/**
 * The files with state machines: each file in `paths`, and in folders `*.asl.json`, `*.asl.yaml`, `*.asl.yml`,
 * `states.json`, CloudFormation and SAM templates, and `cdk.tf.json`. A folder in `paths` is searched whatever its
 * name is, such as `cdktf.out`.
 *
 * @throws UserError for a path that does not exist, or a folder without such a file
 */
export function findFiles(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => (isFolder(path) ? inFolder(path) : [path])))];
}

function isFolder(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats) return stats.isDirectory();
  throw new UserError(`${path} does not exist.`, `Relative paths start at ${process.cwd()}`);
}

function inFolder(folder: string): readonly string[] {
  const found = [...walk(folder)];
  if (found.length > 0) return found;
  throw new UserError(
    `No state machine was found in ${folder === '.' ? 'this folder' : folder}.`,
    adviceFor(folder),
  );
}

function adviceFor(folder: string): string {
  const names = readdirSync(folder);
  if (names.includes('cdktf.json')) {
    return `Synthesize the project, and validate its output: statewright validate ${join(folder, 'cdktf.out')}`;
  }
  if (names.some((name) => name.endsWith('.tf'))) {
    return 'Terraform in HCL (*.tf) is not read. Validate the file of the definition: statewright validate states.json';
  }
  return 'The command looks for *.asl.json, *.asl.yaml, *.asl.yml, states.json, CloudFormation and SAM templates, and cdk.tf.json.';
}

function* walk(folder: string): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.test(entry.name)) yield* walk(path);
    } else if (entry.isFile() && holdsMachine(entry.name, path)) yield path;
  }
}

function holdsMachine(name: string, path: string): boolean {
  if (DEFINITION.test(name) || STACK.test(name)) return true;
  if (!TEMPLATE.test(name) || statSync(path).size > MAX_TEMPLATE_BYTES) return false;
  return MACHINE.test(readFileSync(path, 'utf8'));
}
