import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SERVERLESS_FRAMEWORK } from '../../definitions/serverless-framework';
import { adviceOnModules, hasConfiguration, modulesIn, terraformFilesIn } from '../../terraform/stack-file';
import { UserError } from '../../user-error';
import { readUserFile, statUserPath } from '../../user-file';
import { callOf } from '../invocation';

/** Folders without the user's own sources: dependencies, generated files, hidden folders. */
export const SKIPPED = /^(?:\..*|node_modules|cdktf\.out|cdk\.out|dist|build|coverage)$/;

const DEFINITION = /\.asl(?:\.(?:json|ya?ml))?$|^states\.json$/i;
const TEMPLATE = /\.(?:ya?ml|json|template)$/i;
const STACK = /^cdk\.tf\.json$/;
/** Only a template and a folder with a state machine are read. */
const MACHINE = /AWS::(?:StepFunctions|Serverless)::StateMachine/;
/** What the CDK writes next to its templates names the types of resources, too. */
const RESOURCES = /["']?Resources["']?\s*:/;
const RESOURCE = /\baws_sfn_state_machine\b/;
/** Templates are smaller than this (CloudFormation quotas: 1 MB); lock files and data need not be read. */
const MAX_TEMPLATE_BYTES = 2 * 1024 * 1024;

/**
 * What has state machines: each file in `paths`, and in folders `*.asl.json`, `*.asl.yaml`, `*.asl.yml`, `states.json`,
 * CloudFormation and SAM templates, and `cdk.tf.json`. Other Terraform configuration is found as its folder; a module that
 * another of these folders calls is a part of that one. A folder in `paths` is searched whatever its name is, such as
 * `cdktf.out`.
 *
 * @throws UserError for a path that does not exist, or a folder without such a file
 */
export function findFiles(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => (isFolder(path) ? inFolder(path) : [path])))];
}

const isFolder = (path: string): boolean => statUserPath(path).isDirectory();

function inFolder(folder: string): readonly string[] {
  const found = withoutModules([...walk(folder)]);
  if (found.length > 0) return found;
  throw new UserError(
    `No state machine was found in ${folder === '.' ? 'this folder' : folder}.`,
    adviceFor(folder),
  );
}

/**
 * Of the folders with Terraform configuration, those with a state machine that no other one calls as a module. One that
 * cannot be read is among them: its validation says why.
 */
function withoutModules(paths: readonly string[]): readonly string[] {
  const folders = paths.filter(isFolder);
  // Nothing else calls the only one, which is read once, when it is validated.
  if (folders.length === 1 && folders.every(hasStateMachine)) return paths;
  const modules = new Map(folders.map((folder) => [folder, modulesIn(folder)]));
  const called = new Set([...modules.values()].flatMap((own = []) => own.map((module) => resolve(module))));
  return paths.filter((path) => {
    if (!modules.has(path)) return true;
    const own = modules.get(path);
    return !called.has(resolve(path)) && (own === undefined || [path, ...own].some(hasStateMachine));
  });
}

function adviceFor(folder: string): string {
  const names = readdirSync(folder);
  if (names.includes('cdktf.json')) {
    return `Synthesize the project, and validate its output: ${callOf('validate', join(folder, 'cdktf.out'))}`;
  }
  const ofModules = hasConfiguration(folder) ? adviceOnModules(folder) : undefined;
  if (ofModules !== undefined) return ofModules;
  if (names.some((name) => /^serverless\.ya?ml$/.test(name))) return SERVERLESS_FRAMEWORK;
  return 'The command looks for *.asl.json, *.asl.yaml, *.asl.yml, states.json, CloudFormation and SAM templates, and Terraform configuration.';
}

function* walk(folder: string): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (hasConfiguration(folder) && !entries.some(({ name }) => STACK.test(name))) yield folder;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.test(entry.name)) yield* walk(path);
    } else if (entry.isFile() && holdsMachine(entry.name, path)) yield path;
  }
}

const hasStateMachine = (folder: string): boolean =>
  terraformFilesIn(folder).some((name) => mayHave(RESOURCE, join(folder, name)));

function holdsMachine(name: string, path: string): boolean {
  if (DEFINITION.test(name) || STACK.test(name)) return true;
  if (!TEMPLATE.test(name) || statSync(path).size > MAX_TEMPLATE_BYTES) return false;
  return mayHave(MACHINE, path) && mayHave(RESOURCES, path);
}

/** A file that cannot be read is found, too: its validation says why. */
function mayHave(pattern: RegExp, path: string): boolean {
  try {
    return pattern.test(readUserFile(path));
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
}
