import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { UserError } from '../../user-error';
import { type CommandLine, operands, optionValues } from './command-line';
import { checkPlanFile, isLocalPlan, requirePlanFile } from './plan-file';

/** Options that name a report to write, which may replace an older one. */
const reportOptions = ['junit-xml', 'json-into'];

/** Variables that name a file for a log. */
const logVariables = ['TF_LOG_PATH', 'TF_TEMP_LOG_PATH'];

/**
 * Checks the files that a command line names.
 * @throws UserError for a file to write that is not a local deployment's, and for such a state or plan to read
 */
export function checkFiles(command: CommandLine, env: NodeJS.ProcessEnv): void {
  const { folder, subcommand = '', inserted, rest } = command;
  const workspace = env.TF_WORKSPACE as string;
  const given = [...inserted, ...rest];
  const values = (option: string) => optionValues(given, option).map((name) => resolve(folder, name));
  for (const option of ['out', 'generate-config-out']) {
    for (const file of values(option)) {
      if (isProtected(file, folder) || (exists(file) && !isLocalPlan(file, workspace))) {
        throw overwrites(`Option -${option}`, file);
      }
    }
  }
  const reports = [
    ...reportOptions.flatMap((option) => values(option).map((file) => [`Option -${option}`, file] as const)),
    ...logVariables.flatMap((name) => (env[name] ? [[name, resolve(env[name])] as const] : [])),
  ];
  for (const [what, file] of reports) {
    if (isProtected(file, folder) || isState(file)) throw overwrites(what, file);
  }
  for (const name of optionValues(given, 'plan')) requirePlanFile(resolve(folder, name), workspace);
  const files = operands(command).map((name) => resolve(folder, name));
  if (subcommand === 'apply') for (const file of files) checkPlanFile(file, workspace);
  if (subcommand === 'show') for (const file of files) requirePlanFile(file, workspace);
}

const overwrites = (what: string, file: string) =>
  new UserError(`${what} would write to ${file}, which is not a local deployment's.`, 'Name a new file.');

/** Whether a file has the name of a state or a lock file, or is in the folder that TF_DATA_DIR replaces. */
const isProtected = (file: string, folder: string): boolean =>
  [file, target(file)].some((path) =>
    /(?:\.tfstate(?:\.backup)?|\.terraform\.lock\.hcl)$|(?:^|\/)\.terraform(?:\/|$)/i.test(
      relative(folder, path),
    ),
  );

/** What a link leads to. */
function target(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** Also for a link to a file that does not exist. */
const exists = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false }) !== undefined;

function isState(file: string): boolean {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).lineage !== undefined;
  } catch {
    return false;
  }
}
