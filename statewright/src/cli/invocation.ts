import { readFileSync } from 'node:fs';

/**
 * How a user calls a command of `statewright` here. If npm runs a script of the project, it is the npm script for the
 * command (`npm run local -- --deploy`); otherwise `npx statewright local --deploy`.
 *
 * @param quiet without npm's own lines, for output that another program reads
 */
export function callOf(command: string, options = '', { quiet = false } = {}): string {
  const script = scriptFor(command);
  const npm = quiet ? 'npm -s' : 'npm';
  if (script === undefined) return `npx statewright ${command}${options && ` ${options}`}`;
  return `${npm} ${script === 'start' ? '' : 'run '}${script}${options && ` -- ${options}`}`;
}

/** Whether the project whose script npm runs has a script of this name. */
export const hasScript = (name: string): boolean => name in scripts();

function scriptFor(command: string): string | undefined {
  const runsIt = new RegExp(`\\bstatewright(?:\\S*/main\\.ts|\\S*\\.js)?\\s+${command}\\s*$`);
  return Object.entries(scripts()).find(([, script]) => runsIt.test(script))?.[0];
}

/** The scripts of the project, when npm runs one of them. */
function scripts(): Readonly<Record<string, string>> {
  const { npm_package_json: file, npm_lifecycle_event: event = '' } = process.env;
  if (file === undefined) return {};
  try {
    const { scripts = {} } = JSON.parse(readFileSync(file, 'utf8'));
    return event in scripts ? scripts : {};
  } catch {
    return {};
  }
}
