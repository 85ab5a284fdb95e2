import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { UserError } from '../../user-error';
import { argumentsOf, type CommandLine, operands, optionValues } from './command-line';
import { checkPlanFile, isLocalPlan, requirePlanFile } from './plan-file';

/** Options that name a plan or a configuration to write, which may replace only a plan of a local deployment. */
const planOptions = ['out', 'generate-config-out'];

/** Options that name a report to write, which may replace an older one. */
const reportOptions = ['junit-xml', 'json-into'];

/** Variables that name a file for a log. */
const logVariables = ['TF_LOG_PATH', 'TF_TEMP_LOG_PATH'];

/**
 * Checks the files that a command line names.
 * @throws UserError for a file to write that is not a local deployment's, and for such a state or plan to read
 */
export function checkFiles(command: CommandLine, workspace: string): void {
  const { folder, subcommand } = command;
  const values = (option: string) =>
    optionValues(argumentsOf(command), option).flatMap((name) =>
      name === '' ? [] : [resolve(folder, name)],
    );
  const checkWritten = (options: readonly string[], isForeign: (file: string) => boolean) => {
    for (const option of options) {
      const file = values(option).find((each) => isProtected(each, folder) || isForeign(each));
      if (file !== undefined) throw overwrites(`Option -${option}`, file);
    }
  };
  checkWritten(planOptions, (file) => exists(file) && !isLocalPlan(file, workspace));
  checkWritten(reportOptions, isState);
  for (const file of values('plan')) requirePlanFile(file, workspace);
  const files = operands(command).map((name) => resolve(folder, name));
  if (subcommand === 'apply') for (const file of files) checkPlanFile(file, workspace);
  if (subcommand === 'show') for (const file of files) requirePlanFile(file, workspace);
}

/**
 * Checks the files for logs, to which every command writes.
 * @throws UserError for one that is not a local deployment's
 */
export function checkLogs(folder: string, env: NodeJS.ProcessEnv): void {
  for (const name of logVariables) {
    // Terraform opens it before it changes to the folder of -chdir.
    const file = resolve(env[name] ?? '');
    if (env[name] && (isProtected(file, folder) || isState(file))) throw overwrites(name, file);
  }
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
