import { didYouMeanOneOf } from '../did-you-mean';
import { UserError } from '../user-error';
import { parseArguments } from './arguments';
import { type Command, helpText } from './command';
import { asUserError } from './system-error';
import { createTerminal, renderError, wrap } from './terminal';
import { version } from './version';

/** Each command is loaded on demand, so that none waits for the modules of another. */
const commands: Readonly<Record<string, () => Command>> = {
  start: () => (require('./start') as typeof import('./start')).start,
  local: () => (require('./local') as typeof import('./local')).local,
  dev: () => (require('./dev') as typeof import('./dev')).dev,
  env: () => (require('./local-environment') as typeof import('./local-environment')).env,
  exec: () => (require('./exec') as typeof import('./exec')).exec,
  'test-state': () => (require('./test-state') as typeof import('./test-state')).testState,
  validate: () => (require('./validate') as typeof import('./validate')).validate,
  replay: () => (require('./replay') as typeof import('./replay')).replay,
  show: () => (require('./show') as typeof import('./show')).show,
  pull: () => (require('./pull') as typeof import('./pull')).pull,
  explore: () => (require('./explore') as typeof import('./explore')).explore,
  diagram: () => (require('./diagram') as typeof import('./diagram')).diagram,
  mcp: () => (require('./mcp') as typeof import('./mcp')).mcp,
};

/**
 * Runs `statewright` with the arguments of a command line. A user's mistake is printed on standard error.
 *
 * @returns the exit code
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  try {
    return await run(args);
  } catch (fault) {
    const error = asUserError(fault);
    // Any other error is a defect: a report of it needs the stack trace.
    if (!(error instanceof UserError)) throw error;
    const terminal = createTerminal({ stream: process.stderr });
    terminal.write(renderError(error, error.hint, terminal));
    return 1;
  }
}

async function run([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--version' || name === '-v') return print(`${version()}\n`);
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && args.length === 0)) {
    print(overview());
    return name === undefined ? 1 : 0;
  }
  const command = load(name === 'help' ? (args[0] as string) : name);
  const { values, operands } = parseArguments(command, name === 'help' ? ['--help'] : args);
  if (values.help) return print(helpText(command, createTerminal().columns));
  return command.run(values, operands);
}

/** @throws UserError for a command that does not exist */
function load(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command();
  throw new UserError(`Unknown command "${name}".`, didYouMeanOneOf(name, Object.keys(commands)));
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function overview(): string {
  const all = Object.values(commands).map((each) => each());
  const { columns } = createTerminal();
  const lines = (text: string, indent = '') =>
    wrap(text, columns - indent.length).map((line) => indent + line);
  return [
    ...lines(
      'Step Functions on this machine: run, inspect, check and deploy state machines, without an AWS account.',
    ),
    '',
    ...all.flatMap(({ usage, description }) => [`  ${usage}`, ...lines(description, '      ')]),
    '',
    ...lines('statewright COMMAND --help shows the options of a command, statewright --version the version.'),
    '',
  ].join('\n');
}
